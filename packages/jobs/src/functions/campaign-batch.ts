import { sendBatch } from "@hustings/core/campaigns/send-batch";
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
  },
  async ({ event, step }) => {
    const { campaignId, workspaceId, generation, batchNo } = event.data;
    return step.run("send", async () =>
      sendBatch(await openJobWorkspace(workspaceId, "campaign-batch"), { campaignId, generation, batchNo }),
    );
  },
);
