import type { Segment } from "@hustings/contracts/segments";
import { notifyDone } from "@hustings/ui/toast";
import { useRouter } from "next/router";
import { useState } from "react";
import { readCallError } from "~/client/errors";
import { trpc } from "~/client/trpc";
import { useWorkspacePath } from "~/client/workspace";
import { type Catalog, type Draft, splitConditionDetails, toFilter } from "./draft";
import { type SaveRefusal, toSaveRefusal } from "./save-refusal";

/** Saves the draft; a new one gets its address. What the server refuses is sorted to where it belongs. */
export function useSaveSegment(segment: Segment | null, catalog: Catalog, onSaved: (saved: Segment) => void) {
  const utils = trpc.useUtils();
  const router = useRouter();
  const toPath = useWorkspacePath();
  const create = trpc.segments.create.useMutation();
  const update = trpc.segments.update.useMutation();
  const [refusal, setRefusal] = useState<SaveRefusal | null>(null);

  const save = async (draft: Draft) => {
    setRefusal(null);
    const { filter, keys } = toFilter(catalog, draft);
    const values = {
      name: draft.name,
      description: draft.description.trim() || null,
      filter,
      // Said only when it is chosen, or was: others may not say it at all.
      ...(draft.crossWorkspace || segment?.crossWorkspace ? { crossWorkspace: draft.crossWorkspace } : {}),
    };
    try {
      const saved = segment
        ? await update.mutateAsync({ id: segment.id, ...values })
        : await create.mutateAsync(values);
      utils.segments.get.setData({ id: saved.id }, saved);
      await Promise.all([utils.segments.list.invalidate(), utils.contacts.list.invalidate()]);
      onSaved(saved);
      notifyDone(`Saved the segment ${saved.name}`);
      if (!segment) await router.replace(toPath(`/segments/${saved.id}`));
    } catch (thrown) {
      const error = readCallError(thrown);
      const { byIndex, rest } = splitConditionDetails(error.details);
      const byLine = [...byIndex].flatMap(([index, message]) => (keys[index] ? [[keys[index], message] as const] : []));
      setRefusal(toSaveRefusal(error, new Map(byLine), rest));
    }
  };
  return { save, isBusy: create.isPending || update.isPending, refusal, forget: () => setRefusal(null) };
}
