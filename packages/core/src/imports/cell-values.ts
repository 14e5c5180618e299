import { createContactInput } from "@hustings/contracts/contacts";
import { emailAddress, requiredLine } from "@hustings/contracts/primitives";
import { createTagInput } from "@hustings/contracts/tags";
import { normalizeFieldValue } from "../fields/value";
import type { Target } from "./targets";

export type CellValue = { value: string } | { problem: string };

/** As a contact's own operations allow. */
const MAX_TEXT_LENGTH = 20_000;
/** What Postgres stores in no text: NUL, and halves of surrogate pairs. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: refusing them is the point
const UNSTORABLE = /[\u0000\p{Surrogate}]/u;
const name = createContactInput.shape.firstName;
const language = createContactInput.shape.language;
const tagName = createTagInput.shape.name;

/** Checks a cell against its target and brings it into the stored form. `text` is trimmed and not empty. */
export function readValue(target: Target, text: string): CellValue {
  if (UNSTORABLE.test(text)) return { problem: "contains a NUL or a broken character" };
  switch (target.kind) {
    case "email":
      return readEmail(text);
    case "firstName":
    case "lastName":
      return fromSchema(name.safeParse(text), text);
    case "language":
      return fromSchema(language.safeParse(text), text);
    case "tags":
      return fromSchema(tagName.safeParse(text), text);
    case "custom":
      if (text.length > MAX_TEXT_LENGTH) return { problem: `must be at most ${MAX_TEXT_LENGTH} characters` };
      return normalizeFieldValue(target, text);
  }
}

type Parsed = { success: boolean; data?: string | null | undefined; error?: { issues: { message: string }[] } };

const fromSchema = (parsed: Parsed, text: string): CellValue =>
  parsed.success ? { value: parsed.data ?? text } : { problem: parsed.error?.issues[0]?.message ?? "is not valid" };

function readEmail(text: string): CellValue {
  const parsed = emailAddress.safeParse(text);
  return parsed.success ? { value: parsed.data } : { problem: describeBadEmail(text) };
}

/** What is wrong with an address, in words that show where to look. */
function describeBadEmail(text: string): string {
  const parts = text.split("@");
  if (!requiredLine(1_000).safeParse(text).success) return "must be an email address";
  if (parts.length === 1) return "must be an email address: it has no @";
  if (parts.length > 2) return "must be an email address: it has more than one @";
  if (parts[0] === "") return "must be an email address: nothing stands before the @";
  if (parts[1] === "") return "must be an email address: nothing stands after the @";
  if (/\s/.test(text)) return "must be an email address: it has a space in it";
  if (!parts[1]?.includes(".")) return "must be an email address: there is no dot after the @";
  return "must be an email address";
}

/**
 * The tags of one cell: split at `;`, else at Google's ` ::: `, else at commas. Quotation marks (Mailchimp) and
 * Google's `* ` before a group's name go.
 */
export function splitTags(text: string): string[] {
  const separator = text.includes(";") ? ";" : text.includes(" ::: ") ? " ::: " : ",";
  const tags = text.split(separator).map((tag) =>
    tag
      .trim()
      .replace(/^\* (?=\S)/, "")
      .replace(/^"(.*)"$/, "$1")
      .trim(),
  );
  return [...new Set(tags.filter((tag) => tag !== ""))];
}
