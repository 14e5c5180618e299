import { type Sql, sql } from "@hustings/db/client";
import type { PositiveOperator } from "../filter-operators";
import { Misfit, readList, readNumber } from "../filter-values";
import { COST, type Compiled, fieldIsSet } from "./compiled";

const COMPARISONS: Partial<Record<PositiveOperator, Sql>> = {
  eq: sql`=`,
  gt: sql`>`,
  gte: sql`>=`,
  lt: sql`<`,
  lte: sql`<=`,
};

/** The sign of a comparison. @throws Misfit for an operator that compares nothing. */
export function comparison(operator: PositiveOperator): Sql {
  const sign = COMPARISONS[operator];
  if (!sign) throw new Misfit("operator", "does not compare numbers");
  return sign;
}

/** Numbers compare as numbers; a stored value that is none matches as unset, and never fails. */
export function compileNumber(storedKey: string, operator: PositiveOperator, value: unknown): Compiled {
  if (operator === "is_set") return fieldIsSet(storedKey);
  const stored = sql`field_number(c.custom_fields, ${storedKey}::text)`;
  if (operator === "in")
    return { sql: sql`${stored} = any(${readList(value, readNumber)}::text[]::numeric[])`, cost: COST.field };
  return { sql: sql`${stored} ${comparison(operator)} ${readNumber(value)}::numeric`, cost: COST.field };
}
