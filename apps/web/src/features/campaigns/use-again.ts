import { notifyDone, notifyFailed } from "@hustings/ui/toast";
import { useRouter } from "next/router";
import { readCallError } from "~/client/errors";
import { trpc } from "~/client/trpc";
import { useWorkspacePath } from "~/client/workspace";

/** Makes a draft of the same words and people, and opens it. */
export function useUseAgain() {
  const router = useRouter();
  const toPath = useWorkspacePath();
  const utils = trpc.useUtils();
  const create = trpc.campaigns.create.useMutation();
  const copy = async (id: string, changes: { name?: string; segmentId?: string } = {}) => {
    try {
      const { name, subject, body, preheader, fromName, fromEmail, segmentId, categoryId, allowNoUnsubscribe } =
        await utils.campaigns.get.fetch({ id });
      const draft = await create.mutateAsync({
        name: `${name}, again`.slice(0, 200),
        subject,
        body,
        preheader,
        fromName,
        fromEmail,
        segmentId,
        categoryId,
        allowNoUnsubscribe,
        ...changes,
      });
      void utils.campaigns.list.invalidate();
      await router.push(toPath(`/campaigns/${draft.id}`));
      notifyDone(`Made the draft ${draft.name}`);
    } catch (thrown) {
      notifyFailed(`No draft was made. ${readCallError(thrown).message}`);
    }
  };
  return { copy, isBusy: create.isPending };
}
