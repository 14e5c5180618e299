import type { Ticket } from "@hustings/contracts/support-tickets";
import { ConfirmDialog } from "@hustings/ui/confirm-dialog";
import { formatCountOf } from "@hustings/ui/count";
import { notifyDone } from "@hustings/ui/toast";
import { useRouter } from "next/router";
import { trpc } from "~/client/trpc";
import { useWorkspacePath } from "~/client/workspace";
import { QueryError } from "~/components/query-error";

type DeleteTicketDialogProps = { ticket: Ticket; isOpen: boolean; onClose: () => void };

/** Asks before a ticket goes, and names what goes with it. */
export function DeleteTicketDialog({ ticket, isOpen, onClose }: DeleteTicketDialogProps) {
  const router = useRouter();
  const toPath = useWorkspacePath();
  const utils = trpc.useUtils();
  const remove = trpc.supportTickets.delete.useMutation({
    onSuccess: async () => {
      await router.replace(toPath("/tickets"));
      await utils.supportTickets.invalidate();
      notifyDone(`Deleted “${ticket.title}”`);
    },
  });
  const lost = [
    ticket.replyCount > 0 && formatCountOf(ticket.replyCount, "reply", "replies"),
    ticket.upvoteCount > 0 && formatCountOf(ticket.upvoteCount, "vote"),
  ].filter(Boolean);
  return (
    <ConfirmDialog
      isOpen={isOpen}
      onOpenChange={(open) => !open && onClose()}
      title={`Delete “${ticket.title}”?`}
      confirmLabel="Delete the ticket"
      keepLabel="Keep it"
      isBusy={remove.isPending}
      onConfirm={() => remove.mutate({ id: ticket.id })}
      error={remove.error && <QueryError title="The ticket was not deleted." error={remove.error} className="mt-3" />}
    >
      {lost.length > 0 && `Its ${lost.join(" and ")} go with it, for everybody. `}
      This cannot be undone. A ticket that is done can be closed instead.
    </ConfirmDialog>
  );
}
