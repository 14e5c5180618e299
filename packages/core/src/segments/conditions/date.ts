import { join, type Sql, sql } from "@hustings/db/client";
import { type DateOperator, type DateRange, readDateRange, toIsoDate, toIsoInstant } from "../filter-dates";
import type { PositiveOperator } from "../filter-operators";
import type { DateSource } from "../filter-target";
import { readList } from "../filter-values";
import { COST, type Compiled, fieldIsSet } from "./compiled";

const COLUMNS = { createdAt: sql`c.created_at`, updatedAt: sql`c.updated_at` } as const;

/** Dates compare in UTC: custom fields by day, as ISO text; times by the millisecond. */
export function compileDate(source: DateSource, operator: PositiveOperator, value: unknown, now: Date): Compiled {
  if ("column" in source) {
    const column = COLUMNS[source.column];
    if (operator === "is_set") return { sql: sql`${column} is not null`, cost: COST.column, isTwoValued: true };
    const ranges = readRanges(operator, value, now, "instant");
    return { sql: anyOf(ranges.map((range) => isWithin(column, range))), cost: COST.column };
  }
  if (operator === "is_set") return fieldIsSet(source.storedKey);
  const days = readRanges(operator, value, now, "day").map((range) => isWithinDays(source.storedKey, range));
  return { sql: anyOf(days), cost: COST.field };
}

/** One range, or one for each date of an `in`. */
export function readRanges(
  operator: PositiveOperator,
  value: unknown,
  now: Date,
  grain: "instant" | "day",
): DateRange[] {
  if (operator === "in") return readList(value, (item) => readDateRange("eq", item, now, grain));
  return [readDateRange(operator as DateOperator, value, now, grain)];
}

/** Whether a timestamp lies in a range. */
export function isWithin(column: Sql, { fromMs, untilMs }: DateRange): Sql {
  const bounds: Sql[] = [];
  if (fromMs !== undefined) bounds.push(sql`${column} >= ${toIsoInstant(fromMs)}::timestamptz`);
  if (untilMs !== undefined) bounds.push(sql`${column} < ${toIsoInstant(untilMs)}::timestamptz`);
  return join(bounds, " and ");
}

export const anyOf = (conditions: Sql[]): Sql =>
  conditions.length === 0
    ? sql`false`
    : sql`(${join(
        conditions.map((each) => sql`(${each})`),
        " or ",
      )})`;

/** What was stored before the field became a date, and is none, matches as unset. */
function isWithinDays(storedKey: string, { fromMs, untilMs }: DateRange): Sql {
  const stored = sql`left(c.custom_fields ->> ${storedKey}::text, 10) collate "C"`;
  const bounds: Sql[] = [];
  if (fromMs !== undefined) bounds.push(sql`${stored} >= ${toIsoDate(fromMs)}::text`);
  if (untilMs !== undefined) bounds.push(sql`${stored} < ${toIsoDate(untilMs)}::text`);
  return join([...bounds, sql`c.custom_fields ->> ${storedKey}::text ~ '^\\d{4}-\\d{2}-\\d{2}'`], " and ");
}
