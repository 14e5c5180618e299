import type {
  CampaignEmail,
  CampaignReport,
  CampaignStats,
  EmailOutcome,
  ListCampaignEmailsInput,
} from "@hustings/contracts/campaign-recipients";
import type { Campaign, ListCampaignsInput, ListedCampaign } from "@hustings/contracts/campaigns";
import { join, type Sql, sql } from "@hustings/db/client";
import type { CampaignEmailModel, CampaignModel, Prisma } from "@hustings/db/types";
import type { WorkspaceContext } from "../context";
import { notFound } from "../errors";
import { EMAIL_STATUS } from "./email-status";
import { toCampaign, toCampaignEmail, toCampaignStats } from "./mapper";

/** Campaigns of the workspace, newest first, with their counters once they were launched. */
export async function listCampaigns(
  ctx: WorkspaceContext,
  input: ListCampaignsInput,
): Promise<{ campaigns: ListedCampaign[]; total: number }> {
  const where: Prisma.CampaignWhereInput = {
    workspaceId: ctx.workspaceId,
    ...(input.status && { status: input.status }),
    ...(input.search && { name: { contains: input.search, mode: "insensitive" } }),
  };
  const [rows, total] = await Promise.all([
    ctx.db.campaign.findMany({
      where,
      include: { stats: true },
      orderBy: { id: "desc" },
      take: input.limit,
      skip: input.offset,
    }),
    ctx.db.campaign.count({ where }),
  ]);
  const campaigns = rows.map((row) => ({
    ...toCampaign(row),
    ...(row.stats && { stats: toCampaignStats(row.stats) }),
  }));
  return { campaigns, total };
}

/** @throws DomainError `not_found`, also for another workspace's campaign. */
export async function getCampaignRow(ctx: WorkspaceContext, id: string): Promise<CampaignModel> {
  const row = await ctx.db.campaign.findFirst({ where: { id, workspaceId: ctx.workspaceId } });
  if (!row) throw notFound("Campaign");
  return row;
}

/** @throws DomainError `not_found`, also for another workspace's campaign. */
export const getCampaign = async (ctx: WorkspaceContext, id: string): Promise<Campaign> =>
  toCampaign(await getCampaignRow(ctx, id));

/** From the counters: one row, whatever the campaign's size. */
export async function getCampaignStats(ctx: WorkspaceContext, id: string): Promise<CampaignStats> {
  const row = await ctx.db.campaign.findFirst({ where: { id, workspaceId: ctx.workspaceId }, select: { stats: true } });
  if (!row) throw notFound("Campaign");
  return toCampaignStats(row.stats);
}

const HANDED_OVER = join(
  [2, 3, 4, 5, 6, 10, 11, 12].map((status) => sql`${status}`),
  ", ",
);

/** Which rows a number of the report counts: the same facts as its counter. */
const OUTCOME: Record<EmailOutcome, Sql> = {
  queued: sql`e.status in (${EMAIL_STATUS.queued}, ${EMAIL_STATUS.sending})`,
  sent: sql`e.status in (${HANDED_OVER})`,
  skipped: sql`e.status = ${EMAIL_STATUS.skipped}`,
  failed: sql`e.status = ${EMAIL_STATUS.failed}`,
  unknown: sql`e.status = ${EMAIL_STATUS.unknown}`,
  delivered: sql`e.delivered_at is not null`,
  opened: sql`e.opened_at is not null`,
  clicked: sql`e.clicked_at is not null`,
  bounced: sql`e.bounced_at is not null`,
  complained: sql`e.complained_at is not null`,
  unsubscribed: sql`e.unsubscribed_at is not null`,
  verifiedOpened: sql`e.verified_opened_at is not null`,
  verifiedClicked: sql`e.verified_clicked_at is not null`,
};

/**
 * Recipients' rows, newest contact first; all of them, or those behind one number of the report (whose counter is the
 * total), or those who clicked one link. Batches were cut from the contacts in their order, so the index by batch has
 * the rows in order; who went in a first wave comes last.
 */
export async function listCampaignEmails(
  ctx: WorkspaceContext,
  input: ListCampaignEmailsInput,
): Promise<{ emails: CampaignEmail[]; total: number }> {
  const stats = await getCampaignStats(ctx, input.id);
  const clicked = sql`exists (select 1 from email_events v where v.campaign_id = e.campaign_id
    and v.contact_id = e.contact_id and v.type = 'clicked' and v.url = ${input.link ?? null}
    and not v.likely_machine)`;
  const where = sql`e.campaign_id = ${input.id}::uuid and ${input.outcome ? OUTCOME[input.outcome] : sql`true`}
    and ${input.link === undefined ? sql`true` : clicked}`;
  const rows = await ctx.db.$queryRaw<CampaignEmailModel[]>`
    select e.campaign_id as "campaignId", e.contact_id as "contactId", e.email, e.status, e.sent_at as "sentAt",
      e.delivered_at as "deliveredAt", e.opened_at as "openedAt", e.clicked_at as "clickedAt",
      e.verified_opened_at as "verifiedOpenedAt", e.verified_clicked_at as "verifiedClickedAt",
      e.bounced_at as "bouncedAt", e.failed_at as "failedAt", e.error
    from campaign_emails e where ${where}
    order by e.batch_no desc, e.contact_id desc limit ${input.limit} offset ${input.offset}`;
  const total = input.link === undefined ? stats[input.outcome ?? "recipients"] : await countEmails(ctx, where);
  return { emails: rows.map(toCampaignEmail), total };
}

async function countEmails(ctx: WorkspaceContext, where: Sql): Promise<number> {
  const [row] = await ctx.db.$queryRaw<{ total: number }[]>`
    select count(*)::int as total from campaign_emails e where ${where}`;
  return row?.total ?? 0;
}

type HourRow = { at: Date; delivered: number; opened: number; clicked: number };
type LinkRow = { url: string; people: number; clicks: number; machineClicks: number };

/** Deliveries, and what people opened and clicked, per hour (a week's worth at the most), and clicks per link. */
export async function getCampaignReport(ctx: WorkspaceContext, id: string): Promise<CampaignReport> {
  await getCampaignRow(ctx, id);
  const [hours, links] = await Promise.all([
    ctx.db.$queryRaw<HourRow[]>`
      select date_trunc('hour', occurred_at, 'UTC') as at,
        count(distinct contact_id) filter (where type = 'delivered')::int as delivered,
        count(distinct contact_id) filter (where type = 'opened')::int as opened,
        count(distinct contact_id) filter (where type = 'clicked')::int as clicked
      from email_events
      where campaign_id = ${id}::uuid and type in ('delivered', 'opened', 'clicked') and not likely_machine
      group by 1 order by 1 limit 168`,
    ctx.db.$queryRaw<LinkRow[]>`
      select url, count(distinct contact_id) filter (where not likely_machine)::int as people,
        count(*) filter (where not likely_machine)::int as clicks,
        count(*) filter (where likely_machine)::int as "machineClicks"
      from email_events where campaign_id = ${id}::uuid and type = 'clicked' and url is not null
      group by url order by people desc, url limit 100`,
  ]);
  return { overTime: hours.map((row) => ({ ...row, at: row.at.toISOString() })), links };
}
