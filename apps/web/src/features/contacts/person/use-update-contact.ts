import type { Contact, UpdateContactInput } from "@hustings/contracts/contacts";
import { readCallError, toFieldSentence } from "~/client/errors";
import { trpc } from "~/client/trpc";

/** A change of one fact. `label` begins the sentence when it is refused: “Email must be an email address.” */
export type SaveFact = (label: string, changes: Omit<UpdateContactInput, "id">) => Promise<void>;

/** Saves what changed of a person and shows it; rejects with a sentence for the place where it was typed. */
export function useUpdateContact({ id }: Contact): SaveFact {
  const utils = trpc.useUtils();
  const update = trpc.contacts.update.useMutation();
  return async (label, changes) => {
    try {
      utils.contacts.get.setData({ id }, await update.mutateAsync({ id, ...changes }));
    } catch (thrown) {
      throw new Error(toSentence(label, thrown));
    }
    void utils.contacts.list.invalidate();
    void utils.contacts.overview.invalidate();
  };
}

function toSentence(label: string, thrown: unknown): string {
  const { message, details } = readCallError(thrown);
  const detail = details[0]?.replace(/^[^:]+: /, "");
  return toFieldSentence(label, detail ?? message);
}
