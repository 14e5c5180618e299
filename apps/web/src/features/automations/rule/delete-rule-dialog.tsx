import type { AutomationRule } from "@hustings/contracts/automations";
import { ConfirmDialog } from "@hustings/ui/confirm-dialog";
import { notifyDone } from "@hustings/ui/toast";
import { trpc } from "~/client/trpc";
import { QueryError } from "~/components/query-error";

/** Asks before a rule goes: what it did stays. */
export function DeleteRuleDialog({
  rule,
  isOpen,
  onClose,
  onDeleted,
}: {
  rule: AutomationRule;
  isOpen: boolean;
  onClose: () => void;
  onDeleted: () => void;
}) {
  const utils = trpc.useUtils();
  const remove = trpc.automations.delete.useMutation({
    onSuccess: async () => {
      onClose();
      onDeleted();
      await utils.automations.list.invalidate();
      notifyDone(`Deleted the rule ${rule.name}`);
    },
  });
  return (
    <ConfirmDialog
      isOpen={isOpen}
      onOpenChange={(open) => !open && onClose()}
      title={`Delete the rule “${rule.name}”?`}
      confirmLabel="Delete the rule"
      keepLabel="Keep it"
      isBusy={remove.isPending}
      onConfirm={() => remove.mutate({ id: rule.id })}
      error={remove.error && <QueryError title="The rule was not deleted." error={remove.error} safe={null} />}
    >
      Nobody is changed by it any more. What it did stays, on people and in their history. This cannot be undone.
    </ConfirmDialog>
  );
}
