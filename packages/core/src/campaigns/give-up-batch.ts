import { inTransaction } from "@hustings/db/client";
import type { WorkspaceContext } from "../context";
import { endRest } from "./end-rest";
import { MailDelayedError, reconcileLeftOver } from "./hand-over";
import { stopCampaign } from "./stop-campaign";

/** Asking the provider about a batch takes seconds; beyond this the job engine tries again. */
const SETTLE_TIMEOUT_MS = 5 * 60_000;

/**
 * After the last try of a batch: settles what was in flight, as far as the transport can say, and stops the campaign
 * with the reason, so that a person decides about those who are left. Of a campaign that is over nothing stays queued,
 * and one that was launched or resumed anew meanwhile is left alone. Idempotent.
 */
export async function giveUpBatch(
  ctx: WorkspaceContext,
  { error, ...batch }: { campaignId: string; generation: number; batchNo: number; error: string },
): Promise<void> {
  await settleInFlight(ctx, batch);
  const reason = `Part of it (batch ${batch.batchNo + 1}) could not be handed over after many tries. The last answer: ${error}`;
  await stopCampaign(ctx, { ...batch, reason, details: { batchNo: batch.batchNo } });
  await endRest(ctx, batch.campaignId);
}

async function settleInFlight(
  ctx: WorkspaceContext,
  { campaignId, batchNo }: { campaignId: string; batchNo: number },
): Promise<void> {
  await inTransaction(
    ctx.db,
    async (lock) => {
      const held = await lock.$queryRaw<object[]>`
        select 1 from campaign_batches where campaign_id = ${campaignId}::uuid and batch_no = ${batchNo}
          and exists (select 1 from campaigns where id = ${campaignId}::uuid and workspace_id = ${ctx.workspaceId}::uuid)
        for update skip locked`;
      if (held.length === 0) return;
      // Who cannot be told about yet stays in flight: whoever takes the batch next asks again.
      await reconcileLeftOver(ctx, campaignId, batchNo).catch((error: unknown) => {
        if (!(error instanceof MailDelayedError)) throw error;
      });
    },
    SETTLE_TIMEOUT_MS,
  );
}
