import { type Filter, filter as filterSchema } from "@hustings/contracts/filter";
import { type Sql, sql } from "@hustings/db/client";
import type { Prisma } from "@hustings/db/types";
import type { WorkspaceContext } from "../context";
import { DomainError, invalid } from "../errors";
import { fieldCatalog } from "../fields/catalog";
import { compileFilter } from "./compile-filter";

/** What decides who is in a segment. */
export type SegmentRule = {
  filter: Filter;
  /** Matches all contacts of the installation; tags, interactions and campaigns of every workspace count. */
  crossWorkspace?: boolean;
  /** Where its field names are at home; the caller's workspace unless set. */
  workspaceId?: string;
};

/**
 * The condition on `contacts c` for a rule, whoever the contacts are: it confines to no workspace.
 *
 * @param path Where the filter stands in the request, for the names of what does not fit.
 * @throws DomainError like `matchSegment`
 */
export async function matchRule(ctx: WorkspaceContext, rule: SegmentRule, path = "filter"): Promise<Sql> {
  const acrossWorkspaces = rule.crossWorkspace ?? false;
  if (acrossWorkspaces && !ctx.isGlobalAdmin)
    throw new DomainError("forbidden", "Segments across workspaces need a global admin");
  const workspaceId = rule.workspaceId ?? ctx.workspaceId;
  const catalog = await fieldCatalog({ db: ctx.db, isGlobalAdmin: ctx.isGlobalAdmin, workspaceId });
  return compileFilter({ workspaceId, acrossWorkspaces, ports: ctx.ports }, catalog, rule.filter, path);
}

/**
 * The condition on `contacts c` for who matches now: among the people of the workspace, or with `crossWorkspace` among
 * everybody. (In the global workspace too, whose contact list shows everybody to global admins: what a segment counts
 * is what its campaign reaches.)
 *
 * @throws DomainError `invalid` when the filter does not compile; `forbidden` for a `crossWorkspace` rule without a
 * global admin.
 */
export async function matchSegment(ctx: WorkspaceContext, rule: SegmentRule, path = "filter"): Promise<Sql> {
  const matches = await matchRule(ctx, rule, path);
  return rule.crossWorkspace ? matches : sql`c.workspace_ids @> array[${ctx.workspaceId}::uuid] and ${matches}`;
}

/** How many match, exactly. @throws like `matchSegment` */
export async function countMatches(ctx: WorkspaceContext, rule: SegmentRule, path = "filter"): Promise<number> {
  const condition = await matchSegment(ctx, rule, path);
  const rows = await ctx.db.$queryRaw<
    { count: number }[]
  >`select count(*)::int as count from contacts c where ${condition}`;
  return rows[0]?.count ?? 0;
}

/**
 * Segments that the caller may see: the workspace's own, of which those across workspaces are for global admins alone;
 * these see them from the global workspace too, wherever they were made.
 */
export function visibleSegments(ctx: WorkspaceContext): Prisma.SegmentWhereInput {
  if (!ctx.isGlobalAdmin) return { workspaceId: ctx.workspaceId, crossWorkspace: false };
  if (!ctx.isGlobalWorkspace) return { workspaceId: ctx.workspaceId };
  return { OR: [{ workspaceId: ctx.workspaceId }, { crossWorkspace: true }] };
}

/**
 * The condition for a saved segment that a request names: a list's `segmentId`, a campaign's.
 *
 * @param path Name of the property that held the id.
 * @throws DomainError `invalid`: `segmentId: not found`, or the misfits of a filter whose fields have changed since.
 */
export async function matchSavedSegment(ctx: WorkspaceContext, segmentId: string, path = "segmentId"): Promise<Sql> {
  const row = await ctx.db.segment.findFirst({ where: { id: segmentId, ...visibleSegments(ctx) } });
  if (!row) throw invalid("Validation failed", [`${path}: not found`]);
  const { workspaceId, crossWorkspace } = row;
  return matchSegment(ctx, { filter: filterSchema.parse(row.filter), crossWorkspace, workspaceId }, `${path}.filter`);
}

/**
 * Why a campaign of the caller's workspace may not use a segment, as a detail that names `path`; null when it may. One
 * across workspaces is for campaigns of the global workspace.
 */
export async function findSegmentProblem(
  ctx: WorkspaceContext,
  segmentId: string,
  path = "segmentId",
): Promise<string | null> {
  const row = await ctx.db.segment.findFirst({
    where: { id: segmentId, ...visibleSegments(ctx) },
    select: { crossWorkspace: true },
  });
  if (!row) return `${path}: not found`;
  if (row.crossWorkspace && !ctx.isGlobalWorkspace)
    return `${path}: a segment across workspaces is for campaigns of the global workspace`;
  return null;
}
