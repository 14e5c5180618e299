import type { Suppression } from "@hustings/contracts/suppressions";
import { ConfirmDialog } from "@hustings/ui/confirm-dialog";
import { notifyDone } from "@hustings/ui/toast";
import { trpc } from "~/client/trpc";
import { QueryError } from "~/components/query-error";

/** Asks before an address may be mailed again. */
export function LiftSuppressionDialog({
  suppression,
  isOpen,
  onClose,
}: {
  suppression: Suppression;
  isOpen: boolean;
  onClose: () => void;
}) {
  const utils = trpc.useUtils();
  const lift = trpc.suppressions.delete.useMutation({
    onSuccess: async () => {
      await utils.suppressions.invalidate();
      onClose();
      notifyDone(`${suppression.email} can be mailed again`);
    },
  });
  const isEverywhere = suppression.workspaceId === null;
  return (
    <ConfirmDialog
      isOpen={isOpen}
      onOpenChange={(open) => !open && onClose()}
      title={`Mail ${suppression.email} again?`}
      confirmLabel="Lift the suppression"
      keepLabel="Keep it"
      isBusy={lift.isPending}
      onConfirm={() => lift.mutate({ id: suppression.id })}
      error={lift.error && <QueryError title="The suppression was not lifted." error={lift.error} safe={null} />}
    >
      {suppression.reason === "complaint" &&
        "This person marked mail from here as spam; writing again can hurt the delivery of everybody’s mail. "}
      {isEverywhere
        ? "Campaigns of every workspace can reach this address again."
        : "Campaigns of this workspace can reach this address again."}{" "}
      Nothing is sent now.
    </ConfirmDialog>
  );
}
