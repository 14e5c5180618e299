import { z } from "zod";
import { plainWords } from "./plain-words";

z.config(plainWords());

/** Any UUID, whatever its version. In a path a malformed one is 404 (the REST bridge sees to it), in a body 400. */
export const uuid = z.guid("must be a UUID");

/** The instants that Postgres and JavaScript both write with four digits of a year. */
const FIRST_INSTANT = Date.parse("0001-01-01T00:00:00Z");
const LAST_INSTANT = Date.parse("9999-12-31T23:59:59.999Z");

/** In: with an offset. Out: UTC with `Z`. */
export const dateTime = z.iso
  .datetime({ offset: true, error: "must be a date and time with an offset, like 2026-11-23T10:00:00Z" })
  .refine((text) => {
    const instant = Date.parse(text);
    return instant >= FIRST_INSTANT && instant <= LAST_INSTANT;
  }, "must be in the years 1 to 9999");
export const utcDateTime = z.iso.datetime();

/** RFC 5321 lengths (local part 64, whole 254), RFC 6531 letters; no quoted local parts, IP literals or bare hosts. */
const EMAIL =
  /^(?=.{3,254}$)(?=[^@]{1,64}@)[^\s@"(),:;<>[\]\\.\p{Cc}]+(?:\.[^\s@"(),:;<>[\]\\.\p{Cc}]+)*@(?:[\p{L}\p{N}](?:[\p{L}\p{M}\p{N}-]{0,61}[\p{L}\p{M}\p{N}])?\.)+(?=\D)[\p{L}\p{N}][\p{L}\p{M}\p{N}-]{0,61}[\p{L}\p{M}\p{N}]$/u;

/** Trimmed and lower-cased, which is also how it is stored and compared. */
export const emailAddress = z
  .string()
  .trim()
  .toLowerCase()
  .regex(EMAIL, "must be an email address")
  .meta({ format: "email", pattern: undefined });

// biome-ignore lint/suspicious/noControlCharactersInRegex: refusing them is the point (header injection, NUL in Postgres)
const ONE_LINE = /^[^\u0000-\u001f\u007f\u2028\u2029]*$/;
/** The expression behind `line`, which the reference spares its readers. */
export const ONE_LINE_PATTERN = ONE_LINE.source;

/** One line of text a person typed: trimmed, without control characters. */
export const line = (maxLength: number) =>
  z
    .string()
    .trim()
    .max(maxLength, `must be at most ${maxLength} characters`)
    .regex(ONE_LINE, "must not contain line breaks or control characters");

/** `line` that is not empty. */
export const requiredLine = (maxLength: number) => line(maxLength).min(1, "must not be empty");

/** Text of several lines. Postgres stores no NUL. */
export const longText = (maxLength: number) =>
  z
    .string()
    .max(maxLength, `must be at most ${maxLength} characters`)
    .refine((text) => !text.includes("\u0000"), "must not contain a NUL character");

/** Paged lists: `page` from 1, `pageSize` 1 to 200. */
export const pageInput = {
  page: z.number().int().min(1).max(1_000_000).default(1),
  pageSize: z.number().int().min(1).max(200).default(50),
};

/** Bare arrays: 1,000 unless asked otherwise; `X-Total-Count` and `Link` tell of more. */
export const rangeInput = {
  limit: z.number().int().min(1).max(10_000).default(1_000),
  offset: z.number().int().min(0).max(10_000_000).default(0),
};
export const range = z.strictObject(rangeInput);
export type Range = z.infer<typeof range>;

export const pageOutput = { total: z.number().int(), page: z.number().int(), pageSize: z.number().int() };

export const success = z.object({ success: z.literal(true) });
export const byId = z.strictObject({ id: uuid });
export type ById = z.infer<typeof byId>;
