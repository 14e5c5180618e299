import { inTransaction } from "@hustings/db/client";
import type { WorkspaceContext } from "../context";
import { audienceQuery } from "./audience";
import { endRest } from "./end-rest";
import { isHeld, TRANSITIONS } from "./state";

/** Recipients that one job run takes (facts: claiming 500 is flat at 0.5 ms, and a MailerSend bulk call holds 500). */
export const BATCH_SIZE = 500;

/** Half an hour: a million recipients freeze in seconds; beyond this something is wrong. */
const FREEZE_TIMEOUT_MS = 30 * 60_000;

/** `heldUntil`: frozen, and to be asked again then. Neither started nor held: this job has nothing to do any more. */
export type CampaignStart = { isStarted: boolean; heldUntil: string | null };

const OVER: CampaignStart = { isStarted: false, heldUntil: null };

/**
 * Freezes the audience in one transaction by one statement and opens the campaign's batches; once its hold has ended it
 * is sending. Nothing leaves before that has committed. Called again (a crash, a resume, the end of the hold) it freezes
 * nothing anew. A campaign that was paused, recalled, cancelled or relaunched meanwhile is not started.
 */
export async function startCampaign(
  ctx: WorkspaceContext,
  campaignId: string,
  generation: number,
): Promise<CampaignStart> {
  return inTransaction(
    ctx.db,
    async (tx) => {
      await tx.$executeRaw`select set_config('statement_timeout', ${String(FREEZE_TIMEOUT_MS)}, true)`;
      const [campaign] = await tx.$queryRaw<CampaignLock[]>`
        select status, generation, launched_at is not null as "isFrozen", segment_id as "segmentId",
          category_id as "categoryId", hold_until as "holdUntil"
        from campaigns where id = ${campaignId}::uuid and workspace_id = ${ctx.workspaceId}::uuid for update`;
      if (!campaign || campaign.generation !== generation) return OVER;
      if (campaign.status === "sending") return { isStarted: true, heldUntil: null };
      if (campaign.status !== "queued") return OVER;
      if (!campaign.isFrozen) await freezeAudience({ ...ctx, db: tx }, campaignId, campaign);
      const now = ctx.ports.now();
      const heldUntil = isHeld(campaign, now) ? campaign.holdUntil.toISOString() : null;
      await tx.campaign.update({
        where: { id: campaignId },
        data: {
          ...(heldUntil === null && { status: "sending", holdUntil: null }),
          ...(!campaign.isFrozen && { launchedAt: now }),
        },
      });
      return { isStarted: heldUntil === null, heldUntil };
    },
    FREEZE_TIMEOUT_MS,
  );
}

type CampaignLock = {
  status: string;
  generation: number;
  isFrozen: boolean;
  segmentId: string | null;
  categoryId: string | null;
  holdUntil: Date | null;
};

async function freezeAudience(ctx: WorkspaceContext, campaignId: string, campaign: CampaignLock): Promise<void> {
  const audience = await audienceQuery(ctx, campaign);
  const recipients = await ctx.db.$executeRaw`
    insert into campaign_emails (campaign_id, contact_id, email, batch_no)
    select ${campaignId}::uuid, id, email, (row_number() over (order by id) - 1) / ${BATCH_SIZE}
    from (${audience}) a where excluded is null`;
  await ctx.db.$executeRaw`
    insert into campaign_batches (campaign_id, batch_no)
    select ${campaignId}::uuid, n from generate_series(0, ${Math.ceil(recipients / BATCH_SIZE) - 1}::int) n`;
  await ctx.db.campaignStats.create({ data: { campaignId, recipients } });
}

/** Open batches in order, from `after` on; at most `limit`, which is how many events one step may send. */
export async function listOpenBatches(
  ctx: WorkspaceContext,
  campaignId: string,
  after: number,
  limit: number,
): Promise<number[]> {
  const rows = await ctx.db.campaignBatch.findMany({
    where: { campaignId, isDone: false, batchNo: { gt: after } },
    orderBy: { batchNo: "asc" },
    take: limit,
    select: { batchNo: true },
  });
  return rows.map((row) => row.batchNo);
}

/**
 * Marks the campaign as sent when every batch is done. Idempotent; the last batch, the start (an empty audience) and
 * the sweep call it.
 */
export async function finishCampaign(ctx: WorkspaceContext, campaignId: string): Promise<{ isFinished: boolean }> {
  const count = await ctx.db.$executeRaw`
    update campaigns set status = 'sent', finished_at = ${ctx.ports.now()}, updated_at = now()
    where id = ${campaignId}::uuid and workspace_id = ${ctx.workspaceId}::uuid and status = 'sending'
      and not exists (select 1 from campaign_batches b where b.campaign_id = campaigns.id and not b.is_done)`;
  return { isFinished: count > 0 };
}

/** Ends a campaign that cannot go on; who is left counts as failed, so that nothing stays queued. */
export async function failCampaign(ctx: WorkspaceContext, campaignId: string, error: string): Promise<void> {
  await inTransaction(ctx.db, async (tx) => {
    const moved = await tx.campaign.updateMany({
      where: { id: campaignId, workspaceId: ctx.workspaceId, status: { in: [...TRANSITIONS.fail.from] } },
      data: { status: "failed", error, finishedAt: ctx.ports.now(), holdUntil: null },
    });
    if (moved.count === 0) return;
    await endRest({ ...ctx, db: tx }, campaignId);
  });
}
