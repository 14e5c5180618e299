import { createFieldInput, fieldDefinition, listFieldsInput, updateFieldInput } from "@hustings/contracts/fields";
import { byId, success } from "@hustings/contracts/primitives";
import { createField, deleteField, updateField } from "@hustings/core/fields/commands";
import { listFields } from "@hustings/core/fields/queries";
import { z } from "zod";
import { openProcedure } from "../procedures";
import { setRangeHeaders } from "../range-headers";
import { router } from "../trpc";

const tags = ["Fields"];

export const fieldsRouter = router({
  list: openProcedure("viewer")
    .meta({ openapi: { method: "GET", path: "/fields", tags, summary: "List all custom field definitions" } })
    .input(listFieldsInput)
    .output(z.array(fieldDefinition))
    .query(async ({ ctx, input }) => {
      const { fields, total } = await listFields(ctx.workspace, input);
      setRangeHeaders(ctx, total);
      return fields;
    }),

  create: openProcedure("member")
    .meta({
      openapi: { method: "POST", path: "/fields", tags, summary: "Create a custom field definition" },
      rest: { status: 201, errors: [409], reasons: { 409: "duplicate name" } },
    })
    .input(createFieldInput)
    .output(fieldDefinition)
    .mutation(({ ctx, input }) => createField(ctx.workspace, input)),

  update: openProcedure("member")
    .meta({
      openapi: { method: "PUT", path: "/fields/{id}", tags, summary: "Update a field definition" },
      rest: { errors: [404] },
    })
    .input(updateFieldInput)
    .output(fieldDefinition)
    .mutation(({ ctx, input }) => updateField(ctx.workspace, input)),

  delete: openProcedure("member")
    .meta({
      openapi: {
        method: "DELETE",
        path: "/fields/{id}",
        tags,
        summary: "Delete a field definition, with its values on every contact",
      },
      rest: { errors: [404] },
    })
    .input(byId)
    .output(success)
    .mutation(async ({ ctx, input }) => {
      await deleteField(ctx.workspace, input);
      return { success: true as const };
    }),
});
