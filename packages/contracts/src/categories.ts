import { z } from "zod";
import { byId, longText, rangeInput, requiredLine, utcDateTime, uuid } from "./primitives";

/** What a person can say no to; a campaign names one. */
export const category = z
  .object({ id: uuid, name: z.string(), description: z.string().nullable(), createdAt: utcDateTime })
  .meta({ id: "Category" });
export type Category = z.infer<typeof category>;
export const listCategoriesInput = z.strictObject(rangeInput);
export const createCategoryInput = z
  .strictObject({
    name: requiredLine(100),
    description: longText(1_000).nullable().optional(),
  })
  .meta({ example: { name: "Newsletter", description: "Once a month" } });
export type CreateCategoryInput = z.infer<typeof createCategoryInput>;
export const updateCategoryInput = z
  .strictObject({
    ...byId.shape,
    name: requiredLine(100).optional(),
    description: longText(1_000).nullable().optional(),
  })
  .meta({ example: { description: "Every Friday" } });
export type UpdateCategoryInput = z.infer<typeof updateCategoryInput>;
