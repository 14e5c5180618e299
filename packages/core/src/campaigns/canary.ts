import { type CanaryInput, USUAL_CANARY } from "@hustings/contracts/campaign-safety";
import { type Db, inTransaction, type Sql, sql } from "@hustings/db/client";
import type { CampaignCanaryModel } from "@hustings/db/types";
import { recordChange } from "../audit/record-change";
import type { WorkspaceContext } from "../context";
import { writeEvent } from "../outbox/write-event";
import { measure } from "./circuit-breaker";
import { judgeCanary } from "./safety-line";
import { stopCampaign } from "./stop-campaign";

/** Keeps what was chosen at the send, in its transaction, in place of what was chosen before. */
export async function keepCanary(ctx: WorkspaceContext, campaignId: string, chosen?: CanaryInput): Promise<void> {
  await ctx.db.campaignCanary.deleteMany({ where: { campaignId } });
  if (!chosen) return;
  const { bouncePercent, errorPercent } = ctx.settings.safetyLimits;
  const { waitMinutes, complaints } = USUAL_CANARY;
  await ctx.db.campaignCanary.create({
    data: { bouncePercent, errorPercent, waitMinutes, complaints, ...chosen, campaignId },
  });
}

type Size = Pick<CampaignCanaryModel, "people" | "percent">;

/** How many of so many recipients go first. The freeze computes the same in SQL. */
export const sizeOfWave = ({ people, percent }: Size, recipients: number): number =>
  Math.min(recipients, people ?? Math.floor((recipients * (percent ?? 0) + 99) / 100));

/**
 * The batch of each recipient where some go first, over rows with `rn` (from 1) and `total`: the first batches take
 * people from all over, so that the oldest addresses do not speak for all.
 */
export function batchesWithCanary({ people, percent }: Size, batchSize: number): { size: Sql; batchNo: Sql } {
  const size = people === null ? sql`((total * ${percent}::bigint + 99) / 100)` : sql`least(total, ${people}::bigint)`;
  return {
    size,
    batchNo: sql`case when rn * size / total > (rn - 1) * size / total then (rn * size / total - 1) / ${batchSize}
      else (size + ${batchSize} - 1) / ${batchSize} + (rn - rn * size / total - 1) / ${batchSize} end`,
  };
}

/** Writes down how large the first wave became. Where it is everybody there is no rest to decide about. */
export async function noteWave(
  ctx: WorkspaceContext,
  campaignId: string,
  wave: { recipients: number; batches: number; isEverybody: boolean },
): Promise<void> {
  const { isEverybody, ...counts } = wave;
  await ctx.db.campaignCanary.update({
    where: { campaignId },
    data: { ...counts, restOpenedAt: isEverybody ? ctx.ports.now() : null },
  });
}

/** Sets when the first wave is judged, once all of it was dealt with. Idempotent. */
async function setDecisionTime(ctx: WorkspaceContext, campaignId: string): Promise<boolean> {
  const count = await ctx.db.$executeRaw`
    update campaign_canaries k set decides_at = ${ctx.ports.now()}::timestamptz + make_interval(secs => k.wait_minutes * 60)
    where k.campaign_id = ${campaignId}::uuid and k.decides_at is null and k.rest_opened_at is null
      and not exists (select 1 from campaign_batches b
        where b.campaign_id = k.campaign_id and b.batch_no < k.batches and not b.is_done)`;
  return count > 0;
}

/** After a batch: when it was the last of the first wave, asks for the job that waits and decides. */
export async function endFirstWave(
  ctx: WorkspaceContext,
  { campaignId, generation }: { campaignId: string; generation: number },
): Promise<void> {
  const open = { campaignId, decidesAt: null, restOpenedAt: null };
  if ((await ctx.db.campaignCanary.count({ where: open })) === 0) return;
  await inTransaction(ctx.db, async (tx) => {
    if (!(await setDecisionTime({ ...ctx, db: tx }, campaignId))) return;
    await writeEvent(tx, "campaign/send.requested", { campaignId, workspaceId: ctx.workspaceId, generation });
  });
}

/**
 * What a campaign that is sending may do now, as far as its first wave says: hand out batches (`isOpen`), be asked again
 * at `waitUntil`, or nothing, since it has just stopped. The caller holds the campaign's row.
 */
export async function passCanary(
  ctx: WorkspaceContext,
  { campaignId, generation }: { campaignId: string; generation: number },
): Promise<{ isOpen: boolean; waitUntil: Date | null }> {
  await setDecisionTime(ctx, campaignId);
  const canary = await ctx.db.campaignCanary.findUnique({ where: { campaignId } });
  if (!canary || canary.restOpenedAt || !canary.decidesAt) return { isOpen: true, waitUntil: null };
  const now = ctx.ports.now();
  if (canary.decidesAt > now) return { isOpen: false, waitUntil: canary.decidesAt };
  return { isOpen: await decide(ctx, canary, generation, now), waitUntil: null };
}

async function decide(
  ctx: WorkspaceContext,
  canary: CampaignCanaryModel,
  generation: number,
  now: Date,
): Promise<boolean> {
  const { campaignId } = canary;
  const measured = await measure(ctx.db, campaignId);
  const { verdict, reason } = judgeCanary(canary, measured);
  const isOpen = verdict === "go_on";
  await ctx.db.campaignCanary.update({
    where: { campaignId },
    data: { verdict, reason, measured, decidedAt: now, restOpenedAt: isOpen ? now : null },
  });
  const details = { wave: "first", measured };
  if (!isOpen) await stopCampaign(ctx, { campaignId, generation, reason, details });
  else
    await recordChange(ctx.db, ctx, {
      action: "campaigns.goOn",
      targetType: "campaign",
      targetId: campaignId,
      details: { reason, ...details },
    });
  return isOpen;
}

/** A person's word against the verdict: the rest follows. */
export async function overruleCanary(tx: Db, campaignId: string, now: Date): Promise<void> {
  await tx.campaignCanary.updateMany({
    where: { campaignId, verdict: "stop", restOpenedAt: null },
    data: { restOpenedAt: now },
  });
}
