import type { Operator } from "@hustings/contracts/filter";
import type { FilterField } from "@hustings/contracts/segments";

type FieldType = FilterField["type"];

/** Operators that ask for no value. With `happened`, `has` asks for none either. */
const BARE: readonly Operator[] = ["is_set", "is_not_set", "is_empty", "is_not_empty"];

const WORDS: Record<Operator, string> = {
  eq: "is",
  neq: "is not",
  contains: "contains",
  not_contains: "does not contain",
  starts_with: "starts with",
  gt: "is more than",
  lt: "is less than",
  gte: "is at least",
  lte: "is at most",
  in: "is one of",
  has: "has any of",
  not_has: "has none of",
  is_set: "is set",
  is_not_set: "is not set",
  is_empty: "is empty",
  is_not_empty: "is not empty",
  after: "is after",
  before: "is before",
};

/** Where a type reads better in other words. */
const TYPE_WORDS: Partial<Record<FieldType, Partial<Record<Operator, string>>>> = {
  date: {
    eq: "is on",
    neq: "is not on",
    gt: "is after",
    gte: "is on or after",
    lt: "is before",
    lte: "is on or before",
  },
  tag: {
    contains: "name contains",
    not_contains: "no name contains",
    starts_with: "name starts with",
    is_set: "has any tag",
    is_not_set: "has no tag",
  },
  multiselect: { contains: "text contains", not_contains: "text lacks" },
  happened: {
    has: "happened",
    not_has: "never happened",
    after: "happened after",
    before: "happened before",
    is_set: "happened",
    is_not_set: "never happened",
  },
  campaign: { has: "is any of", not_has: "is none of" },
  count: { is_set: "is at least one", is_not_set: "is none" },
};

/** Two ways to say the same: the menu keeps one. A condition made elsewhere keeps its own. */
const HIDDEN: Partial<Record<FieldType, readonly Operator[]>> = {
  date: ["gt", "lt", "in"],
  boolean: ["neq", "in"],
  tag: ["in", "eq", "neq"],
  multiselect: ["in", "eq", "neq"],
  happened: ["is_set", "is_not_set"],
};

export const operatorWords = (type: FieldType, operator: Operator): string =>
  TYPE_WORDS[type]?.[operator] ?? WORDS[operator];

/** What the menu of a line offers, its own operator always among it. */
export function offeredOperators(field: FilterField, current: Operator): { value: Operator; label: string }[] {
  const hidden = HIDDEN[field.type] ?? [];
  const offered = (field.operators as Operator[]).filter(
    (operator) => operator === current || !hidden.includes(operator),
  );
  if (!offered.includes(current)) offered.push(current);
  return offered.map((value) => ({ value, label: operatorWords(field.type, value) }));
}

/** What a new line begins with. */
export function firstOperator(field: FilterField): Operator {
  const preferred: Partial<Record<FieldType, Operator>> = {
    date: "after",
    tag: "has",
    multiselect: "has",
    happened: "has",
    campaign: "has",
    count: "gte",
  };
  return preferred[field.type] ?? "eq";
}

/** How a value is asked for. */
export type ValueKind = "none" | "text" | "number" | "date" | "boolean" | "option" | "options" | "list";

export function valueKind(field: FilterField, operator: Operator): ValueKind {
  if (BARE.includes(operator)) return "none";
  const isHas = operator === "has" || operator === "not_has";
  if (field.type === "happened") return isHas ? "none" : "date";
  if (field.type === "campaign") return "options";
  if (operator === "in" || isHas) return field.options ? "options" : "list";
  switch (field.type) {
    case "date":
    case "boolean":
      return field.type;
    case "number":
    case "count":
      return "number";
    case "select":
      return field.options && (operator === "eq" || operator === "neq") ? "option" : "text";
    default:
      return "text";
  }
}

/** A name that the catalog does not know, such as a field that was deleted: the line stays readable and can be removed. */
export const unknownField = (field: string): FilterField => ({
  field,
  label: field,
  group: "field",
  type: "text",
  operators: ["eq", "neq", "contains", "not_contains", "starts_with", "in", "is_set", "is_not_set"],
  options: null,
});
