import type { ApiKey } from "@hustings/contracts/api-keys";
import { ConfirmDialog } from "@hustings/ui/confirm-dialog";
import { RelativeTime } from "@hustings/ui/time";
import { notifyDone } from "@hustings/ui/toast";
import { trpc } from "~/client/trpc";
import { QueryError } from "~/components/query-error";

/** Asks before a key stops working. */
export function RevokeKeyDialog({ apiKey, isOpen, onClose }: { apiKey: ApiKey; isOpen: boolean; onClose: () => void }) {
  const utils = trpc.useUtils();
  const revoke = trpc.apiKeys.revoke.useMutation({
    onSuccess: async () => {
      await utils.apiKeys.invalidate();
      onClose();
      notifyDone(`Revoked the key ${apiKey.name}`);
    },
  });
  return (
    <ConfirmDialog
      isOpen={isOpen}
      onOpenChange={(open) => !open && onClose()}
      title={`Revoke the key “${apiKey.name}”?`}
      confirmLabel="Revoke the key"
      keepLabel="Keep it"
      isBusy={revoke.isPending}
      onConfirm={() => revoke.mutate({ id: apiKey.id })}
      error={revoke.error && <QueryError title="The key was not revoked." error={revoke.error} safe={null} />}
    >
      Whatever uses it is refused from its next request on. Last used:{" "}
      <RelativeTime at={apiKey.lastUsedAt} empty="never" isInSentence isFocusable={false} />. This cannot be undone.
    </ConfirmDialog>
  );
}
