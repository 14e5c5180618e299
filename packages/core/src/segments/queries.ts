import type { ById, Range } from "@hustings/contracts/primitives";
import type { Segment } from "@hustings/contracts/segments";
import type { WorkspaceContext } from "../context";
import { notFound } from "../errors";
import { toSegment } from "./mapper";
import { visibleSegments } from "./match-segment";

/** Segments that the caller may see, newest first. */
export async function listSegments(
  ctx: WorkspaceContext,
  input: Range,
): Promise<{ segments: Segment[]; total: number }> {
  const where = visibleSegments(ctx);
  const [rows, total] = await Promise.all([
    ctx.db.segment.findMany({ where, orderBy: { id: "desc" }, take: input.limit, skip: input.offset }),
    ctx.db.segment.count({ where }),
  ]);
  return { segments: rows.map(toSegment), total };
}

/** @throws DomainError `not_found`, also for another workspace's segment and for one that only global admins see. */
export async function getSegment(ctx: WorkspaceContext, { id }: ById): Promise<Segment> {
  const row = await ctx.db.segment.findFirst({ where: { id, ...visibleSegments(ctx) } });
  if (!row) throw notFound("Segment");
  return toSegment(row);
}
