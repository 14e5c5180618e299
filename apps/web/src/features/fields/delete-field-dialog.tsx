import type { FieldDefinition } from "@hustings/contracts/fields";
import { ConfirmDialog } from "@hustings/ui/confirm-dialog";
import { notifyDone } from "@hustings/ui/toast";
import { trpc } from "~/client/trpc";
import { QueryError } from "~/components/query-error";

type DeleteFieldDialogProps = { field: FieldDefinition; isOpen: boolean; onClose: () => void };

/** Asks before a field goes with everything that was written into it. */
export function DeleteFieldDialog({ field, isOpen, onClose }: DeleteFieldDialogProps) {
  const utils = trpc.useUtils();
  const remove = trpc.fields.delete.useMutation({
    onSuccess: async () => {
      await Promise.all([utils.fields.invalidate(), utils.contacts.invalidate()]);
      onClose();
      notifyDone(`Deleted the field ${field.label}`);
    },
  });
  return (
    <ConfirmDialog
      isOpen={isOpen}
      onOpenChange={(open) => !open && onClose()}
      title={`Delete the field “${field.label}”?`}
      confirmLabel="Delete the field"
      keepLabel="Keep it"
      isBusy={remove.isPending}
      onConfirm={() => remove.mutate({ id: field.id })}
      error={
        remove.error && (
          <QueryError title="The field was not deleted." error={remove.error} safe={null} className="mt-3" />
        )
      }
    >
      {field.scope === "workspace"
        ? "Its values go from everyone here"
        : "Its values go from everyone, in every workspace"}
      ; the people themselves stay. Segments that ask for it stop counting until they are changed, and emails that use
      it show nothing in its place. This cannot be undone.
    </ConfirmDialog>
  );
}
