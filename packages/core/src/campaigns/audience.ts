import type { Audience, AudiencePeopleInput, LeftOutReason } from "@hustings/contracts/campaign-recipients";
import type { ContactMatch } from "@hustings/contracts/contacts";
import type { PreviewSegmentInput } from "@hustings/contracts/segments";
import { suppressionReason } from "@hustings/contracts/suppressions";
import { type Sql, sql } from "@hustings/db/client";
import { matchFilters } from "../contacts/selection";
import type { WorkspaceContext } from "../context";
import { DomainError, invalid } from "../errors";
import { matchRule, matchSavedSegment, matchSegment } from "../segments/match-segment";
import { gravestReason } from "../suppressions/gravest-reason";

/** What decides who gets a campaign. */
export type AudienceOf = { segmentId: string | null; categoryId: string | null };

/**
 * The one function that says who matches a campaign and who of them is left out, why: count, pre-flight, the
 * explanation for one person and the freeze are all made of it.
 *
 * A query with the columns `id`, `email`, `excluded` (null: gets it). A person is counted under the first reason that
 * holds, a suppressed one under what the suppression is for. `duplicate` cannot occur while an address is unique in the installation (`contacts_email_key`).
 *
 * @throws DomainError `invalid` when the segment is gone or its filter no longer compiles.
 */
export async function audienceQuery(ctx: WorkspaceContext, campaign: AudienceOf): Promise<Sql> {
  return sortMatches(ctx, await matchCondition(ctx, campaign.segmentId), campaign.categoryId);
}

/** Everyone under a condition on `contacts c`, each with the first reason that leaves them out. */
function sortMatches(ctx: WorkspaceContext, matches: Sql, categoryId: string | null): Sql {
  return sql`
    select c.id, c.email, c.first_name, c.last_name,
      case
        when c.email is null then 'noEmail'
        when c.globally_unsubscribed then 'unsubscribed'
        when c.communication_preferences ->> ${categoryId ?? ""}::text = 'unsubscribed' then 'category'
        when c.email in (
          select s.email from suppressions s where s.workspace_id is null or s.workspace_id = ${ctx.workspaceId}::uuid
        ) then ${gravestReason(ctx)}
      end as excluded
    from contacts c
    where ${matches}`;
}

/**
 * Everybody in the workspace, or whom the segment matches; in the global workspace a `crossWorkspace` segment matches
 * all contacts. Decided by the workspace, not by who asks, so that the pre-flight of one person and the job count the
 * same.
 */
async function matchCondition(ctx: WorkspaceContext, segmentId: string | null): Promise<Sql> {
  if (!segmentId) return sql`c.workspace_ids @> array[${ctx.workspaceId}::uuid]`;
  return matchSavedSegment({ ...ctx, isGlobalAdmin: ctx.isGlobalWorkspace }, segmentId);
}

/** Who matches, who will get it, and who is left out for which reason. */
export async function countAudience(ctx: WorkspaceContext, campaign: AudienceOf): Promise<Audience> {
  return countGroups(ctx, await audienceQuery(ctx, campaign));
}

/**
 * Who of those whom a filter matches could be emailed now, and who not, why. Categories are a campaign's own question.
 *
 * @throws DomainError like `matchSegment`
 */
export async function countFilterAudience(ctx: WorkspaceContext, input: PreviewSegmentInput): Promise<Audience> {
  return countGroups(ctx, sortMatches(ctx, await matchSegment(ctx, input), null));
}

/** The same of those whom a list shows. @throws DomainError `invalid` when the tag or the segment is not there. */
export async function countListAudience(ctx: WorkspaceContext, input: ContactMatch): Promise<Audience> {
  return countGroups(ctx, sortMatches(ctx, await matchFilters(ctx, input), null));
}

async function countGroups(ctx: WorkspaceContext, query: Sql): Promise<Audience> {
  const rows = await ctx.db.$queryRaw<{ excluded: LeftOutReason | null; people: number }[]>`
    select excluded, count(*)::int as people from (${query}) a group by excluded`;
  const people = new Map(rows.map((row) => [row.excluded, row.people]));
  const of = (reason: LeftOutReason) => people.get(reason) ?? 0;
  const suppressedBecause = {
    hard_bounce: of("hard_bounce"),
    soft_bounces: of("soft_bounces"),
    complaint: of("complaint"),
    manual: of("manual"),
  };
  return {
    matched: rows.reduce((sum, row) => sum + row.people, 0),
    recipients: people.get(null) ?? 0,
    excluded: {
      noEmail: of("noEmail"),
      unsubscribed: of("unsubscribed"),
      category: of("category"),
      suppressed: Object.values(suppressedBecause).reduce((sum, suppressed) => sum + suppressed, 0),
      duplicate: of("duplicate"),
    },
    suppressedBecause,
  };
}

/**
 * How many of those who get it have nothing under a field of theirs, such as `firstName` or `customFields.city`.
 *
 * @throws DomainError `invalid` when the segment is gone, or for what is no field of people.
 */
export async function countLacking(ctx: WorkspaceContext, campaign: AudienceOf, field: string): Promise<number> {
  const lacks = await compileLacking(ctx, field);
  const [row] = await ctx.db.$queryRaw<{ people: number }[]>`
    select count(*)::int as people from (${await audienceQuery(ctx, campaign)} and ${lacks}) a where a.excluded is null`;
  return row?.people ?? 0;
}

async function compileLacking(ctx: WorkspaceContext, field: string): Promise<Sql> {
  try {
    return await matchRule(ctx, { filter: { match: "all", conditions: [{ field, operator: "is_not_set" }] } });
  } catch (error) {
    throw error instanceof DomainError ? invalid("Validation failed", ["field: must name a field of people"]) : error;
  }
}

type PersonRow = { id: string; email: string | null; first_name: string | null; last_name: string | null };

/** The people behind one number of the pre-flight, newest first. */
export async function listAudience(ctx: WorkspaceContext, campaign: AudienceOf, input: AudiencePeopleInput) {
  const query = await audienceQuery(ctx, campaign);
  const inGroup = groupCondition(input.group);
  const [rows, counted] = await Promise.all([
    ctx.db.$queryRaw<PersonRow[]>`
      select id, email, first_name, last_name from (${query}) a where ${inGroup}
      order by id desc limit ${input.pageSize} offset ${(input.page - 1) * input.pageSize}`,
    ctx.db.$queryRaw<{ total: number }[]>`select count(*)::int as total from (${query}) a where ${inGroup}`,
  ]);
  const people = rows.map((row) => ({
    id: row.id,
    email: row.email,
    firstName: row.first_name,
    lastName: row.last_name,
  }));
  return { people, total: counted[0]?.total ?? 0, page: input.page, pageSize: input.pageSize };
}

function groupCondition(group: AudiencePeopleInput["group"]): Sql {
  if (group === "matched") return sql`true`;
  if (group === "recipients") return sql`excluded is null`;
  return sql`excluded = any(${group === "suppressed" ? suppressionReason.options : [group]}::text[])`;
}

/** Whether one person matches now and what leaves them out; null when they do not match at all. */
export async function findInAudience(
  ctx: WorkspaceContext,
  campaign: AudienceOf,
  contactId: string,
): Promise<{ excluded: LeftOutReason | null } | null> {
  const query = await audienceQuery(ctx, campaign);
  const rows = await ctx.db.$queryRaw<{ excluded: LeftOutReason | null }[]>`
    select a.excluded from (${query} and c.id = ${contactId}::uuid) a`;
  return rows[0] ?? null;
}
