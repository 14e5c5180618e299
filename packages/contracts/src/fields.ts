import { z } from "zod";
import { byId, rangeInput, requiredLine, utcDateTime, uuid } from "./primitives";

export const fieldType = z.enum(["text", "number", "date", "select", "multiselect", "boolean", "url", "email"]);
export type FieldType = z.infer<typeof fieldType>;

/** `core` is seen everywhere, `global_internal` by global admins alone, `workspace` in its workspace alone. */
export const fieldScope = z.enum(["core", "global_internal", "workspace"]);
export type FieldScope = z.infer<typeof fieldScope>;

const options = z.array(requiredLine(200)).max(500).nullable();
const sortOrder = z.number().int().min(-1_000_000).max(1_000_000);

/** A custom field of contacts: its type checks what is written and says how it compares. */
export const fieldDefinition = z
  .object({
    id: uuid,
    name: z.string(),
    label: z.string(),
    fieldType,
    options: z.array(z.string()).nullable(),
    sortOrder: z.number().int(),
    scope: fieldScope,
    workspaceId: uuid.nullable(),
    createdAt: utcDateTime,
  })
  .meta({ id: "FieldDefinition" });
export type FieldDefinition = z.infer<typeof fieldDefinition>;

export const listFieldsInput = z.strictObject(rangeInput);

export const createFieldInput = z
  .strictObject({
    /** The key under `customFields`; unchanged for life. */
    name: requiredLine(100),
    label: requiredLine(200),
    fieldType,
    options: options.optional(),
    sortOrder: sortOrder.default(0),
    scope: fieldScope.optional(),
    workspaceId: uuid.nullable().optional(),
  })
  .meta({ example: { name: "shirt", label: "Size of shirt", fieldType: "select", options: ["S", "M", "L"] } });
export type CreateFieldInput = z.infer<typeof createFieldInput>;

export const updateFieldInput = z
  .strictObject({
    ...byId.shape,
    label: requiredLine(200).optional(),
    fieldType: fieldType.optional(),
    options: options.optional(),
    sortOrder: sortOrder.optional(),
  })
  .meta({ example: { label: "Shirt", sortOrder: 10 } });
export type UpdateFieldInput = z.infer<typeof updateFieldInput>;
