import { z } from "zod";
import { byId, rangeInput, requiredLine, utcDateTime, uuid } from "./primitives";

const name = requiredLine(100);
/** Shown as a small square beside the name: `#rrggbb`, `#rgb`, or one of CSS's names. */
const color = z
  .string()
  .regex(/^(#[0-9a-f]{3}|#[0-9a-f]{6}|[a-z]{3,30})$/i, "must be a colour like #14513f or seagreen")
  .nullable();

/** A label of one workspace; its name is unique there, ignoring case. */
export const tag = z
  .object({
    id: uuid,
    name: z.string(),
    color: z.string().nullable(),
    contactCount: z.number().int().optional().describe("How many contacts carry it; only in the list of tags"),
    createdAt: utcDateTime,
  })
  .meta({ id: "Tag" });
export type Tag = z.infer<typeof tag>;

export const listTagsInput = z.strictObject(rangeInput);

export const createTagInput = z
  .strictObject({ name, color: color.optional() })
  .meta({ example: { name: "Volunteer", color: "#14513f" } });
export type CreateTagInput = z.infer<typeof createTagInput>;

export const updateTagInput = z
  .strictObject({ ...byId.shape, name: name.optional(), color: color.optional() })
  .meta({ example: { name: "Helps on Saturday" } });
export type UpdateTagInput = z.infer<typeof updateTagInput>;
