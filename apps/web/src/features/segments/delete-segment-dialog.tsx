import type { Segment } from "@hustings/contracts/segments";
import { ConfirmDialog } from "@hustings/ui/confirm-dialog";
import { notifyDone } from "@hustings/ui/toast";
import { trpc } from "~/client/trpc";
import { QueryError } from "~/components/query-error";

/** Asks before a segment goes: the people stay. */
export function DeleteSegmentDialog({
  segment,
  isOpen,
  onClose,
  onDeleted,
}: {
  segment: Segment;
  isOpen: boolean;
  onClose: () => void;
  onDeleted?: () => void;
}) {
  const utils = trpc.useUtils();
  const remove = trpc.segments.delete.useMutation({
    onSuccess: async () => {
      onClose();
      onDeleted?.();
      await utils.segments.list.invalidate();
      notifyDone(`Deleted the segment ${segment.name}`);
    },
  });
  return (
    <ConfirmDialog
      isOpen={isOpen}
      onOpenChange={(open) => !open && onClose()}
      title={`Delete the segment “${segment.name}”?`}
      confirmLabel="Delete the segment"
      keepLabel="Keep it"
      isBusy={remove.isPending}
      onConfirm={() => remove.mutate({ id: segment.id })}
      error={remove.error && <QueryError title="The segment was not deleted." error={remove.error} safe={null} />}
    >
      The people in it stay, and so do campaigns that went out. This cannot be undone.
    </ConfirmDialog>
  );
}
