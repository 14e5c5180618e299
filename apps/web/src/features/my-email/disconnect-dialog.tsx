import type { EmailConnection } from "@hustings/contracts/email-connections";
import { ConfirmDialog } from "@hustings/ui/confirm-dialog";
import { notifyDone } from "@hustings/ui/toast";
import { Unplug } from "lucide-react";
import { trpc } from "~/client/trpc";
import { QueryError } from "~/components/query-error";

type DisconnectDialogProps = { mailbox: EmailConnection; isOpen: boolean; onClose: () => void };

/** Asks before an account goes. */
export function DisconnectDialog({ mailbox, isOpen, onClose }: DisconnectDialogProps) {
  const utils = trpc.useUtils();
  const disconnect = trpc.emailConnections.delete.useMutation({
    onSuccess: async () => {
      onClose();
      notifyDone(`${mailbox.email} is disconnected`);
      await utils.emailConnections.invalidate();
    },
  });
  return (
    <ConfirmDialog
      isOpen={isOpen}
      onOpenChange={(open) => !open && onClose()}
      title={`Disconnect ${mailbox.email}?`}
      confirmLabel="Disconnect it"
      keepLabel="Keep it"
      icon={<Unplug aria-hidden />}
      isBusy={disconnect.isPending}
      onConfirm={() => disconnect.mutate({ id: mailbox.id })}
      error={disconnect.error && <QueryError title="It was not disconnected." error={disconnect.error} />}
    >
      The access is given back to Google, and the list of people in this mailbox goes. What stands on timelines stays,
      and so do the people in Contacts. You can connect it again.
    </ConfirmDialog>
  );
}
