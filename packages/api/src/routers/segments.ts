import { audience } from "@hustings/contracts/campaign-recipients";
import { byId, success } from "@hustings/contracts/primitives";
import {
  createSegmentInput,
  explainMatchInput,
  filterField,
  listSegmentsInput,
  matchExplanation,
  previewSegmentInput,
  segment,
  segmentPreview,
  updateSegmentInput,
} from "@hustings/contracts/segments";
import { countFilterAudience } from "@hustings/core/campaigns/audience";
import { createSegment, deleteSegment, updateSegment } from "@hustings/core/segments/commands";
import { explainMatch } from "@hustings/core/segments/explain-match";
import { listFilterFields } from "@hustings/core/segments/filter-menu";
import { previewSegment } from "@hustings/core/segments/preview-segment";
import { getSegment, listSegments } from "@hustings/core/segments/queries";
import { z } from "zod";
import { workspaceProcedure } from "../procedures";
import { setRangeHeaders } from "../range-headers";
import { router } from "../trpc";

export const segmentsRouter = router({
  list: workspaceProcedure("viewer")
    .meta({ openapi: { method: "GET", path: "/segments", tags: ["Segments"], summary: "List all segments" } })
    .input(listSegmentsInput)
    .output(z.array(segment))
    .query(async ({ ctx, input }) => {
      const { segments, total } = await listSegments(ctx.workspace, input);
      setRangeHeaders(ctx, total);
      return segments;
    }),

  fields: workspaceProcedure("viewer")
    .meta({
      openapi: {
        method: "GET",
        path: "/segments/fields",
        tags: ["Segments"],
        summary: "List what a filter may speak of",
      },
    })
    .input(z.strictObject({}))
    .output(z.array(filterField))
    .query(({ ctx }) => listFilterFields(ctx.workspace)),

  preview: workspaceProcedure("viewer")
    .meta({
      openapi: {
        method: "POST",
        path: "/segments/preview",
        tags: ["Segments"],
        summary: "Preview contacts matching a segment filter",
      },
    })
    .input(previewSegmentInput)
    .output(segmentPreview)
    .mutation(({ ctx, input }) => previewSegment(ctx.workspace, input)),

  /** For the builder: who of the matches could be emailed. */
  audience: workspaceProcedure("viewer")
    .input(previewSegmentInput)
    .output(audience)
    .mutation(({ ctx, input }) => countFilterAudience(ctx.workspace, input)),

  explain: workspaceProcedure("viewer")
    .meta({
      openapi: {
        method: "POST",
        path: "/segments/explain",
        tags: ["Segments"],
        summary: "Why a contact matches a segment filter, or does not",
      },
      rest: { errors: [404] },
    })
    .input(explainMatchInput)
    .output(matchExplanation)
    .mutation(({ ctx, input }) => explainMatch(ctx.workspace, input)),

  create: workspaceProcedure("admin")
    .meta({
      openapi: { method: "POST", path: "/segments", tags: ["Segments"], summary: "Create a segment" },
      rest: { status: 201 },
    })
    .input(createSegmentInput)
    .output(segment)
    .mutation(({ ctx, input }) => createSegment(ctx.workspace, input)),

  get: workspaceProcedure("viewer")
    .meta({
      openapi: { method: "GET", path: "/segments/{id}", tags: ["Segments"], summary: "Get a single segment" },
      rest: { errors: [404] },
    })
    .input(byId)
    .output(segment)
    .query(({ ctx, input }) => getSegment(ctx.workspace, input)),

  update: workspaceProcedure("admin")
    .meta({
      openapi: { method: "PUT", path: "/segments/{id}", tags: ["Segments"], summary: "Update a segment" },
      rest: { errors: [404] },
    })
    .input(updateSegmentInput)
    .output(segment)
    .mutation(({ ctx, input }) => updateSegment(ctx.workspace, input)),

  delete: workspaceProcedure("admin")
    .meta({
      openapi: { method: "DELETE", path: "/segments/{id}", tags: ["Segments"], summary: "Delete a segment" },
      rest: { errors: [404] },
    })
    .input(byId)
    .output(success)
    .mutation(async ({ ctx, input }) => {
      await deleteSegment(ctx.workspace, input);
      return { success: true as const };
    }),
});
