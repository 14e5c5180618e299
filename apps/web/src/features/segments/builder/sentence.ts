import type { FilterField } from "@hustings/contracts/segments";
import { type Catalog, type Draft, fieldOf, type Line, missingPart } from "./draft";
import { operatorWords, valueKind } from "./operators";

/** A piece of the sentence; `isValue` is what was chosen, and underlined. */
export type Words = { text: string; isValue?: boolean };

const UNITS: Record<string, string> = { h: "hour", d: "day", w: "week", m: "month", y: "year" };

/** `-90d` → `90 days ago`, `2026-11-23` → `23 November 2026`. */
export function dateWords(value: unknown): string {
  const text = String(value).trim();
  const relative = /^([+-])(\d{1,4})([hdwmy])$/i.exec(text);
  if (relative) {
    const [, sign, digits, unit] = relative;
    const length = `${Number(digits)} ${UNITS[unit?.toLowerCase() ?? ""]}${Number(digits) === 1 ? "" : "s"}`;
    return sign === "-" ? `${length} ago` : `${length} from now`;
  }
  if (/^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text)))
    return new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeZone: "UTC" }).format(new Date(text));
  return text;
}

/** A value as a person reads it. */
export function valueWords(field: FilterField, line: Line): string {
  const labelOf = (value: unknown) =>
    field.options?.find((option) => option.value === String(value))?.label ?? String(value);
  if (valueKind(field, line.operator) === "date") return dateWords(line.value);
  if (field.type === "boolean") return String(line.value) === "true" ? "yes" : "no";
  return (Array.isArray(line.value) ? line.value.map(labelOf) : [labelOf(line.value)]).join(" or ");
}

/** A line in three parts: “Language”, “is one of”, “Slovenščina or English”. */
export function lineParts(catalog: Catalog, line: Line): { field: string; operator: string; value: string } {
  const field = fieldOf(catalog, line);
  if (!field) return { field: "", operator: "", value: "" };
  const isBare = valueKind(field, line.operator) === "none";
  return {
    field: field.label,
    operator: operatorWords(field.type, line.operator),
    value: isBare ? "" : valueWords(field, line),
  };
}

/** A line in a few words: “Language is one of Slovenščina or English”. */
export function lineLabel(catalog: Catalog, line: Line): string {
  const { field, operator, value } = lineParts(catalog, line);
  return `${field} ${operator} ${value}`.trim();
}

/** Moments that are said by what was done. */
const WAS: Record<string, string> = { createdAt: "who was added", updatedAt: "who was changed" };
const RELATIVE_PAST = /^-(\d{1,4}[hdwmy])$/i;

/** What has happened already reads as people say it: “was in the last 90 days”, not “is after 90 days ago”. */
function pastWords(field: FilterField, line: Line): Words[] | null {
  const isHappened = field.type === "happened";
  const isPast = isHappened || (field.type === "date" && field.group !== "field");
  if (!isPast || !RELATIVE_PAST.test(String(line.value).trim())) return null;
  const subject = isHappened
    ? `for whom “${field.label}” happened`
    : (WAS[field.field] ?? `whose ${inSentence(field.label)} was`);
  const ago = dateWords(line.value);
  if (line.operator === "after" || line.operator === "gte")
    return [{ text: `${subject} in the ` }, { text: `last ${ago.replace(/ ago$/, "")}`, isValue: true }];
  if (line.operator === "before" || line.operator === "lt")
    return [{ text: `${subject} more than ` }, { text: ago, isValue: true }];
  return null;
}

/** A label within a sentence: `District` → `district`; `MP` and `E-mail` stay. */
const inSentence = (label: string): string =>
  /^\p{Lu}\p{Ll}/u.test(label) ? label.charAt(0).toLowerCase() + label.slice(1) : label;

function lineWords(field: FilterField, line: Line): Words[] {
  const past = pastWords(field, line);
  if (past) return past;
  const isNegated = line.operator === "not_has";
  const value = (): Words => ({ text: valueWords(field, line), isValue: true });
  const operator = operatorWords(field.type, line.operator);
  if (field.type === "tag" && (line.operator === "has" || isNegated))
    return [{ text: isNegated ? "who does not have the tag " : "who has the tag " }, value()];
  if (field.type === "tag" && (line.operator === "is_set" || line.operator === "is_not_set"))
    return [{ text: `who ${operator}` }];
  if (field.type === "campaign")
    return [
      { text: "whose email “" },
      { text: field.label, isValue: true },
      { text: isNegated ? "” was not " : "” was " },
      value(),
    ];
  const subject =
    field.type === "happened"
      ? `for whom “${field.label}” ${operator}`
      : `whose ${inSentence(field.label)} ${operator}`;
  return valueKind(field, line.operator) === "none" ? [{ text: subject }] : [{ text: `${subject} ` }, value()];
}

/** The filter as one sentence: everyone in a workspace, and each whole line. Unfinished lines are not in it. */
export function toSentence(
  catalog: Catalog,
  workspaceName: string,
  draft: Pick<Draft, "match" | "lines" | "crossWorkspace">,
): Words[] {
  const whole = draft.lines.filter((line) => missingPart(catalog, line) === null);
  const place: Words[] = draft.crossWorkspace
    ? [{ text: "Everyone in " }, { text: "all workspaces", isValue: true }]
    : [{ text: "Everyone in " }, { text: workspaceName, isValue: true }];
  if (whole.length === 0 && draft.match === "any")
    return [{ text: "Nobody yet: “any of these” asks for at least one condition." }];
  const joiner = draft.match === "all" ? ", and " : ", or ";
  const parts = whole.flatMap((line, index) => {
    const field = fieldOf(catalog, line);
    return field ? [{ text: index === 0 ? " " : joiner }, ...lineWords(field, line)] : [];
  });
  return [...place, ...parts, { text: "." }];
}

/** The sentence without marks, for lists. */
export const sentenceText = (words: readonly Words[]): string => words.map((word) => word.text).join("");
