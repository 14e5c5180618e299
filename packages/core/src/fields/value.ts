import type { FieldType } from "@hustings/contracts/fields";
import { emailAddress } from "@hustings/contracts/primitives";

/** What of a definition decides how its values are written. */
export type ValueRule = { fieldType: FieldType; options: readonly string[] };
export type NormalizedValue = { value: string } | { problem: string };

/** As long as a number gets, as written and as stored, before it is none that a person means. */
const MAX_NUMBER_LENGTH = 100;
/** Options that an error message names. */
const MAX_OPTIONS_SHOWN = 10;

/**
 * Checks a custom field's text against its definition and brings it into the one form in which it is stored, so that
 * equal values are equal text: `1e3` and `1000.0` are `1000`, `YES` is `true`, an option has its definition's spelling,
 * a date is `YYYY-MM-DD` in UTC. Text is kept as it is. Empty after trimming: the empty value, which removes the key.
 *
 * Pure. The problem reads on from the field's name: `customFields.age: must be a number`.
 */
export function normalizeFieldValue(rule: ValueRule, raw: string): NormalizedValue {
  if (rule.fieldType === "text") return { value: raw };
  const text = raw.trim();
  if (text === "") return { value: "" };
  switch (rule.fieldType) {
    case "number":
      return toResult(canonicalNumber(text), "must be a number");
    case "date":
      return toResult(canonicalDate(text), "must be a date like 2026-11-23");
    case "boolean":
      return toResult(BOOLEANS[text.toLowerCase()] ?? null, "must be true or false");
    case "select":
      return toResult(findOption(rule.options, text), `must be one of: ${listOptions(rule.options)}`);
    case "multiselect":
      return canonicalOptions(rule.options, text);
    case "url":
      return toResult(canonicalUrl(text), "must be a web address that starts with http:// or https://");
    case "email":
      return toResult(emailAddress.safeParse(text).data ?? null, "must be an email address");
  }
}

const toResult = (value: string | null, problem: string): NormalizedValue => (value === null ? { problem } : { value });

const NUMBER = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,3}))?$/;

/** Plain decimal digits without a needless zero; no digit is lost, whatever its size. */
function canonicalNumber(text: string): string | null {
  const match = text.length <= MAX_NUMBER_LENGTH ? NUMBER.exec(text) : null;
  const [, sign = "", whole = "", fraction = "", exponentText = "0"] = match ?? [];
  const digits = whole + fraction;
  const exponent = Number(exponentText);
  if (!match || digits === "") return null;
  const point = whole.length + exponent;
  const integer = digits.slice(0, Math.max(point, 0)).padEnd(point, "0").replace(/^0+/, "") || "0";
  const rest = (point < 0 ? "0".repeat(-point) + digits : digits.slice(point)).replace(/0+$/, "");
  const amount = rest ? `${integer}.${rest}` : integer;
  const canonical = sign === "-" && amount !== "0" ? `-${amount}` : amount;
  return canonical.length > MAX_NUMBER_LENGTH ? null : canonical;
}

const DAY = /^(\d{4})-(\d{2})-(\d{2})$/;
const MOMENT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/;

/** A day that the calendar has; a moment with an offset becomes its day in UTC. */
function canonicalDate(text: string): string | null {
  const day = text.slice(0, 10);
  if (!isCalendarDay(day)) return null;
  if (text.length === 10) return day;
  const moment = MOMENT.test(text) ? new Date(text) : null;
  if (!moment || Number.isNaN(moment.getTime())) return null;
  const year = moment.getUTCFullYear();
  return year >= 1 && year <= 9999 ? moment.toISOString().slice(0, 10) : null;
}

function isCalendarDay(text: string): boolean {
  const match = DAY.exec(text);
  if (!match) return false;
  const [, year, month, day] = match.map(Number) as [number, number, number, number];
  const date = new Date(Date.UTC(2000, 0, 1));
  date.setUTCFullYear(year, month - 1, day);
  return year >= 1 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

/** The reference writes `true` and `false`; the rest is what spreadsheets hold. */
const BOOLEANS: Record<string, string | undefined> = Object.assign(Object.create(null), {
  true: "true",
  yes: "true",
  "1": "true",
  false: "false",
  no: "false",
  "0": "false",
});

function findOption(options: readonly string[], text: string): string | null {
  const lowered = text.toLowerCase();
  return (
    options.find((option) => option === text) ?? options.find((option) => option.toLowerCase() === lowered) ?? null
  );
}

/** In the definition's order, each once, joined by `;`. */
function canonicalOptions(options: readonly string[], text: string): NormalizedValue {
  const chosen = new Set<string>();
  for (const part of text.split(";")) {
    const trimmed = part.trim();
    if (trimmed === "") continue;
    const option = findOption(options, trimmed);
    if (option === null) return { problem: `must be some of: ${listOptions(options)}, joined by ;` };
    chosen.add(option);
  }
  return { value: options.filter((option) => chosen.has(option)).join(";") };
}

function listOptions(options: readonly string[]): string {
  const shown = options.slice(0, MAX_OPTIONS_SHOWN).join(", ");
  return options.length > MAX_OPTIONS_SHOWN ? `${shown}, …` : shown;
}

/** Scheme and host in lower case, the rest as written. Other schemes are refused: a link is clicked (`javascript:`). */
function canonicalUrl(text: string): string | null {
  const match = /^(https?:\/\/)([^/?#\s\\]+)([/?#]\S*)?$/i.exec(text);
  if (!match || !URL.canParse(text)) return null;
  const [, scheme = "", authority = "", rest = ""] = match;
  const host = authority.slice(authority.lastIndexOf("@") + 1);
  return scheme.toLowerCase() + authority.slice(0, authority.length - host.length) + host.toLowerCase() + rest;
}
