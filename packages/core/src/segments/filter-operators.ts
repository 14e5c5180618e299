import type { Operator } from "@hustings/contracts/filter";
import type { FilterTarget } from "./filter-target";

export type PositiveOperator = Exclude<
  Operator,
  "neq" | "not_contains" | "not_has" | "is_not_set" | "is_empty" | "is_not_empty"
>;

/** Negatives are exact complements: they hold for whoever has no value too. */
const NEGATIVES = {
  neq: "eq",
  not_contains: "contains",
  not_has: "has",
  is_not_set: "is_set",
  is_empty: "is_set",
} as const;

/** Splits an operator, an alias included, into a positive one and whether it is negated. */
export function toPositive(operator: Operator): { positive: PositiveOperator; isNegated: boolean } {
  if (operator === "is_not_empty") return { positive: "is_set", isNegated: false };
  return isNegative(operator)
    ? { positive: NEGATIVES[operator], isNegated: true }
    : { positive: operator, isNegated: false };
}

const isNegative = (operator: Operator): operator is keyof typeof NEGATIVES => operator in NEGATIVES;

/** Positive operators that a kind of field understands. `untyped`: a custom field without definition, kept as text. */
const POSITIVE_OPERATORS: Record<FilterTarget["kind"], readonly PositiveOperator[]> = {
  text: ["eq", "contains", "starts_with", "in", "is_set"],
  number: ["eq", "gt", "gte", "lt", "lte", "in", "is_set"],
  date: ["after", "before", "eq", "gt", "gte", "lt", "lte", "in", "is_set"],
  boolean: ["eq", "in", "is_set"],
  multiselect: ["has", "in", "eq", "contains", "is_set"],
  untyped: ["eq", "contains", "starts_with", "in", "has", "gt", "gte", "lt", "lte", "after", "before", "is_set"],
  tags: ["has", "in", "eq", "contains", "starts_with", "is_set"],
  lastInteraction: ["after", "before", "eq", "gt", "gte", "lt", "lte", "in", "is_set"],
  interactionCount: ["eq", "gt", "gte", "lt", "lte", "in", "is_set"],
  interaction: ["has", "after", "before", "is_set"],
  campaign: ["has"],
};

const WITH_NEGATIVE: Partial<Record<PositiveOperator, Operator>> = {
  eq: "neq",
  contains: "not_contains",
  has: "not_has",
  is_set: "is_not_set",
};

/** Every operator of the reference that fits, aliases left out, each negative after its positive. */
export function operatorsOf(kind: FilterTarget["kind"]): Operator[] {
  return POSITIVE_OPERATORS[kind].flatMap((positive) => {
    const negative = WITH_NEGATIVE[positive];
    return negative ? [positive, negative] : [positive];
  });
}

export const fits = (kind: FilterTarget["kind"], positive: PositiveOperator): boolean =>
  POSITIVE_OPERATORS[kind].includes(positive);
