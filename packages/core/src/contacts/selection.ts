import { readFilterText } from "@hustings/contracts/filter";
import { type Db, join, type Sql, sql } from "@hustings/db/client";
import type { WorkspaceContext } from "../context";
import { invalid } from "../errors";
import { matchRule, matchSavedSegment } from "../segments/match-segment";
import { searchCondition } from "./search";
import { visibleContacts } from "./visible-contacts";

/** What narrows a list of contacts, a bulk action or an export. */
export type ContactFilters = {
  search?: string | undefined;
  tagId?: string | undefined;
  segmentId?: string | undefined;
  /** A segment's filter that nobody saved, as JSON. */
  filter?: string | undefined;
};

export const isFiltered = ({ search, tagId, segmentId, filter }: ContactFilters): boolean =>
  Boolean(search || tagId || segmentId || filter);

/**
 * The condition on `contacts c` for the contacts that the filters leave, confined to what the caller may see.
 *
 * @throws DomainError `invalid`: `tagId: not found`, `segmentId: not found`, or the misfits of a filter.
 */
export async function matchFilters(ctx: WorkspaceContext, filters: ContactFilters): Promise<Sql> {
  const conditions = [visibleContacts(ctx)];
  if (filters.search) conditions.push(searchCondition(filters.search));
  if (filters.tagId) {
    await assertTag(ctx, filters.tagId);
    conditions.push(sql`c.tag_ids @> array[${filters.tagId}::uuid]`);
  }
  if (filters.segmentId) conditions.push(sql`(${await matchSavedSegment(ctx, filters.segmentId)})`);
  if (filters.filter) conditions.push(await matchRule(ctx, { filter: readFilterText(filters.filter) }));
  return join(conditions, " and ");
}

export const unknownTag = () => invalid("Validation failed", ["tagId: not found"]);

/** @throws DomainError `invalid` unless the tag belongs to the workspace. */
export async function assertTag(ctx: WorkspaceContext, tagId: string): Promise<void> {
  const known = await ctx.db.tag.findFirst({
    where: { id: tagId, workspaceId: ctx.workspaceId },
    select: { id: true },
  });
  if (!known) throw unknownTag();
}

/**
 * Keeps a tag from being deleted until the transaction ends, since nothing else ties a link to its tag. Before contacts
 * are locked: a deletion takes the tag first, too.
 *
 * @returns whether the workspace has it.
 */
export async function holdTag(ctx: WorkspaceContext, tx: Db, tagId: string): Promise<boolean> {
  const held = await tx.$queryRaw<unknown[]>`
    select 1 from tags where id = ${tagId}::uuid and workspace_id = ${ctx.workspaceId}::uuid for key share`;
  return held.length > 0;
}
