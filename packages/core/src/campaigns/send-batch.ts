import { type Db, inTransaction } from "@hustings/db/client";
import type { OutgoingMessage } from "@hustings/email/transport";
import type { WorkspaceContext } from "../context";
import { endFirstWave } from "./canary";
import { mayClaim } from "./circuit-breaker";
import { type CompiledCampaign, loadCompiledCampaign } from "./content";
import { endRest } from "./end-rest";
import {
  assertBatchIsHeld,
  assertNothingDelayed,
  claimRecipients,
  MailDelayedError,
  type Recipient,
  reconcileLeftOver,
  type Settlement,
  settleMessages,
} from "./hand-over";
import { finishCampaign } from "./start-campaign";
import { stopCampaign } from "./stop-campaign";

/** Under this the job engine would take the run for hung. */
const BATCH_TIMEOUT_MS = 10 * 60_000;

/** After this a run claims nobody any more, so that it ends well before its lock does, however slow the provider is. */
const BATCH_BUDGET_MS = 3 * 60_000;

/**
 * `isStopped`: the campaign may not go on. `isHeld`: another run has the batch at this moment; that one may stop before
 * its end, for a pause that is over by now, so whoever asked asks again.
 */
export type BatchResult = { sent: number; isStopped: boolean; isHeld: boolean };

/**
 * Sends what is left of one batch, as long as its campaign may go on. The batch's row is locked meanwhile, on a
 * connection of its own: a second run of the same batch waits for nothing and does nothing (`isHeld`), and a killed
 * process gives the lock up at once.
 *
 * Idempotent: each recipient is claimed (`sending`, committed) before it is handed over, and what a crash left in
 * flight is asked of the transport before anything is sent again.
 *
 * @throws MailDelayedError when the provider wants the rest later; what has been sent is settled.
 */
export async function sendBatch(
  ctx: WorkspaceContext,
  input: { campaignId: string; generation: number; batchNo: number },
): Promise<BatchResult> {
  const result = await inTransaction(
    ctx.db,
    async (lock) => {
      const [batch] = await lock.$queryRaw<{ isDone: boolean }[]>`
        select is_done as "isDone" from campaign_batches
        where campaign_id = ${input.campaignId}::uuid and batch_no = ${input.batchNo} for update skip locked`;
      if (!batch) return { sent: 0, isStopped: false, isHeld: await hasBatch(ctx, input) };
      if (batch.isDone) return { sent: 0, isStopped: false, isHeld: false };
      const outcome = await sendLeftOver(ctx, input, lock);
      if (!outcome.isStopped) {
        await lock.campaignBatch.update({
          where: { campaignId_batchNo: { campaignId: input.campaignId, batchNo: input.batchNo } },
          data: { isDone: true },
        });
      }
      return outcome;
    },
    BATCH_TIMEOUT_MS,
  );
  if (!result.isStopped && !result.isHeld) {
    const { isFinished } = await finishCampaign(ctx, input.campaignId);
    if (!isFinished) await endFirstWave(ctx, input);
  }
  return result;
}

async function sendLeftOver(
  ctx: WorkspaceContext,
  input: { campaignId: string; generation: number; batchNo: number },
  lock: Db,
): Promise<BatchResult> {
  const endsAt = performance.now() + BATCH_BUDGET_MS;
  const assertHeld = () => assertBatchIsHeld(lock);
  await reconcileLeftOver(ctx, input.campaignId, input.batchNo, assertHeld);
  const compiled = await loadCompiledCampaign(ctx, input.campaignId);
  if (compiled.wrongSender) await stopCampaign(ctx, { ...input, reason: compiled.wrongSender });
  for (let sent = 0; ; ) {
    if (!(await mayClaim(ctx, input))) {
      await endRest(ctx, input.campaignId);
      return { sent, isStopped: true, isHeld: false };
    }
    await assertHeld();
    if (performance.now() > endsAt) throw new MailDelayedError("The batch takes longer than one run", new Date());
    const { campaignId, categoryId } = compiled;
    const recipients = await claimRecipients(ctx, {
      campaignId,
      categoryId,
      batchNo: input.batchNo,
      limit: ctx.ports.mail.claimSize,
    });
    if (recipients === "none_left") return { sent, isStopped: false, isHeld: false };
    sent += await handOver(ctx, compiled, recipients, assertHeld);
  }
}

/** Whether a batch that cannot be locked is there at all: a recall removes it with its campaign's audience. */
async function hasBatch(ctx: WorkspaceContext, input: { campaignId: string; batchNo: number }): Promise<boolean> {
  const { campaignId, batchNo } = input;
  return (await ctx.db.campaignBatch.count({ where: { campaignId, batchNo } })) > 0;
}

/** Renders and hands over; a message that does not render is a failure of that one recipient. */
async function handOver(
  ctx: WorkspaceContext,
  compiled: CompiledCampaign,
  recipients: Recipient[],
  assertHeld: () => Promise<void>,
): Promise<number> {
  const settlements: Settlement[] = [];
  const messages: OutgoingMessage[] = [];
  const written: Recipient[] = [];
  for (const recipient of recipients) {
    try {
      messages.push(compiled.write(recipient));
      written.push(recipient);
    } catch (error) {
      const reason = `Could not be written: ${error instanceof Error ? error.message : String(error)}`;
      settlements.push({ contactId: recipient.contactId, outcome: { kind: "rejected", reason } });
    }
  }
  const outcomes = await ctx.ports.mail.send(messages);
  for (const [index, { contactId }] of written.entries()) {
    const outcome = outcomes[index] ?? { kind: "unknown" as const, reason: "The mail service did not answer for it." };
    settlements.push({ contactId, outcome });
  }
  await assertHeld();
  const sent = await settleMessages(ctx, compiled.campaignId, settlements);
  assertNothingDelayed(settlements);
  return sent;
}
