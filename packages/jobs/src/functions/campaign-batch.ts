import { giveUpBatch } from "@hustings/core/campaigns/give-up-batch";
import { MailDelayedError } from "@hustings/core/campaigns/hand-over";
import { sendBatch } from "@hustings/core/campaigns/send-batch";
import { RetryAfterError } from "inngest";
import { inngest, triggers } from "../client";
import { openJobWorkspace } from "../context";

/** Batches of one campaign at a time; each holds a connection of the pool for its lock and uses others meanwhile. */
const BATCHES_AT_ONCE = 2;

/** How long a run waits that found its batch in another's hands; the next look costs a step. */
const HELD_WAIT = "2s";

/** The name of `RetryAfterError`, which is all that is left of an error's class by the time of `onFailure`. */
const RETRY_AFTER = "RetryAfterError";

/**
 * Sends one batch of 500. Everything that makes a second run harmless is in `sendBatch`. A batch that is handed out anew,
 * as all open ones are when a campaign is resumed, replaces its run that still waits: else a line of them would grow
 * with every pause, and be worked off before anything is sent.
 */
export const campaignBatch = inngest.createFunction(
  {
    id: "campaign-batch",
    triggers: [triggers.campaignBatchQueued],
    retries: 20,
    concurrency: [{ limit: BATCHES_AT_ONCE, key: "event.data.campaignId" }],
    singleton: { key: "event.data.campaignId + ':' + string(event.data.batchNo)", mode: "cancel" },
    onFailure: async ({ event, error }) => {
      const { campaignId, workspaceId, generation, batchNo } = event.data.event.data;
      const ctx = await openJobWorkspace(workspaceId, "campaign-batch");
      // What a transport says is written for people; anything else is the inside, and stands on the page of the jobs.
      const answer = error.name === RETRY_AFTER ? error.message : null;
      await giveUpBatch(ctx, { campaignId, generation, batchNo, answer });
    },
  },
  async ({ event, step }) => {
    const { campaignId, workspaceId, generation, batchNo } = event.data;
    for (let turn = 0; ; turn++) {
      const result = await step.run(turn === 0 ? "send" : `send-${turn}`, async () => {
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
      if (!result.isHeld) return result;
      await step.sleep(`held-${turn}`, HELD_WAIT);
    }
  },
);
