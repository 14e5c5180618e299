import type { Condition, Filter, Operator } from "@hustings/contracts/filter";
import type { FilterField, Segment } from "@hustings/contracts/segments";
import { splitDetails, toFieldSentence } from "../../../client/errors";
import { firstOperator, unknownField, valueKind } from "./operators";

/** A line of the builder. `field` is null until one is chosen. */
export type Line = { key: string; field: string | null; operator: Operator; value: unknown };

/** A segment as it stands on the screen, saved or not. */
export type Draft = {
  name: string;
  description: string;
  match: Filter["match"];
  crossWorkspace: boolean;
  lines: Line[];
};

export type Catalog = ReadonlyMap<string, FilterField>;

let lastKey = 0;
export const newLine = (): Line => ({ key: `line-${++lastKey}`, field: null, operator: "eq", value: undefined });

export const toLine = ({ field, operator, value }: Condition): Line => ({ ...newLine(), field, operator, value });

export const toDraft = (segment: Segment | null): Draft => ({
  name: segment?.name ?? "",
  description: segment?.description ?? "",
  match: segment?.filter.match ?? "all",
  crossWorkspace: segment?.crossWorkspace ?? false,
  lines: segment ? segment.filter.conditions.map(toLine) : [newLine()],
});

/** A new segment that begins with what a list was narrowed to. */
export const toNewDraft = (conditions: readonly Condition[]): Draft => ({
  ...toDraft(null),
  ...(conditions.length > 0 && { lines: conditions.map(toLine) }),
});

export const fieldOf = (catalog: Catalog, line: Line): FilterField | null =>
  line.field === null ? null : (catalog.get(line.field) ?? unknownField(line.field));

/** A line with another field: operator and value are kept where they still fit. */
export function withField(line: Line, field: FilterField, before: FilterField | null): Line {
  if (before?.type === field.type && before.type !== "select" && !field.options) return { ...line, field: field.field };
  return { ...line, field: field.field, operator: firstOperator(field), value: undefined };
}

/** A line with another operator: the value stays as long as it is asked for in the same way. */
export function withOperator(line: Line, field: FilterField, operator: Operator): Line {
  const isSameKind = valueKind(field, line.operator) === valueKind(field, operator);
  return { ...line, operator, value: isSameKind ? line.value : undefined };
}

/** What a line still lacks, as an end of “Line 2 needs …”; null when it is whole. */
export function missingPart(catalog: Catalog, line: Line): string | null {
  const field = fieldOf(catalog, line);
  if (!field) return "a field";
  const kind = valueKind(field, line.operator);
  if (kind === "none") return null;
  const { value } = line;
  const isMissing =
    value === undefined || value === null || value === "" || (Array.isArray(value) && value.length === 0);
  if (!isMissing) return null;
  return kind === "number" ? "a number" : kind === "date" ? "a date" : "a value";
}

/** The filter of the lines that are whole, and which line stands behind each condition. */
export function toFilter(
  catalog: Catalog,
  { match, lines }: Pick<Draft, "match" | "lines">,
): { filter: Filter; keys: string[] } {
  const whole = lines.filter((line) => missingPart(catalog, line) === null);
  return {
    filter: { match, conditions: whole.map((line) => toCondition(catalog, line)) },
    keys: whole.map((line) => line.key),
  };
}

export function toCondition(catalog: Catalog, line: Line): Condition {
  const field = fieldOf(catalog, line);
  const isBare = !field || valueKind(field, line.operator) === "none";
  return { field: line.field ?? "", operator: line.operator, ...(isBare ? {} : { value: line.value }) };
}

/**
 * Sorts what the server said about a filter to its conditions: `filter.conditions.2.value: must be a number`.
 *
 * @returns by index of the condition, and what belongs to none.
 */
export function splitConditionDetails(details: readonly string[]): { byIndex: Map<number, string>; rest: string[] } {
  const { byField, rest } = splitDetails(details);
  const byIndex = new Map<number, string>();
  for (const [path, message] of byField) {
    const index = /^filter\.conditions\.(\d+)(\.|$)/.exec(path)?.[1];
    if (index !== undefined && !byIndex.has(Number(index))) byIndex.set(Number(index), message);
    else if (index === undefined) rest.push(`${path}: ${message}`);
  }
  return { byIndex, rest };
}

/** A condition's error as a sentence that quotes what was written. */
export function toLineSentence(label: string, line: Line, message: string): string {
  if (message === "must be a number" && typeof line.value === "string")
    return `“${line.value}” is not a number. Write one like 2, or choose “is set” if any number will do.`;
  return toFieldSentence(label, message);
}

/** Whether the two say the same, whatever their keys. */
export const isSameDraft = (a: Draft, b: Draft): boolean => withoutKeys(a) === withoutKeys(b);
const withoutKeys = (draft: Draft) =>
  JSON.stringify({ ...draft, lines: draft.lines.map(({ key: _, ...line }) => line) });
