import type { z } from "zod";

type Issue = z.core.$ZodRawIssue;

const TYPES: Record<string, string> = {
  string: "text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  array: "a list",
  object: "an object",
  record: "an object",
};

const FORMATS: Record<string, string> = {
  email: "an email address",
  url: "a web address",
  guid: "a UUID",
  uuid: "a UUID",
  datetime: "a date and time in UTC, like 2026-11-23T10:00:00Z",
  date: "a date like 2026-11-23",
};

/**
 * What is wrong, for people, in words that stand behind a field's name: `page: must be at least 1`. A contract's own
 * words go first. To be given to `z.config`.
 */
export const plainWords = (): { localeError: z.core.$ZodErrorMap } => ({ localeError: describeIssue });

function describeIssue(issue: Issue): string {
  switch (issue.code) {
    case "invalid_type":
      return issue.input === undefined ? "is required" : `must be ${TYPES[issue.expected] ?? issue.expected}`;
    case "invalid_value":
      return issue.input === undefined ? "is required" : `must be ${listValues(issue.values)}`;
    case "too_small":
      return describeLimit("at least", issue.origin, issue.minimum);
    case "too_big":
      return describeLimit("at most", issue.origin, issue.maximum);
    case "invalid_format":
      return FORMATS[issue.format] ? `must be ${FORMATS[issue.format]}` : "has the wrong form";
    case "invalid_key":
      return `is not allowed as a name: ${issue.issues[0]?.message ?? "has the wrong form"}`;
    case "unrecognized_keys":
      return `unknown property: ${issue.keys.join(", ")}`;
    case "invalid_union":
      return issue.input === undefined ? "is required" : "fits none of the forms that it may have";
    default:
      return "is not valid";
  }
}

const listValues = (values: readonly unknown[]): string =>
  values.length === 1 ? String(values[0]) : `one of: ${values.join(", ")}`;

const UNITS: Record<string, string> = { string: "character", array: "item" };

function describeLimit(bound: string, origin: string, limit: number | bigint): string {
  const unit = UNITS[origin];
  return unit ? `must have ${bound} ${limit} ${unit}${Number(limit) === 1 ? "" : "s"}` : `must be ${bound} ${limit}`;
}
