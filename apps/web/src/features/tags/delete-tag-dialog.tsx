import type { Tag } from "@hustings/contracts/tags";
import { ConfirmDialog } from "@hustings/ui/confirm-dialog";
import { formatCountOf } from "@hustings/ui/count";
import { notifyDone } from "@hustings/ui/toast";
import { trpc } from "~/client/trpc";
import { QueryError } from "~/components/query-error";

/** Asks before a tag goes: who loses it, and what stays. */
export function DeleteTagDialog({ tag, isOpen, onClose }: { tag: Tag; isOpen: boolean; onClose: () => void }) {
  const utils = trpc.useUtils();
  const remove = trpc.tags.delete.useMutation({
    onSuccess: async () => {
      await utils.tags.invalidate();
      onClose();
      notifyDone(`Deleted the tag ${tag.name}`);
    },
  });
  const people = tag.contactCount ?? 0;
  return (
    <ConfirmDialog
      isOpen={isOpen}
      onOpenChange={(open) => !open && onClose()}
      title={`Delete the tag “${tag.name}”?`}
      confirmLabel="Delete the tag"
      keepLabel="Keep it"
      isBusy={remove.isPending}
      onConfirm={() => remove.mutate({ id: tag.id })}
      error={remove.error && <QueryError title="The tag was not deleted." error={remove.error} safe={null} />}
    >
      {people > 0
        ? `${formatCountOf(people, "person loses it", "people lose it")}; the people themselves stay. `
        : "Nobody carries it. "}
      Segments that ask for it will match nobody by it. This cannot be undone.
    </ConfirmDialog>
  );
}
