import type { Category } from "@hustings/contracts/categories";
import { ConfirmDialog } from "@hustings/ui/confirm-dialog";
import { notifyDone } from "@hustings/ui/toast";
import { trpc } from "~/client/trpc";
import { QueryError } from "~/components/query-error";

/** Asks before a category goes, and with it what people said about it. */
export function DeleteCategoryDialog({
  category,
  isOpen,
  onClose,
}: {
  category: Category;
  isOpen: boolean;
  onClose: () => void;
}) {
  const utils = trpc.useUtils();
  const remove = trpc.categories.delete.useMutation({
    onSuccess: async () => {
      await utils.categories.invalidate();
      onClose();
      notifyDone(`Deleted the category ${category.name}`);
    },
  });
  return (
    <ConfirmDialog
      isOpen={isOpen}
      onOpenChange={(open) => !open && onClose()}
      title={`Delete the category “${category.name}”?`}
      confirmLabel="Delete the category"
      keepLabel="Keep it"
      isBusy={remove.isPending}
      onConfirm={() => remove.mutate({ id: category.id })}
      error={remove.error && <QueryError title="The category was not deleted." error={remove.error} safe={null} />}
    >
      Who said no to it is forgotten with it. Those who unsubscribed from everything stay unsubscribed. This cannot be
      undone.
    </ConfirmDialog>
  );
}
