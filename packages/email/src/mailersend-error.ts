/**
 * What a failed call means for what was handed over. `refused`: not taken, and the same will not be taken later;
 * `limited`: not taken, too many calls or maintenance; `barred`: not taken, the account, its key or its domain may not
 * send; `unreachable`: not taken, there was no connection; `unanswered`: it may or may not have been taken.
 */
export type MailersendFailure = "refused" | "limited" | "barred" | "unreachable" | "unanswered";

/** A call to MailerSend that failed. Its message is for people and holds no secret. */
export class MailersendError extends Error {
  override name = "MailersendError";

  /** @param retryAfterMs how long MailerSend wants to be left alone, where it says so. */
  constructor(
    readonly failure: MailersendFailure,
    message: string,
    readonly retryAfterMs: number | null = null,
  ) {
    super(message);
  }
}

/** About the account, its quota, its plan or the sender's domain: trying the next person changes nothing. */
const ACCOUNT_CODES = /#MS(42204|42222|42207|42216|4030\d)\b/;

/** Reads a refusal (any status but 2xx). @param text the answer's body, JSON or not. */
export function toMailersendError(status: number, headers: Headers, text: string): MailersendError {
  const sentence = `MailerSend answered ${status}: ${readSentence(text)}`;
  // 421 is its maintenance. A gateway's 5xx says nothing about what stands behind it.
  if (status === 429 || status === 421) return new MailersendError("limited", sentence, readRetryAfter(headers));
  if (status >= 500 || status === 408) return new MailersendError("unanswered", sentence, readRetryAfter(headers));
  const isRefused = [400, 413, 422].includes(status) && !ACCOUNT_CODES.test(text);
  return new MailersendError(isRefused ? "refused" : "barred", sentence);
}

/** Codes of fetch and the system for a connection that never was. */
const NO_CONNECTION = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "UND_ERR_CONNECT_TIMEOUT",
]);

/** Reads what `fetch` threw. Whatever is not surely from before the connection counts as unanswered. */
export function toConnectionError(error: unknown): MailersendError {
  const cause = error instanceof Error ? (error.cause as { code?: string } | undefined) : undefined;
  const code = cause?.code ?? (error instanceof Error ? error.name : "");
  if (NO_CONNECTION.has(code)) return new MailersendError("unreachable", `MailerSend cannot be reached (${code})`);
  return new MailersendError("unanswered", `MailerSend did not answer (${code})`);
}

const MAX_SENTENCE = 300;

/** The message and the first complaint about a field. */
function readSentence(text: string): string {
  try {
    const { message, errors } = JSON.parse(text) as { message?: unknown; errors?: Record<string, unknown> };
    const [field] = Object.values(errors ?? {}).flat();
    return (
      [message, field]
        .filter((part) => typeof part === "string")
        .join(" ")
        .slice(0, MAX_SENTENCE) || "nothing more"
    );
  } catch {
    return text.slice(0, MAX_SENTENCE) || "nothing more";
  }
}

/** RFC 9110 section 10.2.3: seconds, or a date. */
function readRetryAfter(headers: Headers): number | null {
  const value = headers.get("retry-after");
  if (value === null) return null;
  const ms = /^\d+$/.test(value) ? Number(value) * 1_000 : Date.parse(value) - Date.now();
  return Number.isFinite(ms) ? Math.max(0, ms) : null;
}
