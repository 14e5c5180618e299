import type { Tag } from "@hustings/contracts/tags";
import { Button } from "@hustings/ui/button";
import { formatCountOf } from "@hustings/ui/count";
import { Dialog } from "@hustings/ui/dialog";
import { Field } from "@hustings/ui/field";
import { TagInput, type TagOption } from "@hustings/ui/tag-input";
import { notifyDone, notifyFailed } from "@hustings/ui/toast";
import { useState } from "react";
import { readCallError } from "~/client/errors";
import { trpc } from "~/client/trpc";
import { QueryError } from "~/components/query-error";
import { ALL_TAGS } from "../list-limits";
import type { Chosen } from "./bulk-actions";

export type BulkTagDialogProps = {
  mode: "tag" | "untag";
  chosen: Chosen;
  isOpen: boolean;
  onClose: () => void;
  onDone: () => void;
};

const WORDS = {
  tag: { verb: "Tag", none: "Choose a tag first" },
  untag: { verb: "Untag", none: "Choose what to take off first" },
};

/** Puts tags on everyone chosen, or takes them off. */
export function BulkTagDialog({ mode, chosen, isOpen, onClose, onDone }: BulkTagDialogProps) {
  const [picked, setPicked] = useState<TagOption[]>([]);
  const tags = trpc.tags.list.useQuery({ limit: ALL_TAGS });
  const utils = trpc.useUtils();
  const create = trpc.tags.create.useMutation({
    onSuccess: async (tag: Tag) => {
      setPicked((now) => [...now, tag]);
      await utils.tags.invalidate();
    },
  });
  const apply = useApply(mode, chosen, () => {
    onClose();
    onDone();
  });
  const people = formatCountOf(chosen.count, "person", "people");
  const { verb, none } = WORDS[mode];
  const error = apply.error ?? create.error;
  return (
    <Dialog
      isOpen={isOpen}
      onOpenChange={(open) => !open && onClose()}
      title={mode === "tag" ? `Tag ${people}` : `Take tags off ${people}`}
      footer={
        <>
          <Button
            variant="primary"
            isBusy={apply.isBusy}
            offReason={picked.length === 0 && none}
            onClick={() => void apply.run(picked)}
          >
            {verb} {people}
          </Button>
          <Button variant="quiet" onClick={onClose}>
            Cancel
          </Button>
        </>
      }
    >
      <Field label="Tags" hint={mode === "tag" ? "Type a new name to make a tag." : undefined}>
        <TagInput
          label="Tags"
          value={picked}
          onValueChange={setPicked}
          options={tags.data ?? []}
          isLoading={tags.isPending}
          onCreate={mode === "tag" ? (name) => create.mutate({ name }) : undefined}
        />
      </Field>
      {error ? <QueryError title="The tags were not changed." error={error} className="mt-3" /> : null}
    </Dialog>
  );
}

/** One call per tag; offers the way back where it is exact: one tag, which nobody chosen had (or everybody did). */
function useApply(mode: "tag" | "untag", { selection, count }: Chosen, onDone: () => void) {
  const utils = trpc.useUtils();
  const tag = trpc.contacts.bulkTag.useMutation();
  const untag = trpc.contacts.bulkUntag.useMutation();
  const [forth, back] = mode === "tag" ? [tag, untag] : [untag, tag];
  const refresh = () => Promise.all([utils.contacts.invalidate(), utils.tags.invalidate()]);
  const takeBack = (tagId: string) =>
    back.mutateAsync({ selection, tagId }).then(refresh, (thrown: unknown) => {
      notifyFailed(`Could not take it back. ${readCallError(thrown).message}`);
    });
  const run = async (picked: readonly TagOption[]) => {
    let affected = 0;
    for (const { id } of picked) {
      const result = await forth.mutateAsync({ selection, tagId: id }).catch(() => null);
      // The mutation keeps its error, which the dialog shows.
      if (!result) return void refresh();
      affected = Math.max(affected, result.affected);
    }
    await refresh();
    const [first] = picked;
    const names = picked.map(({ name }) => name).join(", ");
    const people = formatCountOf(affected, "person", "people");
    const isExact = picked.length === 1 && affected === count && "ids" in selection;
    notifyDone(mode === "tag" ? `Tagged ${people} with ${names}` : `Took ${names} off ${people}`, {
      ...(isExact && first ? { onUndo: () => void takeBack(first.id) } : {}),
    });
    onDone();
  };
  return { run, isBusy: forth.isPending, error: forth.error };
}
