import type { WorkspaceContext } from "../context";
import { EMAIL_STATUS } from "./email-status";

/** What a cancelled campaign's remaining recipients say. */
const CANCELLED_REASON = "The campaign was cancelled before this one was sent.";

/**
 * Ends whoever of a cancelled or failed campaign is still queued, so that nothing stays so: skipped, or failed for the
 * campaign's reason. Who is in flight is settled by the batch's job. Idempotent.
 */
export async function endRest(ctx: WorkspaceContext, campaignId: string): Promise<void> {
  await ctx.db.$executeRaw`
    with ended as (
      update campaign_emails e set failed_at = now(),
        status = case p.status when 'cancelled' then ${EMAIL_STATUS.skipped}::smallint else ${EMAIL_STATUS.failed}::smallint end,
        error = case p.status when 'cancelled' then ${CANCELLED_REASON} else p.error end
      from campaigns p
      where p.id = ${campaignId}::uuid and p.workspace_id = ${ctx.workspaceId}::uuid and p.status in ('cancelled', 'failed')
        and e.campaign_id = p.id and e.status = ${EMAIL_STATUS.queued}
      returning e.status),
    counts as (
      select count(*) filter (where status = ${EMAIL_STATUS.skipped})::int as skipped,
        count(*) filter (where status = ${EMAIL_STATUS.failed})::int as failed
      from ended)
    update campaign_stats s set skipped = s.skipped + n.skipped, failed = s.failed + n.failed, progressed_at = now()
    from counts n where s.campaign_id = ${campaignId}::uuid and n.skipped + n.failed > 0`;
}
