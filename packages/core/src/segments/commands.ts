import type { ById } from "@hustings/contracts/primitives";
import type { CreateSegmentInput, Segment, UpdateSegmentInput } from "@hustings/contracts/segments";
import { inTransaction, sql } from "@hustings/db/client";
import type { Prisma } from "@hustings/db/types";
import { recordChange } from "../audit/record-change";
import { refuseUnfinishedCampaigns } from "../campaigns/unfinished";
import type { WorkspaceContext } from "../context";
import { DomainError, notFound } from "../errors";
import { writeEventUnlessWaiting } from "../outbox/write-event";
import { toSegment } from "./mapper";
import { matchSegment, visibleSegments } from "./match-segment";

/**
 * Saves a segment in the caller's workspace.
 *
 * @throws DomainError `invalid` when the filter does not compile (details name each condition); `forbidden` for
 * `crossWorkspace` without a global admin.
 */
export async function createSegment(ctx: WorkspaceContext, input: CreateSegmentInput): Promise<Segment> {
  await matchSegment(ctx, input);
  return inTransaction(ctx.db, async (tx) => {
    const row = await tx.segment.create({
      data: { ...input, filter: input.filter as Prisma.InputJsonObject, workspaceId: ctx.workspaceId },
    });
    await recordChange(tx, ctx, {
      action: "segments.create",
      targetType: "segment",
      targetId: row.id,
      details: { name: row.name },
    });
    await writeEventUnlessWaiting(tx, "segments/changed", {});
    return toSegment(row);
  });
}

/**
 * Changes a segment; a `filter` is replaced whole. Campaigns that use it reach other people at their next launch.
 *
 * @throws DomainError `not_found`, also for another workspace's segment; `invalid` when the filter does not compile;
 * `forbidden` for making it `crossWorkspace` without a global admin.
 */
export async function updateSegment(ctx: WorkspaceContext, { id, ...changes }: UpdateSegmentInput): Promise<Segment> {
  if (changes.crossWorkspace && !ctx.isGlobalAdmin)
    throw new DomainError("forbidden", "Segments across workspaces need a global admin");
  const where = { id, ...visibleSegments(ctx) };
  const known = await ctx.db.segment.findFirst({ where, select: { workspaceId: true } });
  if (!known) throw notFound("Segment");
  if (changes.filter) await matchSegment(ctx, { filter: changes.filter, ...known });
  return inTransaction(ctx.db, async (tx) => {
    const filter = changes.filter as Prisma.InputJsonObject | undefined;
    const [row] = await tx.segment.updateManyAndReturn({ where, data: { ...changes, filter } });
    if (!row) throw notFound("Segment");
    await recordChange(tx, ctx, {
      action: "segments.update",
      targetType: "segment",
      targetId: id,
      details: { ...changes, filter: filter ?? null },
    });
    if (filter) await writeEventUnlessWaiting(tx, "segments/changed", {});
    return toSegment(row);
  });
}

/**
 * Deletes a segment. Finished campaigns keep their statistics and recipients.
 *
 * @throws DomainError `not_found`, also for another workspace's segment; `invalid` while an unfinished campaign uses it,
 * since without a segment a campaign is for everyone.
 */
export async function deleteSegment(ctx: WorkspaceContext, { id }: ById): Promise<void> {
  await inTransaction(ctx.db, async (tx) => {
    // Held, so that no campaign takes it up meanwhile.
    await tx.$queryRaw(sql`select 1 from segments where id = ${id}::uuid for update`);
    const where = { id, ...visibleSegments(ctx) };
    const known = await tx.segment.findFirst({ where, select: { name: true } });
    if (!known) throw notFound("Segment");
    await refuseUnfinishedCampaigns(
      tx,
      { segmentId: id },
      "Campaigns that are not finished use this segment. Choose another segment for them first.",
    );
    await tx.segment.deleteMany({ where });
    await recordChange(tx, ctx, { action: "segments.delete", targetType: "segment", targetId: id, details: known });
    await writeEventUnlessWaiting(tx, "segments/changed", {});
  });
}
