import { giveUpBatch } from "@hustings/core/campaigns/give-up-batch";
import { MailDelayedError } from "@hustings/core/campaigns/hand-over";
import { sendBatch } from "@hustings/core/campaigns/send-batch";
import { RetryAfterError } from "inngest";
import { inngest, triggers } from "../client";
import { openJobWorkspace } from "../context";

/** Batches of one campaign at a time; each holds a connection of the pool for its lock and uses others meanwhile. */
const BATCHES_AT_ONCE = 2;

/** Sends one batch of 500. Everything that makes a second run harmless is in `sendBatch`. */
export const campaignBatch = inngest.createFunction(
  {
    id: "campaign-batch",
    triggers: [triggers.campaignBatchQueued],
    retries: 20,
    concurrency: [{ limit: BATCHES_AT_ONCE, key: "event.data.campaignId" }],
    onFailure: async ({ event, error }) => {
      const { campaignId, workspaceId, generation, batchNo } = event.data.event.data;
      const ctx = await openJobWorkspace(workspaceId, "campaign-batch");
      await giveUpBatch(ctx, { campaignId, generation, batchNo, error: error.message });
    },
  },
  async ({ event, step }) => {
    const { campaignId, workspaceId, generation, batchNo } = event.data;
    return step.run("send", async () => {
      try {
        return await sendBatch(await openJobWorkspace(workspaceId, "campaign-batch"), {
          campaignId,
          generation,
          batchNo,
        });
      } catch (error) {
        throw error instanceof MailDelayedError ? new RetryAfterError(error.message, error.retryAt) : error;
      }
    });
  },
);
