import { ConfirmDialog } from "@hustings/ui/confirm-dialog";
import { formatCountOf } from "@hustings/ui/count";
import { notifyDone } from "@hustings/ui/toast";
import { trpc } from "~/client/trpc";
import { useSession } from "~/client/workspace";
import { QueryError } from "~/components/query-error";
import type { Chosen } from "./bulk-actions";

type BulkDeleteDialogProps = { chosen: Chosen; isOpen: boolean; onClose: () => void; onDone: () => void };

/** Asks before people go, by their number; the server compares it once more. */
export function BulkDeleteDialog({ chosen, isOpen, onClose, onDone }: BulkDeleteDialogProps) {
  const { isGlobalAdmin } = useSession();
  const utils = trpc.useUtils();
  const remove = trpc.contacts.bulkDelete.useMutation({
    onSuccess: async ({ affected }) => {
      await Promise.all([utils.contacts.invalidate(), utils.tags.invalidate()]);
      onClose();
      onDone();
      notifyDone(`Deleted ${formatCountOf(affected, "person", "people")}`);
    },
  });
  const people = formatCountOf(chosen.count, "person", "people");
  const isOne = chosen.count === 1;
  return (
    <ConfirmDialog
      isOpen={isOpen}
      onOpenChange={(open) => !open && onClose()}
      title={`Delete ${people}?`}
      confirmLabel={`Delete ${people}`}
      keepLabel={isOne ? "Keep this person" : "Keep them"}
      countToType={isOne ? undefined : chosen.count}
      isBusy={remove.isPending}
      onConfirm={() => remove.mutate({ selection: chosen.selection, expectedCount: chosen.count })}
      error={remove.error && <QueryError title="They were not deleted." error={remove.error} className="mt-3" />}
    >
      {whatIsLost(isGlobalAdmin)}
    </ConfirmDialog>
  );
}

/** What goes and what stays; a global admin erases everywhere, everybody else from this workspace. */
export const whatIsLost = (isGlobalAdmin: boolean): string =>
  isGlobalAdmin
    ? "Gone from every workspace: names, addresses, tags, notes, the timeline and caught mail. Reports keep their numbers, without the names, and whoever said no to email is still not emailed. This cannot be undone."
    : "Gone from this workspace: tags, notes, the timeline and its own fields. Another workspace that knows the person keeps its own; without one the person is erased. Reports keep their numbers, without the names. This cannot be undone.";
