/** What a failed call tells, whatever failed: the server's words, or ours where there was no server. */
export type CallError = {
  /** tRPC code, or `NETWORK` when nothing answered. */
  code: string;
  message: string;
  /** Each wrong field at once, as the server names them: `name: must not be empty`. */
  details: string[];
  /** Only with unexpected failures: to look up in the server's log. */
  requestId?: string;
};

type ErrorShape = { message: string; data?: { code?: string; details?: string[]; requestId?: string } | null };

const WORDS: Record<string, string> = {
  NETWORK: "The server did not answer. Look at your connection.",
  INTERNAL_SERVER_ERROR: "Something broke on our side.",
  SERVICE_UNAVAILABLE: "The server is busy or starting.",
  TOO_MANY_REQUESTS: "That was a lot at once. Wait a moment.",
};

/** Reads a tRPC client error, or anything else that was thrown. */
export function readCallError(thrown: unknown): CallError {
  const error = thrown as Partial<ErrorShape> | null;
  const code = error?.data?.code ?? "NETWORK";
  const requestId = error?.data?.requestId;
  return {
    code,
    message: WORDS[code] ?? error?.message ?? "Something broke.",
    details: error?.data?.details ?? [],
    ...(requestId ? { requestId } : {}),
  };
}

/** `["name: must not be empty", "too many"]` → by field, and what belongs to none. */
export function splitDetails(details: readonly string[]): { byField: Map<string, string>; rest: string[] } {
  const byField = new Map<string, string>();
  const rest: string[] = [];
  for (const detail of details) {
    const match = /^([A-Za-z_][\w.\-[\]]*): (.+)$/s.exec(detail);
    if (match?.[1] && match[2]) byField.set(match[1], match[2]);
    else rest.push(detail);
  }
  return { byField, rest };
}

/**
 * A field's message as a sentence: the contracts say `must not be empty`, a person reads “Name must not be empty.”
 * A message that starts with a capital is a sentence already.
 */
export function toFieldSentence(label: string, message: string): string {
  const sentence = /^[a-z]/.test(message) ? `${label} ${message}` : message;
  return /[.!?]$/.test(sentence) ? sentence : `${sentence}.`;
}
