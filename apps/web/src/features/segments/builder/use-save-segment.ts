import type { Segment } from "@hustings/contracts/segments";
import { notifyDone } from "@hustings/ui/toast";
import { useRouter } from "next/router";
import { useState } from "react";
import { type CallError, readCallError, splitDetails } from "~/client/errors";
import { trpc } from "~/client/trpc";
import { useWorkspacePath } from "~/client/workspace";
import { type Catalog, type Draft, splitConditionDetails, toFilter } from "./draft";

/** What the server would not save: by field, by line, and the rest. */
export type SaveRefusal = { name?: string; description?: string; byLine: Map<string, string>; error: CallError | null };

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
      setRefusal(readRefusal(readCallError(thrown), keys));
    }
  };
  return { save, isBusy: create.isPending || update.isPending, refusal, forget: () => setRefusal(null) };
}

function readRefusal(error: CallError, keys: readonly string[]): SaveRefusal {
  const { byIndex, rest } = splitConditionDetails(error.details);
  const byLine = new Map(
    [...byIndex].flatMap(([index, message]) => (keys[index] ? [[keys[index], message] as const] : [])),
  );
  const { byField } = splitDetails(rest);
  const name = byField.get("name");
  const description = byField.get("description");
  const unplaced = rest.filter((detail) => !/^(name|description): /.test(detail));
  const isPlaced = (name || description || byLine.size > 0) && unplaced.length === 0;
  return {
    ...(name ? { name } : {}),
    ...(description ? { description } : {}),
    byLine,
    error: isPlaced ? null : { ...error, details: unplaced },
  };
}
