import {
  category,
  createCategoryInput,
  listCategoriesInput,
  updateCategoryInput,
} from "@hustings/contracts/categories";
import { byId, success } from "@hustings/contracts/primitives";
import { createCategory, deleteCategory, updateCategory } from "@hustings/core/categories/commands";
import { listCategories } from "@hustings/core/categories/queries";
import { z } from "zod";
import { workspaceProcedure } from "../procedures";
import { setRangeHeaders } from "../range-headers";
import { router } from "../trpc";

const tags = ["Categories"];

export const categoriesRouter = router({
  list: workspaceProcedure("viewer")
    .meta({ openapi: { method: "GET", path: "/categories", tags, summary: "List all categories" } })
    .input(listCategoriesInput)
    .output(z.array(category))
    .query(async ({ ctx, input }) => {
      const { categories, total } = await listCategories(ctx.workspace, input);
      setRangeHeaders(ctx, total);
      return categories;
    }),

  create: workspaceProcedure("admin")
    .meta({
      openapi: { method: "POST", path: "/categories", tags, summary: "Create a category" },
      rest: { status: 201, errors: [409], reasons: { 409: "duplicate name" } },
    })
    .input(createCategoryInput)
    .output(category)
    .mutation(({ ctx, input }) => createCategory(ctx.workspace, input)),

  update: workspaceProcedure("admin")
    .meta({
      openapi: { method: "PUT", path: "/categories/{id}", tags, summary: "Update a category" },
      rest: { errors: [404, 409], reasons: { 409: "duplicate name" } },
    })
    .input(updateCategoryInput)
    .output(category)
    .mutation(({ ctx, input }) => updateCategory(ctx.workspace, input)),

  delete: workspaceProcedure("admin")
    .meta({
      openapi: { method: "DELETE", path: "/categories/{id}", tags, summary: "Delete a category" },
      rest: { errors: [404] },
    })
    .input(byId)
    .output(success)
    .mutation(async ({ ctx, input }) => {
      await deleteCategory(ctx.workspace, input);
      return { success: true as const };
    }),
});
