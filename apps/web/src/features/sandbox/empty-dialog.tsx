import { ConfirmDialog } from "@hustings/ui/confirm-dialog";
import { formatCountOf } from "@hustings/ui/count";
import { notifyDone } from "@hustings/ui/toast";
import { trpc } from "~/client/trpc";
import { QueryError } from "~/components/query-error";

type EmptyDialogProps = { campaignId: string | null; isOpen: boolean; onClose: () => void; onEmptied: () => void };

/** Asks before caught mails go: those of the chosen campaign, or all. */
export function EmptyDialog({ campaignId, isOpen, onClose, onEmptied }: EmptyDialogProps) {
  const scope = campaignId ? { campaignId } : {};
  const counted = trpc.sandbox.list.useQuery({ ...scope, limit: 1 }, { enabled: isOpen });
  const utils = trpc.useUtils();
  const total = counted.data?.total ?? 0;
  const clear = trpc.sandbox.clear.useMutation({
    onSuccess: async ({ deleted }) => {
      onClose();
      onEmptied();
      notifyDone(`Deleted ${formatCountOf(deleted, "caught email")}`);
      await utils.sandbox.invalidate();
    },
  });
  const emails = formatCountOf(total, "caught email");
  return (
    <ConfirmDialog
      isOpen={isOpen}
      onOpenChange={(open) => !open && onClose()}
      title={campaignId ? `Delete the ${emails} of this campaign?` : `Delete all ${emails}?`}
      confirmLabel={`Delete ${emails}`}
      keepLabel="Keep them"
      isBusy={clear.isPending || counted.isPending}
      onConfirm={() => clear.mutate(scope)}
      error={clear.error && <QueryError title="The mailbox was not emptied." error={clear.error} />}
    >
      {campaignId ? "Other caught emails stay. " : "Search and status do not narrow this. "}Reports and people’s
      timelines stay as they are; only the caught copies go. This cannot be undone.
    </ConfirmDialog>
  );
}
