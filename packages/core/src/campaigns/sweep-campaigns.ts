import { inTransaction } from "@hustings/db/client";
import type { CoreContext, WorkspaceContext } from "../context";
import { writeEvent } from "../outbox/write-event";
import { openWorkspaceAsSystem } from "../workspaces/access";
import { EMAIL_STATUS } from "./email-status";
import { launchScheduledCampaign } from "./send-campaign";
import { finishCampaign } from "./start-campaign";

/** A running campaign whose counters have not moved for so long has lost its jobs. */
const STUCK_AFTER_MINUTES = 5;
/** What a job may take to wake up when its campaign's hold has ended, or a decision is due. */
const WAKING_GRACE_MS = 30_000;
/** Campaigns taken up by one sweep; the next minute takes the next. */
const SWEEP_LIMIT = 100;

type Due = { id: string; workspaceId: string; generation: number; status: string };

/**
 * Launches scheduled campaigns whose time has come, however long ago. One that cannot be launched (taken back at this
 * moment) does not keep the others waiting.
 *
 * @returns how many were looked at.
 */
export async function launchDueCampaigns(ctx: CoreContext): Promise<number> {
  const due = await ctx.db.campaign.findMany({
    where: { status: "scheduled", scheduledAt: { lte: ctx.ports.now() } },
    orderBy: { scheduledAt: "asc" },
    take: SWEEP_LIMIT,
    select: { id: true, workspaceId: true },
  });
  for (const { id, workspaceId } of due) {
    try {
      await launchScheduledCampaign(await asSweep(ctx, workspaceId), id);
    } catch (error) {
      ctx.logger.warn({ err: error, campaignId: id }, "a campaign that is due was not launched");
    }
  }
  return due.length;
}

/**
 * Finds running campaigns that no job moves any more and asks for their jobs again: events of the same generation, so
 * that whatever is done stays done, and a batch that somebody holds is left to them. Each is asked for once in
 * STUCK_AFTER_MINUTES; one whose audience is being frozen at this moment holds its row and is not looked at. A held one
 * waits for the end of its hold, one whose first wave is out for the time of the decision, and each is looked at when
 * its own job should have woken up by then.
 *
 * @returns how many were revived.
 */
export async function reviveStuckCampaigns(ctx: CoreContext): Promise<number> {
  const wokenBefore = new Date(ctx.ports.now().getTime() - WAKING_GRACE_MS);
  return inTransaction(ctx.db, async (tx) => {
    const stuck = await tx.$queryRaw<Due[]>`
      with stuck as (
        select c.id from campaigns c left join campaign_stats s on s.campaign_id = c.id
          left join campaign_canaries k on k.campaign_id = c.id and k.rest_opened_at is null
        where c.status in ('queued', 'sending')
          and coalesce(s.progressed_at, c.updated_at) < now() - make_interval(mins => ${STUCK_AFTER_MINUTES})
          and c.updated_at < now() - make_interval(mins => ${STUCK_AFTER_MINUTES})
          and (c.launched_at is null or c.hold_until is null or c.hold_until < ${wokenBefore})
          and (k.decides_at is null or k.decides_at < ${wokenBefore})
        order by c.id limit ${SWEEP_LIMIT} for update of c skip locked)
      update campaigns c set updated_at = now() from stuck where c.id = stuck.id
      returning c.id, c.workspace_id as "workspaceId", c.generation, c.status`;
    for (const { id, workspaceId, generation, status } of stuck) {
      const sweep = await asSweep({ ...ctx, db: tx }, workspaceId);
      const { isFinished } = status === "sending" ? await finishCampaign(sweep, id) : { isFinished: false };
      if (!isFinished) await writeEvent(tx, "campaign/send.requested", { campaignId: id, workspaceId, generation });
    }
    return stuck.length;
  });
}

type Left = { campaignId: string; workspaceId: string; generation: number; batchNo: number };

/**
 * Asks again for batches of cancelled and failed campaigns whose job was lost with messages in flight: `sendBatch` asks
 * the transport about these and sends nothing.
 *
 * @returns how many batches were asked for.
 */
export async function settleLeftBatches(ctx: CoreContext): Promise<number> {
  return inTransaction(ctx.db, async (tx) => {
    const left = await tx.$queryRaw<Left[]>`
      with stale as (
        update campaign_stats s set progressed_at = now()
        from campaigns c
        where c.id = s.campaign_id and c.status in ('cancelled', 'failed')
          and s.recipients > s.sent + s.skipped + s.failed + s.unknown
          and s.progressed_at < now() - make_interval(mins => ${STUCK_AFTER_MINUTES})
        returning c.id, c.workspace_id, c.generation)
      select distinct s.id as "campaignId", s.workspace_id as "workspaceId", s.generation, e.batch_no as "batchNo"
      from stale s join campaign_emails e on e.campaign_id = s.id
      where e.status in (${EMAIL_STATUS.queued}, ${EMAIL_STATUS.sending}) limit ${SWEEP_LIMIT}`;
    for (const batch of left) await writeEvent(tx, "campaign/batch.queued", batch);
    return left.length;
  });
}

const asSweep = (ctx: CoreContext, workspaceId: string): Promise<WorkspaceContext> =>
  openWorkspaceAsSystem(ctx, workspaceId, "campaign sweep");
