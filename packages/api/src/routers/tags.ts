import { byId, success } from "@hustings/contracts/primitives";
import { createTagInput, listTagsInput, tag, updateTagInput } from "@hustings/contracts/tags";
import { createTag, deleteTag, updateTag } from "@hustings/core/tags/commands";
import { listTags } from "@hustings/core/tags/queries";
import { z } from "zod";
import { openProcedure } from "../procedures";
import { setRangeHeaders } from "../range-headers";
import { router } from "../trpc";

export const tagsRouter = router({
  list: openProcedure("viewer")
    .meta({ openapi: { method: "GET", path: "/tags", tags: ["Tags"], summary: "List all tags" } })
    .input(listTagsInput)
    .output(z.array(tag))
    .query(async ({ ctx, input }) => {
      const { tags, total } = await listTags(ctx.workspace, input);
      setRangeHeaders(ctx, total);
      return tags;
    }),

  create: openProcedure("member")
    .meta({
      openapi: { method: "POST", path: "/tags", tags: ["Tags"], summary: "Create a tag" },
      rest: { status: 201, errors: [409], reasons: { 409: "duplicate name" } },
    })
    .input(createTagInput)
    .output(tag)
    .mutation(({ ctx, input }) => createTag(ctx.workspace, input)),

  update: openProcedure("member")
    .meta({
      openapi: { method: "PUT", path: "/tags/{id}", tags: ["Tags"], summary: "Update a tag" },
      rest: { errors: [404, 409], reasons: { 409: "duplicate name" } },
    })
    .input(updateTagInput)
    .output(tag)
    .mutation(({ ctx, input }) => updateTag(ctx.workspace, input)),

  delete: openProcedure("member")
    .meta({
      openapi: { method: "DELETE", path: "/tags/{id}", tags: ["Tags"], summary: "Delete a tag" },
      rest: { errors: [404] },
    })
    .input(byId)
    .output(success)
    .mutation(async ({ ctx, input }) => {
      await deleteTag(ctx.workspace, input);
      return { success: true as const };
    }),
});
