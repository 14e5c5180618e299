import { notifyDone, notifyFailed } from "@hustings/ui/toast";
import { readCallError } from "./errors";
import { trpc } from "./trpc";

/** Takes a held campaign back: it is a draft again, and nobody got anything. */
export function useRecall() {
  const utils = trpc.useUtils();
  return trpc.campaigns.recall.useMutation({
    onSuccess: (campaign) => {
      utils.campaigns.get.setData({ id: campaign.id }, campaign);
      notifyDone("Taken back. Nobody got anything.");
    },
    onError: (error) => notifyFailed(`It was not taken back. ${readCallError(error).message}`),
    onSettled: () => void utils.campaigns.invalidate(),
  });
}
