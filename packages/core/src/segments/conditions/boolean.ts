import { join, sql } from "@hustings/db/client";
import type { PositiveOperator } from "../filter-operators";
import type { BooleanSource } from "../filter-target";
import { readBoolean, readList } from "../filter-values";
import { COST, type Compiled, fieldEquals, fieldIsSet } from "./compiled";

/** Stored as `true` and `false`. */
export function compileBoolean(source: BooleanSource, operator: PositiveOperator, value: unknown): Compiled {
  if (operator === "is_set")
    return "column" in source ? { sql: sql`true`, cost: COST.column, isTwoValued: true } : fieldIsSet(source.storedKey);
  const wanted = operator === "in" ? readList(value, readBoolean) : [readBoolean(value)];
  if (wanted.length === 0) return { sql: sql`false`, cost: COST.column, isTwoValued: true };
  if ("column" in source) return { sql: sql`c.globally_unsubscribed = any(${wanted}::boolean[])`, cost: COST.column };
  const each = wanted.map((flag) => fieldEquals(source.storedKey, String(flag)));
  return { sql: sql`(${join(each, " or ")})`, cost: COST.indexed };
}
