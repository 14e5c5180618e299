/** More values than this in one condition is a list to import, not a sentence to read. */
const MAX_LIST = 1_000;
const MAX_TEXT_LENGTH = 1_000;

/** Stands between the values of a list on its way to Postgres, so it is in none of them. */
export const VALUE_SEPARATOR = "\u001f";
// biome-ignore lint/suspicious/noControlCharactersInRegex: NUL is no text to Postgres, the other is our separator
const UNFIT_CHARACTERS = /[\u0000\u001f]/;

/** What `field_number` in the database takes for a number. */
const NUMBER = /^\s*-?(\d+\.?\d*|\.\d+)([eE][-+]?\d{1,3})?\s*$/;
const MAX_NUMBER_LENGTH = 100;

/** A part of a condition that does not fit. Caught by `compileFilter` alone, which names the condition. */
export class Misfit extends Error {
  override readonly name = "Misfit";

  constructor(
    /** Path below the condition: `value`, `value.3`, `operator`, `field`. */
    readonly part: string,
    message: string,
  ) {
    super(message);
  }
}

/** Throws unless there is a value at all. */
function assertGiven(value: unknown): void {
  if (value === undefined || value === null || value === "") throw new Misfit("value", "must not be empty");
}

/** Text to compare with; numbers and booleans are taken as they are written. @throws Misfit */
export function readText(value: unknown): string {
  assertGiven(value);
  if (typeof value === "number" && Number.isFinite(value)) return String(value);
  if (typeof value === "boolean") return String(value);
  if (typeof value !== "string") throw new Misfit("value", "must be text");
  if (UNFIT_CHARACTERS.test(value)) throw new Misfit("value", "must not contain control characters");
  if (value.length > MAX_TEXT_LENGTH) throw new Misfit("value", `must be at most ${MAX_TEXT_LENGTH} characters`);
  return value;
}

export const isNumberText = (value: unknown): boolean =>
  typeof value === "number"
    ? Number.isFinite(value)
    : typeof value === "string" && value.length <= MAX_NUMBER_LENGTH && NUMBER.test(value);

/** A number, as text that Postgres reads as numeric without losing a digit. @throws Misfit */
export function readNumber(value: unknown): string {
  assertGiven(value);
  if (!isNumberText(value)) throw new Misfit("value", "must be a number");
  return String(value).trim();
}

/** @throws Misfit */
export function readBoolean(value: unknown): boolean {
  assertGiven(value);
  const text = typeof value === "string" ? value.trim().toLowerCase() : value;
  if (text === true || text === "true") return true;
  if (text === false || text === "false") return false;
  throw new Misfit("value", "must be true or false");
}

/** Reads each item; the misfit of one names its place. An empty list is allowed, and matches nobody. @throws Misfit */
export function readList<T>(value: unknown, readItem: (item: unknown) => T): T[] {
  if (!Array.isArray(value)) throw new Misfit("value", "must be a list");
  if (value.length > MAX_LIST) throw new Misfit("value", `must have at most ${MAX_LIST} items`);
  return value.map((item, index) => {
    try {
      return readItem(item);
    } catch (thrown) {
      throw thrown instanceof Misfit ? new Misfit(`value.${index}`, thrown.message) : thrown;
    }
  });
}

/** A list, or one value in place of a list of one. @throws Misfit */
export const readOneOrMany = <T>(value: unknown, readItem: (item: unknown) => T): T[] =>
  Array.isArray(value) ? readList(value, readItem) : [readItem(value)];
