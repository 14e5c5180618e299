import { failCampaign, finishCampaign, listOpenBatches, startCampaign } from "@hustings/core/campaigns/start-campaign";
import { inngest, triggers } from "../client";
import { openJobWorkspace } from "../context";

/** Events that one step may send. */
const BATCHES_PER_STEP = 1_000;

/** Freezes the audience and hands out its batches. */
export const campaignSend = inngest.createFunction(
  {
    id: "campaign-send",
    triggers: [triggers.campaignSendRequested],
    retries: 10,
    onFailure: async ({ event, error }) => {
      const { campaignId, workspaceId } = event.data.event.data;
      await failCampaign(await openJobWorkspace(workspaceId, "campaign-send"), campaignId, error.message);
    },
  },
  async ({ event, step, runId }) => {
    const { campaignId, workspaceId, generation } = event.data;
    const open = () => openJobWorkspace(workspaceId, "campaign-send");

    const { isStarted } = await step.run("freeze", async () => startCampaign(await open(), campaignId, generation));
    if (!isStarted) return { batches: 0 };
    let batches = 0;
    for (let after = -1; ; ) {
      const numbers = await step.run(`list-after-${after}`, async () =>
        listOpenBatches(await open(), campaignId, after, BATCHES_PER_STEP),
      );
      const last = numbers.at(-1);
      if (last === undefined) break;
      await step.sendEvent(
        `hand-out-after-${after}`,
        numbers.map((batchNo) => ({
          // The run's id: a campaign that was revived by the sweep hands its batches out anew.
          id: `campaign:${campaignId}:g${generation}:b${batchNo}:${runId}`,
          name: "campaign/batch.queued" as const,
          data: { campaignId, workspaceId, generation, batchNo },
        })),
      );
      batches += numbers.length;
      after = last;
    }
    if (batches === 0) await step.run("finish", async () => finishCampaign(await open(), campaignId));
    return { batches };
  },
);
