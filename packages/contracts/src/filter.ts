import { z } from "zod";

/** Operators of the reference's appendix. */
export const operator = z.enum([
  "eq",
  "neq",
  "contains",
  "not_contains",
  "starts_with",
  "gt",
  "lt",
  "gte",
  "lte",
  "in",
  "has",
  "not_has",
  "is_set",
  "is_not_set",
  "is_empty",
  "is_not_empty",
  "after",
  "before",
]);
export type Operator = z.infer<typeof operator>;

/** One sentence of a filter. Whether the value fits is decided by the field's type, when it compiles. */
export const condition = z
  .strictObject({
    field: z.string().min(1, "must not be empty").max(300),
    operator,
    value: z.unknown().optional(),
  })
  .meta({ id: "Condition", example: { field: "city", operator: "eq", value: "Lyon" } });
export type Condition = z.infer<typeof condition>;

/** At most this many conditions: a query of a few hundred already fits nobody's screen. */
export const MAX_CONDITIONS = 100;

/** No conditions with `all`: everyone; with `any`: nobody. */
export const filter = z
  .strictObject({ match: z.enum(["all", "any"]), conditions: z.array(condition).max(MAX_CONDITIONS) })
  .meta({
    id: "Filter",
    example: { match: "all", conditions: [{ field: "city", operator: "eq", value: "Lyon" }] },
  });
export type Filter = z.infer<typeof filter>;

/** Room for it in an address, where each quotation mark takes three characters. */
const MAX_FILTER_TEXT = 4_000;

/** A filter as it stands in an address. @throws SyntaxError or ZodError unless `filterText` holds of it. */
export const readFilterText = (text: string): Filter => filter.parse(JSON.parse(text));

/** A filter as JSON text, for addresses; what does not fit is named as of the filter itself. */
export const filterText = z
  .string()
  .max(MAX_FILTER_TEXT)
  .superRefine((text, context) => {
    let json: unknown;
    try {
      json = JSON.parse(text);
    } catch {
      context.addIssue({ code: "custom", message: "must be a filter as JSON" });
      return;
    }
    for (const { path, message } of filter.safeParse(json).error?.issues ?? [])
      context.addIssue({ code: "custom", path, message });
  })
  .meta({
    description: "A segment's filter as JSON",
    example: '{"match":"all","conditions":[{"field":"firstName","operator":"starts_with","value":"an"}]}',
  });
