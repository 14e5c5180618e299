import { inTransaction, type Sql, sql } from "@hustings/db/client";
import type { CampaignCanaryModel } from "@hustings/db/types";
import type { WorkspaceContext } from "../context";
import { audienceQuery } from "./audience";
import { batchesWithCanary, noteWave, passCanary, sizeOfWave } from "./canary";
import { noteFirstLive } from "./confirm-recipients";
import { endRest } from "./end-rest";
import { isHeld, TRANSITIONS } from "./state";

/** Recipients that one job run takes (facts: claiming 500 is flat at 0.5 ms, and a MailerSend bulk call holds 500). */
export const BATCH_SIZE = 500;

/** Half an hour: a million recipients freeze in seconds; beyond this something is wrong. */
const FREEZE_TIMEOUT_MS = 30 * 60_000;

/**
 * `heldUntil`: nothing to hand out before, and to be asked again then. Neither started nor held: this job has nothing to
 * do any more.
 */
export type CampaignStart = { isStarted: boolean; heldUntil: string | null };

const OVER: CampaignStart = { isStarted: false, heldUntil: null };

/**
 * Freezes the audience in one transaction by one statement and opens the campaign's batches; once its hold has ended it
 * is sending. Nothing leaves before that has committed. Called again (a crash, a resume, the end of the hold, the end of
 * the first wave) it freezes nothing anew, and decides about the rest where some go first. A campaign that was paused,
 * recalled, cancelled or relaunched meanwhile is not started.
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
      const inside = { ...ctx, db: tx };
      if (campaign.status === "queued") {
        const heldUntil = await freezeAndStart(inside, campaignId, campaign);
        if (heldUntil !== null) return { isStarted: false, heldUntil: heldUntil.toISOString() };
      } else if (campaign.status !== "sending") return OVER;
      const { isOpen, waitUntil } = await passCanary(inside, { campaignId, generation });
      return { isStarted: isOpen, heldUntil: waitUntil?.toISOString() ?? null };
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

/** @returns until when it is held; null: it is sending now. */
async function freezeAndStart(ctx: WorkspaceContext, campaignId: string, campaign: CampaignLock): Promise<Date | null> {
  if (!campaign.isFrozen) await freezeAudience(ctx, campaignId, campaign);
  const now = ctx.ports.now();
  const heldUntil = isHeld(campaign, now) ? campaign.holdUntil : null;
  await ctx.db.campaign.update({
    where: { id: campaignId },
    data: {
      ...(heldUntil === null && { status: "sending", holdUntil: null }),
      ...(!campaign.isFrozen && { launchedAt: now }),
    },
  });
  if (heldUntil === null) await noteFirstLive(ctx, now);
  return heldUntil;
}

async function freezeAudience(ctx: WorkspaceContext, campaignId: string, campaign: CampaignLock): Promise<void> {
  const audience = await audienceQuery(ctx, campaign);
  const canary = await ctx.db.campaignCanary.findUnique({ where: { campaignId } });
  const recipients = canary
    ? await insertInWaves(ctx, campaignId, audience, canary)
    : await ctx.db.$executeRaw`
        ${sorting(campaignId, audience)}
        insert into campaign_emails (campaign_id, contact_id, email, batch_no)
        select ${campaignId}::uuid, id, email, (row_number() over (order by id) - 1) / ${BATCH_SIZE}
        from audience where excluded is null`;
  const first = canary ? sizeOfWave(canary, recipients) : 0;
  const firstBatches = Math.ceil(first / BATCH_SIZE);
  const batches = firstBatches + Math.ceil((recipients - first) / BATCH_SIZE);
  await ctx.db.$executeRaw`
    insert into campaign_batches (campaign_id, batch_no)
    select ${campaignId}::uuid, n from generate_series(0, ${batches - 1}::int) n`;
  await ctx.db.campaignStats.create({ data: { campaignId, recipients } });
  if (canary)
    await noteWave(ctx, campaignId, { recipients: first, batches: firstBatches, isEverybody: first === recipients });
}

/** Beside whoever gets it, of whom the statement goes on, keeps who is left out, with the reason. */
const sorting = (campaignId: string, audience: Sql): Sql => sql`
  with audience as materialized (select id, email, excluded from (${audience}) a),
  left_out as (
    insert into campaign_exclusions (campaign_id, contact_id, reason)
    select ${campaignId}::uuid, id, excluded from audience where excluded is not null)`;

/** Some go first, from all over, in batches of their own. */
async function insertInWaves(ctx: WorkspaceContext, campaignId: string, audience: Sql, canary: CampaignCanaryModel) {
  const { size, batchNo } = batchesWithCanary(canary, BATCH_SIZE);
  return ctx.db.$executeRaw`
    ${sorting(campaignId, audience)}
    insert into campaign_emails (campaign_id, contact_id, email, batch_no)
    select ${campaignId}::uuid, id, email, ${batchNo}
    from (select id, email, rn, total, ${size} as size
      from (select id, email, row_number() over (order by id) as rn, count(*) over () as total
        from audience where excluded is null) counted) sized`;
}

/**
 * Open batches in order, from `after` on, while the first wave is out those of it alone; at most `limit`, which is how
 * many events one step may send.
 */
export async function listOpenBatches(
  ctx: WorkspaceContext,
  campaignId: string,
  after: number,
  limit: number,
): Promise<number[]> {
  const rows = await ctx.db.$queryRaw<{ batchNo: number }[]>`
    select b.batch_no as "batchNo" from campaign_batches b left join campaign_canaries k on k.campaign_id = b.campaign_id
    where b.campaign_id = ${campaignId}::uuid and not b.is_done and b.batch_no > ${after}
      and (k.campaign_id is null or k.rest_opened_at is not null or b.batch_no < k.batches)
    order by b.batch_no limit ${limit}`;
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

/**
 * Ends a campaign that cannot go on; who is left counts as failed, so that nothing stays queued. A failure of an earlier
 * launch or of before a resume comes too late and changes nothing.
 */
export async function failCampaign(
  ctx: WorkspaceContext,
  { campaignId, generation, error }: { campaignId: string; generation: number; error: string },
): Promise<void> {
  await inTransaction(ctx.db, async (tx) => {
    const moved = await tx.campaign.updateMany({
      where: { id: campaignId, workspaceId: ctx.workspaceId, generation, status: { in: [...TRANSITIONS.fail.from] } },
      data: { status: "failed", error, finishedAt: ctx.ports.now(), holdUntil: null },
    });
    if (moved.count === 0) return;
    await endRest({ ...ctx, db: tx }, campaignId);
  });
}
