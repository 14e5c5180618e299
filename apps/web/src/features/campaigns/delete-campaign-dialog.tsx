import type { Campaign } from "@hustings/contracts/campaigns";
import { ConfirmDialog } from "@hustings/ui/confirm-dialog";
import { notifyDone } from "@hustings/ui/toast";
import { useRouter } from "next/router";
import { trpc } from "~/client/trpc";
import { useWorkspacePath } from "~/client/workspace";
import { QueryError } from "~/components/query-error";
import { isEditable } from "./stage";

/** Asks before a campaign goes: what is lost, and what stays. */
export function DeleteCampaignDialog({ campaign, onClose }: { campaign: Campaign; onClose: () => void }) {
  const router = useRouter();
  const toPath = useWorkspacePath();
  const utils = trpc.useUtils();
  const remove = trpc.campaigns.delete.useMutation({
    onSuccess: async () => {
      await router.push(toPath("/campaigns"));
      utils.campaigns.get.setData({ id: campaign.id }, undefined);
      void utils.campaigns.list.invalidate();
      notifyDone(`Deleted the campaign ${campaign.name}`);
    },
  });
  return (
    <ConfirmDialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={`Delete “${campaign.name}”?`}
      confirmLabel="Delete the campaign"
      keepLabel="Keep it"
      isBusy={remove.isPending}
      onConfirm={() => remove.mutate({ id: campaign.id })}
      error={remove.error && <QueryError title="The campaign was not deleted." error={remove.error} />}
    >
      {isEditable(campaign)
        ? "Its words are lost. It was sent to nobody."
        : "Its words, its report and who got it are lost. What people received stays with them, and who unsubscribed stays unsubscribed."}{" "}
      This cannot be undone.
    </ConfirmDialog>
  );
}
