import type { InteractionType } from "@hustings/contracts/interactions";
import { join, type Sql, sql } from "@hustings/db/client";
import type { DateRange } from "../filter-dates";
import type { PositiveOperator } from "../filter-operators";
import { readList, readNumber } from "../filter-values";
import { COST, type Compiled, type FilterScope, isInScope } from "./compiled";
import { anyOf, isWithin, readRanges } from "./date";
import { comparison } from "./number";

/*
 * Facts from the workspace's interactions. Campaign emails, which the timeline shows beside them, are no interactions
 * here: `campaign.<id>` speaks of them, and a mailing must not make everybody look active.
 */

/** When something last happened. Without any interaction: unset. */
export function compileLastInteraction(scope: FilterScope, operator: PositiveOperator, value: unknown): Compiled {
  if (operator === "is_set") return history(happened(scope, []));
  return history(anyOf(readRanges(operator, value, scope.ports.now(), "instant").map((range) => lastIsWithin(scope, range))));
}

/** How many interactions there are; `is_set` asks for at least one. */
export function compileInteractionCount(scope: FilterScope, operator: PositiveOperator, value: unknown): Compiled {
  if (operator === "is_set") return history(happened(scope, []));
  if (operator === "in") {
    const counts = readList(value, readNumber);
    return history(countIs(scope, sql`count(*) = any(${counts}::text[]::numeric[])`, counts.some((count) => signOf(count) === 0)));
  }
  const count = readNumber(value);
  return history(countIs(scope, sql`count(*) ${comparison(operator)} ${count}::numeric`, zeroHolds(operator, signOf(count))));
}

/** Whether something of this type ever happened; `after`, `before`: at least once in that time. */
export function compileInteraction(scope: FilterScope, type: InteractionType, operator: PositiveOperator, value: unknown): Compiled {
  const isType = sql`i.type = ${type}::"InteractionType"`;
  if (operator === "has" || operator === "is_set") return history(happened(scope, [isType]));
  const ranges = readRanges(operator, value, scope.ports.now(), "instant");
  return history(anyOf(ranges.map((range) => happened(scope, [isType, isWithin(sql`i.occurred_at`, range)]))));
}

const history = (condition: Sql): Compiled => ({ sql: condition, cost: COST.history, isTwoValued: true });

const happened = (scope: FilterScope, conditions: Sql[]): Sql =>
  sql`exists (select 1 from interactions i where ${join([sql`i.contact_id = c.id`, isInScope(scope, sql`i.workspace_id`), ...conditions], " and ")})`;

function lastIsWithin(scope: FilterScope, range: DateRange): Sql {
  const at = sql`i.occurred_at`;
  const inRange = happened(scope, [isWithin(at, range)]);
  if (range.untilMs === undefined) return inRange;
  return sql`${inRange} and not ${happened(scope, [isWithin(at, { fromMs: range.untilMs })])}`;
}

/**
 * The groups stand in a subquery of their own, so that Postgres may join with all of them at once or, where few
 * contacts are left to ask about, push the contact into it; it never has to count for everybody first. Whoever has
 * no interaction is in no group, so what zero fulfils is asked the other way round.
 */
function countIs(scope: FilterScope, condition: Sql, holdsForZero: boolean): Sql {
  const having = holdsForZero ? sql`not (${condition})` : condition;
  const counted = sql`exists (select 1 from (
    select i.contact_id from interactions i where ${isInScope(scope, sql`i.workspace_id`)}
    group by i.contact_id having ${having}) n where n.contact_id = c.id)`;
  return holdsForZero ? sql`not ${counted}` : counted;
}

/** The sign of a number as written; `1e-400`, which JavaScript rounds to zero, is positive. */
function signOf(number: string): -1 | 0 | 1 {
  const isZero = !/[1-9]/.test(number.replace(/e.*$/i, ""));
  if (isZero) return 0;
  return number.startsWith("-") ? -1 : 1;
}

/** Whether zero compares so with a number of this sign. */
function zeroHolds(operator: PositiveOperator, sign: -1 | 0 | 1): boolean {
  switch (operator) {
    case "eq":
      return sign === 0;
    case "gt":
      return sign < 0;
    case "gte":
      return sign <= 0;
    case "lt":
      return sign > 0;
    default:
      return sign >= 0;
  }
}
