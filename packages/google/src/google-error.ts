/**
 * Why a call to Google failed. `expired`: the access token is none (401). `revoked`: the person's grant is gone, and only
 * they can give it again. `limited`: too many calls. `missing`: 404. `refused`: asked in a way that Google does not take.
 * `unavailable`: no answer, or one of its own failures. `garbled`: an answer that is none.
 */
export type GoogleFailure = "expired" | "revoked" | "limited" | "missing" | "refused" | "unavailable" | "garbled";

/** A failed call to Google. The message is a sentence for people; it never holds a token. */
export class GoogleError extends Error {
  override readonly name = "GoogleError";

  constructor(
    readonly failure: GoogleFailure,
    message: string,
    /** For `limited`: when the next call makes sense. */
    readonly retryAt?: Date,
  ) {
    super(message);
  }
}

/** Whether something failed at Google in this way. */
export const isGoogleFailure = (error: unknown, failure: GoogleFailure): error is GoogleError =>
  error instanceof GoogleError && error.failure === failure;

const RATE_REASONS = new Set(["rateLimitExceeded", "userRateLimitExceeded", "quotaExceeded", "dailyLimitExceeded"]);
const GRANT_REASONS = new Set(["insufficientPermissions", "ACCESS_TOKEN_SCOPE_INSUFFICIENT"]);
/** Where Google names no time. */
const LIMITED_WAIT_MS = 30_000;
const MAX_WAIT_MS = 3_600_000;

type ErrorBody = { error?: { message?: string; status?: string; errors?: { reason?: string }[] } | string };

/** Reads a refusal of Gmail's API. */
export function toApiError(status: number, headers: Headers, body: unknown, now = Date.now()): GoogleError {
  const { error } = (typeof body === "object" && body !== null ? body : {}) as ErrorBody;
  const details = typeof error === "object" && error !== null ? error : {};
  const reasons = (Array.isArray(details.errors) ? details.errors : []).map((one) => one?.reason ?? "");
  if (status === 401) return new GoogleError("expired", "Google does not know this access any more.");
  if (status === 404) return new GoogleError("missing", "Google has no such thing.");
  if (status === 429 || (status === 403 && reasons.some((reason) => RATE_REASONS.has(reason))))
    return new GoogleError(
      "limited",
      "Google limits how much is read at a time.",
      readRetryAt(headers, details.message, now),
    );
  if (status === 403 && reasons.some((reason) => GRANT_REASONS.has(reason)))
    return new GoogleError("revoked", "Google says that reading emails is not allowed any more.");
  if (status >= 500) return new GoogleError("unavailable", `Google has trouble of its own (${status}).`);
  // Passes by itself after a while, as Google says of it.
  if (status === 400 && (reasons.includes("failedPrecondition") || details.status === "FAILED_PRECONDITION"))
    return new GoogleError("unavailable", "Google is not ready to answer for this mailbox.");
  return new GoogleError("refused", `Google refused to answer (${status}${reasons[0] ? `, ${reasons[0]}` : ""}).`);
}

/** Reads a refusal of the token endpoint (RFC 6749, 5.2). */
export function toTokenError(status: number, headers: Headers, body: unknown, now = Date.now()): GoogleError {
  const { error } = (typeof body === "object" && body !== null ? body : {}) as ErrorBody;
  if (error === "invalid_grant") return new GoogleError("revoked", "Google says that the access was taken back.");
  if (status === 429)
    return new GoogleError(
      "limited",
      "Google limits how often access is renewed.",
      readRetryAt(headers, undefined, now),
    );
  if (status >= 500) return new GoogleError("unavailable", `Google has trouble of its own (${status}).`);
  const reason = typeof error === "string" && /^[a-z_]{1,40}$/.test(error) ? `, ${error}` : "";
  return new GoogleError("refused", `Google refused the access (${status}${reason}).`);
}

/** A call that got no answer: no connection, or none in time. */
export const toConnectionError = (error: unknown): GoogleError =>
  new GoogleError(
    "unavailable",
    error instanceof Error && error.name === "TimeoutError"
      ? "Google did not answer in time."
      : "Google could not be reached.",
  );

/** “Retry after 2026-01-01T12:00:30.000Z” in the words, else `Retry-After`, else half a minute; never more than an hour. */
function readRetryAt(headers: Headers, message: string | undefined, now: number): Date {
  const [, written] = /retry after (\d{4}-\d\d-\d\dT[\d:.]+Z)/i.exec(message ?? "") ?? [];
  const seconds = Number(headers.get("retry-after") ?? Number.NaN);
  const at = written ? Date.parse(written) : now + seconds * 1_000;
  const wanted = Number.isNaN(at) || at <= now ? now + LIMITED_WAIT_MS : at;
  return new Date(Math.min(wanted, now + MAX_WAIT_MS));
}
