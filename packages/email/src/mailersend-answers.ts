import type { CallsLeft } from "./mail-pace";

/** What became of the messages of a bulk call. */
export type BulkReport = {
  /** Until then there is more to come. */
  isCompleted: boolean;
  /** Why a message was not taken, by its place in the call. */
  invalid: ReadonlyMap<number, string>;
  /** Why somebody is not mailed, by address in lower case. */
  suppressed: ReadonlyMap<string, string>;
};

/** Reads the answer of `GET /bulk-email/{id}`, tolerantly. */
export function readBulkReport({ data }: Record<string, unknown>): BulkReport {
  const { state, validation_errors: errors, suppressed_recipients: suppressed } = toRecord(data);
  const invalid = new Map<number, string>();
  for (const [key, reasons] of Object.entries(toRecord(errors))) {
    // `message.3`: the order in which they were sent (documentation of the bulk call).
    const place = /^message\.(\d+)/.exec(key)?.[1];
    if (place !== undefined && !invalid.has(Number(place))) invalid.set(Number(place), collectTexts(reasons).join(" "));
  }
  return { isCompleted: state === "completed", invalid, suppressed: readSuppressed(suppressed) };
}

/** A number from here on is a moment; a smaller one says how many seconds are left. */
const FIRST_EPOCH_SECOND = 1_000_000_000;

/** Reads `x-ratelimit-remaining` and, where it stands, `x-ratelimit-reset`, whose form the documentation leaves open. */
export function readCallsLeft(headers: Headers): CallsLeft | null {
  const remaining = headers.get("x-ratelimit-remaining") ?? "";
  if (!/^\d+$/.test(remaining)) return null;
  const reset = headers.get("x-ratelimit-reset") ?? "";
  const seconds = Number(reset);
  const atMs = /^\d+$/.test(reset)
    ? seconds * 1_000 + (seconds < FIRST_EPOCH_SECOND ? Date.now() : 0)
    : Date.parse(reset);
  return { remaining: Number(remaining), resetMs: Number.isNaN(atMs) ? null : Math.max(0, atMs - Date.now()) };
}

/**
 * Collects people with an address from wherever they stand: a single call lists them under `warnings`, a bulk call's
 * report by message id, in a shape that the documentation does not show.
 */
export function readSuppressed(value: unknown, found = new Map<string, string>()): Map<string, string> {
  if (typeof value !== "object" || value === null) return found;
  const { email, reasons } = toRecord(value);
  if (typeof email === "string") found.set(email.toLowerCase(), collectTexts(reasons).join(", ") || "suppressed");
  else for (const child of Object.values(value)) readSuppressed(child, found);
  return found;
}

function toRecord(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
}

function collectTexts(value: unknown): string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(collectTexts) : [];
}
