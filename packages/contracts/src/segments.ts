import { z } from "zod";
import { filter } from "./filter";
import { byId, longText, rangeInput, requiredLine, utcDateTime, uuid } from "./primitives";

const name = requiredLine(200);
const description = longText(2_000).nullable();

/** A saved sentence about people; who matches is decided anew each time. */
export const segment = z
  .object({
    id: uuid,
    name: z.string(),
    description: z.string().nullable(),
    filter,
    crossWorkspace: z.boolean(),
    createdAt: utcDateTime,
    updatedAt: utcDateTime,
  })
  .meta({ id: "Segment" });
export type Segment = z.infer<typeof segment>;

export const listSegmentsInput = z.strictObject(rangeInput);
export const createSegmentInput = z
  .strictObject({
    name,
    description: description.optional(),
    filter,
    crossWorkspace: z.boolean().optional(),
  })
  .meta({
    example: {
      name: "Lives in Lyon",
      filter: { match: "all", conditions: [{ field: "city", operator: "eq", value: "Lyon" }] },
    },
  });
export type CreateSegmentInput = z.infer<typeof createSegmentInput>;
export const updateSegmentInput = z
  .strictObject({
    ...byId.shape,
    name: name.optional(),
    description: description.optional(),
    filter: filter.optional(),
    crossWorkspace: z.boolean().optional(),
  })
  .meta({ example: { description: "For the bus on Saturday" } });
export type UpdateSegmentInput = z.infer<typeof updateSegmentInput>;

export const previewSegmentInput = z.strictObject({ filter, crossWorkspace: z.boolean().optional() });
export type PreviewSegmentInput = z.infer<typeof previewSegmentInput>;
/** Snake case as the reference has it; the first 50 contacts. */
export const segmentPreview = z.object({
  count: z.number().int(),
  contacts: z.array(
    z.object({
      id: uuid,
      email: z.string().nullable(),
      first_name: z.string().nullable(),
      last_name: z.string().nullable(),
    }),
  ),
});
export type SegmentPreview = z.infer<typeof segmentPreview>;

export const explainMatchInput = z.strictObject({ ...previewSegmentInput.shape, contactId: uuid });
export type ExplainMatchInput = z.infer<typeof explainMatchInput>;
/** Why a contact matches a filter or does not, condition by condition in the filter's order. */
export const matchExplanation = z
  .object({
    matches: z.boolean(),
    conditions: z.array(
      z.object({
        holds: z.boolean(),
        value: z.string().nullable().describe("What the contact has there; null for nothing, and for campaigns"),
      }),
    ),
  })
  .meta({ id: "MatchExplanation" });
export type MatchExplanation = z.infer<typeof matchExplanation>;

/** What a condition may speak of, with the operators that fit: the builder's menu. */
export const filterField = z
  .object({
    field: z.string().describe("What goes into a condition's `field`"),
    label: z.string(),
    group: z.enum(["person", "field", "tag", "history", "campaign"]),
    type: z.enum([
      "text",
      "number",
      "date",
      "boolean",
      "select",
      "multiselect",
      "tag",
      "count",
      "happened",
      "campaign",
    ]),
    operators: z.array(z.string()),
    options: z.array(z.object({ value: z.string(), label: z.string() })).nullable(),
  })
  .meta({ id: "FilterField" });
export type FilterField = z.infer<typeof filterField>;
