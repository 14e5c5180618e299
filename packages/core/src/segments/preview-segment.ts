import type { PreviewSegmentInput, SegmentPreview } from "@hustings/contracts/segments";
import { join, type Sql, sql } from "@hustings/db/client";
import type { WorkspaceContext } from "../context";
import { countWhere, matchSegment } from "./match-segment";

const PAGE = 50;
/** A match this rare is found whole first; walking newest first could pass a million contacts between two of them. */
const RARE = 1_000;

type PreviewRow = SegmentPreview["contacts"][number];

/**
 * Who matches a filter now: the exact count and the 50 newest.
 *
 * @throws DomainError `invalid` when the filter does not compile; `forbidden` for `crossWorkspace` without a global admin.
 */
export async function previewSegment(ctx: WorkspaceContext, input: PreviewSegmentInput): Promise<SegmentPreview> {
  const condition = await matchSegment(ctx, input);
  const found = await ctx.db.$queryRaw<
    { id: string }[]
  >`select c.id from contacts c where ${condition} limit ${RARE + 1}`;
  if (found.length <= RARE)
    return {
      count: found.length,
      contacts: await newestOf(
        ctx,
        found.map((row) => row.id),
      ),
    };
  const contacts = await newestWhere(ctx, condition);
  return { count: await countWhere(ctx, condition), contacts };
}

/** Ids are UUID v7, so their order is the order of creation. */
async function newestOf(ctx: WorkspaceContext, ids: string[]): Promise<PreviewRow[]> {
  if (ids.length === 0) return [];
  const newest = ids.sort().reverse().slice(0, PAGE);
  return newestWhere(ctx, sql`c.id in (${join(newest.map((id) => sql`${id}::uuid`))})`);
}

const newestWhere = (ctx: WorkspaceContext, condition: Sql): Promise<PreviewRow[]> =>
  ctx.db.$queryRaw<PreviewRow[]>`
    select c.id, c.email, c.first_name, c.last_name from contacts c where ${condition} order by c.id desc limit ${PAGE}`;
