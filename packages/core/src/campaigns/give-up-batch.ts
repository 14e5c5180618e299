import { inTransaction } from "@hustings/db/client";
import type { WorkspaceContext } from "../context";
import { writeEvent } from "../outbox/write-event";
import { endRest } from "./end-rest";
import { assertBatchIsHeld, MailDelayedError, reconcileLeftOver } from "./hand-over";
import { stopCampaign } from "./stop-campaign";

/** Asking the provider about a batch takes seconds; beyond this the job engine tries again. */
const SETTLE_TIMEOUT_MS = 5 * 60_000;

/** A batch of which somebody got it this lately is slow, not stuck. */
const MOVED_WITHIN_MINUTES = 60;

/**
 * After the last try of a batch: settles what was in flight, as far as the transport can say, and stops the campaign
 * with the reason, so that a person decides about those who are left. One that a failing provider takes piece by piece
 * is asked for again instead. Of a campaign that is over nothing stays queued, and one that was launched or resumed anew
 * meanwhile is left alone. Idempotent.
 *
 * @param batch `answer` is what the transport said last, in a sentence; null when the failure was another one.
 */
export async function giveUpBatch(
  ctx: WorkspaceContext,
  { answer, ...batch }: { campaignId: string; generation: number; batchNo: number; answer: string | null },
): Promise<void> {
  const isSlow = await hasMoved(ctx, batch);
  await settleInFlight(ctx, batch);
  if (isSlow) return writeEvent(ctx.db, "campaign/batch.queued", { ...batch, workspaceId: ctx.workspaceId });
  const cause = answer === null ? "The page Jobs says what failed." : `The last answer: ${answer}`;
  const reason = `Part of it (batch ${batch.batchNo + 1}) could not be handed over after many tries. ${cause}`;
  await stopCampaign(ctx, { ...batch, reason, details: { batchNo: batch.batchNo } });
  await endRest(ctx, batch.campaignId);
}

async function hasMoved(
  ctx: WorkspaceContext,
  batch: { campaignId: string; generation: number; batchNo: number },
): Promise<boolean> {
  const [row] = await ctx.db.$queryRaw<{ hasMoved: boolean }[]>`
    select exists (select 1 from campaigns c join campaign_emails e on e.campaign_id = c.id
      where c.id = ${batch.campaignId}::uuid and c.workspace_id = ${ctx.workspaceId}::uuid and c.status = 'sending'
        and c.generation = ${batch.generation} and e.batch_no = ${batch.batchNo}
        and e.sent_at > now() - make_interval(mins => ${MOVED_WITHIN_MINUTES})) as "hasMoved"`;
  return row?.hasMoved ?? false;
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
      await reconcileLeftOver(ctx, campaignId, batchNo, () => assertBatchIsHeld(lock)).catch((error: unknown) => {
        if (!(error instanceof MailDelayedError)) throw error;
      });
    },
    SETTLE_TIMEOUT_MS,
  );
}
