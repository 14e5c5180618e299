import type { GmailContact } from "@hustings/contracts/email-connections";
import { Select } from "@hustings/ui/select";
import { notifyFailed } from "@hustings/ui/toast";
import { readCallError } from "~/client/errors";
import { trpc } from "~/client/trpc";
import { CHOICE_OPTIONS, readChoice, TIMELINE_CHOICES } from "./timeline-choice";

/** What shows on one contact's timeline; acts at once. */
export function ChoiceSelect({ person }: { person: GmailContact }) {
  const utils = trpc.useUtils();
  const update = trpc.emailContactSettings.update.useMutation({
    onError: (thrown) => notifyFailed(readCallError(thrown).message),
    onSettled: () => utils.emailConnections.invalidate(),
  });
  const { contactId } = person;
  if (!contactId) return null;
  return (
    <Select
      aria-label={`On the timeline of ${person.contactName ?? person.email}`}
      value={readChoice(update.isPending ? update.variables : person)}
      onValueChange={(choice) => update.mutate({ contactId, ...TIMELINE_CHOICES[choice].choices })}
      options={CHOICE_OPTIONS}
      className="h-7 w-full text-sm"
    />
  );
}
