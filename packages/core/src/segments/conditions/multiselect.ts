import { sql } from "@hustings/db/client";
import type { PositiveOperator } from "../filter-operators";
import { readList, readOneOrMany, readText } from "../filter-values";
import { COST, type Compiled, loweredList } from "./compiled";
import { compileText } from "./text";

/**
 * Several options, stored joined by `;`. `has` and `in`: at least one of those named is chosen; `eq` compares the
 * whole choice, `contains` its text.
 */
export function compileMultiselect(storedKey: string, operator: PositiveOperator, value: unknown): Compiled {
  if (operator !== "has" && operator !== "in") return compileText({ storedKey }, operator, value);
  const options = operator === "in" ? readList(value, readText) : readOneOrMany(value, readText);
  if (options.length === 0) return { sql: sql`false`, cost: COST.indexed, isTwoValued: true };
  return {
    sql: sql`string_to_array(c.custom_fields_folded ->> ${storedKey}::text, ';') && ${loweredList(options)}`,
    cost: COST.field,
  };
}
