import { failCampaign, finishCampaign, listOpenBatches, startCampaign } from "@hustings/core/campaigns/start-campaign";
import { DomainError } from "@hustings/core/errors";
import { NonRetriableError } from "inngest";
import { inngest, triggers } from "../client";
import { openJobWorkspace } from "../context";

/** Events that one step may send. */
const BATCHES_PER_STEP = 1_000;

/** What the domain refuses (a segment that no longer compiles) no repetition mends. */
function failAtOnce(error: unknown): never {
  throw error instanceof DomainError ? new NonRetriableError(error.message) : error;
}

/** Freezes the audience, waits while it is held or for what its first wave says, and hands out its batches. */
export const campaignSend = inngest.createFunction(
  {
    id: "campaign-send",
    triggers: [triggers.campaignSendRequested],
    retries: 10,
    onFailure: async ({ event, error }) => {
      const { campaignId, workspaceId, generation } = event.data.event.data;
      const ctx = await openJobWorkspace(workspaceId, "campaign-send");
      await failCampaign(ctx, { campaignId, generation, error: error.message });
    },
  },
  async ({ event, step, runId }) => {
    const { campaignId, workspaceId, generation } = event.data;
    const open = () => openJobWorkspace(workspaceId, "campaign-send");
    const startIt = async () => startCampaign(await open(), campaignId, generation).catch(failAtOnce);

    let start = await step.run("freeze", startIt);
    // Asked again rather than trusted: who woke up early, by a clock that was set, waits for the rest.
    for (let wait = 1; start.heldUntil !== null; wait++) {
      await step.sleepUntil(`hold-${wait}`, start.heldUntil);
      start = await step.run(`start-${wait}`, startIt);
    }
    if (!start.isStarted) return { batches: 0 };
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
