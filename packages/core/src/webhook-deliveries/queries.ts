import type {
  ByDeliveryId,
  DeliveryList,
  DeliveryOutcome,
  ListDeliveriesInput,
  WebhookDeliveryDetails,
} from "@hustings/contracts/webhook-deliveries";
import { join, type Sql, sql } from "@hustings/db/client";
import type { WorkspaceContext } from "../context";
import { notFound } from "../errors";
import { type DeliveryRow, toDelivery, toDeliveryDetails } from "./mapper";

const TAKEN_UP = ["applied", "duplicate", "unmatched", "ignored", "failed"] as const;

/**
 * Whose deliveries `p` the caller may see, one condition an index range: those about campaigns of the workspace, and to
 * global admins also those that are about nobody's.
 */
export function visibleDeliveries(ctx: Pick<WorkspaceContext, "workspaceId" | "isGlobalAdmin">): Sql[] {
  const own = sql`p.workspace_id = ${ctx.workspaceId}::uuid`;
  return ctx.isGlobalAdmin ? [own, sql`p.workspace_id is null`] : [own];
}

/** Deliveries, newest first, by keyset: each page is as quick as the first. */
export async function listDeliveries(ctx: WorkspaceContext, input: ListDeliveriesInput): Promise<DeliveryList> {
  const newest = sql`order by p.received_at desc, p.id desc limit ${input.limit + 1}`;
  const where = sql`${filtersOf(input)} and ${input.search ? matchesSearch(ctx, input.search) : sql`true`}`;
  const parts = rangesOf(ctx, input.outcome).map(
    (range) => sql`(select p.id from provider_events p where ${range} and ${where} ${newest})`,
  );
  const rows = await ctx.db.$queryRaw<DeliveryRow[]>`
    ${selectDeliveries} where p.id in (${join(parts, " union all ")}) ${newest}`;
  const deliveries = rows.slice(0, input.limit).map(toDelivery);
  const last = rows[input.limit - 1];
  const hasMore = rows.length > input.limit && last !== undefined;
  return { deliveries, next: hasMore ? `${last.receivedAt.toISOString()}_${last.id}` : null };
}

/** @throws DomainError `not_found`, also for a delivery about another workspace's campaign. */
export async function getDelivery(ctx: WorkspaceContext, { id }: ByDeliveryId): Promise<WebhookDeliveryDetails> {
  const [row] = await ctx.db.$queryRaw<DeliveryRow[]>`
    ${selectDeliveries} where p.event_id = ${id} and (${join(visibleDeliveries(ctx), " or ")})`;
  if (!row) throw notFound("Delivery");
  return toDeliveryDetails(row);
}

const selectDeliveries = sql`
  select p.id, p.event_id as "eventId", p.provider, p.type, p.message_id as "messageId", p.body,
    p.received_at as "receivedAt", p.repeats, p.applied_at as "appliedAt", coalesce(p.outcome, 'waiting') as outcome,
    p.error, coalesce(e.email, c.email) as email,
    case when e.email is not null then v.contact_id else c.id end as "contactId", k.id as "campaignId",
    k.name as "campaignName", f.id as "formId", f.name as "formName", coalesce(v.likely_machine, false) as "likelyMachine"
  from provider_events p
  left join email_events v on v.event_id = p.event_id
  left join campaign_emails e on e.contact_id = v.contact_id and e.campaign_id = v.campaign_id
  left join campaigns k on k.id = v.campaign_id
  left join lateral (
    select s.contact_id, s.form_id from form_submissions s
    where p.provider = 'tally' and (s.event_id = p.event_id or s.submission_id = p.message_id) limit 1) s on true
  left join contacts c on c.id = s.contact_id
  left join forms f on f.id = s.form_id
    or (s.form_id is null and p.provider = 'tally' and f.external_id = p.body #>> '{data,formId}')`;

/** Ranges of the indexes that hold what may be shown; each is walked from its newest entry. */
function rangesOf(ctx: WorkspaceContext, outcome: DeliveryOutcome | undefined): Sql[] {
  const scopes = visibleDeliveries(ctx);
  const waiting = sql`p.applied_at is null and (${join(scopes, " or ")})`;
  if (outcome === "waiting") return [waiting];
  const takenUp = (outcome ? [outcome] : TAKEN_UP).flatMap((each) =>
    scopes.map((scope) => sql`p.applied_at is not null and p.outcome = ${each} and ${scope}`),
  );
  return outcome ? takenUp : [waiting, ...takenUp];
}

/** In UTC: Postgres refuses offsets of more than 16 hours, which RFC 3339 allows. */
export const toInstant = (dateTime: string): string => new Date(dateTime).toISOString();

function filtersOf({ type, from, to, before }: ListDeliveriesInput): Sql {
  const [at, id] = before?.split("_") ?? [];
  const filters = [
    type ? sql`p.type = ${type}` : undefined,
    from ? sql`p.received_at >= ${toInstant(from)}::timestamptz` : undefined,
    to ? sql`p.received_at <= ${toInstant(to)}::timestamptz` : undefined,
    at && id ? sql`(p.received_at, p.id) < (${at}::timestamptz, ${id}::bigint)` : undefined,
  ].filter((filter) => filter !== undefined);
  return filters.length === 0 ? sql`true` : join(filters, " and ");
}

/** By what a person would copy from elsewhere. What was applied is found by its recipient; the rest, which is little, by its words. */
function matchesSearch(ctx: WorkspaceContext, search: string): Sql {
  const kept = sql`(p.applied_at is null or p.outcome in ('unmatched', 'failed'))`;
  return sql`p.id in (
    select p.id from provider_events p where p.event_id in (
      select ${search}::text
      union select v.event_id from campaign_emails e
        join email_events v on v.campaign_id = e.campaign_id and v.contact_id = e.contact_id
        where e.provider_message_id = ${search}
          or e.contact_id in (select c.id from contacts c where c.email = lower(${search}))
      union select s.event_id from form_submissions s
        where s.submission_id = ${search}
          or s.contact_id in (select c.id from contacts c where c.email = lower(${search})))
    union select p.id from provider_events p
      where ${kept} and (${join(visibleDeliveries(ctx), " or ")})
        and (p.message_id = ${search} or strpos(lower(p.body::text), lower(${search})) > 0))`;
}
