import { EventEmitter } from "node:events";

/** What stands in a log where a secret or a letter's content was. */
export const REDACTED = "[redacted]";

/** Names, without case and punctuation, whose value is never logged, at whatever depth. */
const SECRET_NAME =
  /authorization|cookie|token|secret|passw|apikey|rawkey|privatekey|signature|credential|connectionstring|databaseurl/;
/** The content of an email: personal, and long. */
const CONTENT_NAMES = new Set(["html", "text", "body", "rawbody", "raw", "mime"]);
/** Secrets that can stand inside any text: an error's message, a URL, a header dump. */
const SECRET_TEXTS: readonly (readonly [RegExp, string])[] = [
  [/\b(Bearer|Basic) [\w.~+/=-]{6,}/gi, `$1 ${REDACTED}`],
  [/\bpai_[0-9A-Za-z]{8,}/g, `pai_${REDACTED}`],
  [/\bmlsn\.[\w-]{8,}/g, `mlsn.${REDACTED}`],
  // our signed links, and JSON web tokens (a session)
  [/\bv1\.[\w-]{6}\.[\w-]+\.[\w-]{22}/g, `v1.${REDACTED}`],
  [/\beyJ[\w-]{8,}\.[\w-]+\.[\w-]*/g, REDACTED],
  [/\bya29\.[\w-]{8,}/g, REDACTED],
  // user:password@ in a URL
  [/(\b[a-z][a-z0-9+.-]{1,20}:\/\/[^\s:/@"]{0,256}):[^\s/@"]{1,256}@/gi, `$1:${REDACTED}@`],
  [/([?&](?:[\w-]{0,40}(?:token|secret|password|signature|key)|code|state)=)[^&\s"#\\]{1,4096}/gi, `$1${REDACTED}`],
];

const MAX_DEPTH = 8;
const MAX_ITEMS = 100;
const MAX_TEXT_CHARACTERS = 8_000;

/** Blanks secrets inside a text that is otherwise fit for a log. */
export function redactText(text: string): string {
  let safe = text;
  for (const [pattern, replacement] of SECRET_TEXTS) safe = safe.replace(pattern, replacement);
  return safe;
}

/**
 * A copy fit for a log: values of secret names and letters' contents blanked, secrets inside texts blanked, errors
 * spelled out, depth and length bounded. Handles cycles and whatever a library hung on an error.
 */
export function redactValue(value: unknown): unknown {
  return redact(value, 0, new Set());
}

function redact(value: unknown, depth: number, ancestors: Set<object>): unknown {
  if (typeof value === "string")
    return redactText(
      value.length > MAX_TEXT_CHARACTERS
        ? `${value.slice(0, MAX_TEXT_CHARACTERS)}… (${value.length} characters)`
        : value,
    );
  if (typeof value === "bigint") return value.toString();
  if (typeof value === "function" || typeof value === "symbol") return `[${typeof value}]`;
  if (typeof value !== "object" || value === null) return value;
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? "[invalid date]" : value.toISOString();
  if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`;
  if (ancestors.has(value)) return "[circular]";
  if (depth >= MAX_DEPTH) return "[deeper]";

  ancestors.add(value);
  const copy = copyContent(value, (child) => redact(child, depth + 1, ancestors));
  ancestors.delete(value);
  return copy;
}

function copyContent(value: object, redactChild: (child: unknown) => unknown): unknown {
  if (Array.isArray(value)) {
    const items = value.slice(0, MAX_ITEMS).map(redactChild);
    return value.length > MAX_ITEMS ? [...items, `… ${value.length} items`] : items;
  }
  const own =
    value instanceof Map
      ? [...value.entries()].map(([key, item]) => [String(key), item] as const)
      : Object.entries(value);
  // An error's own properties (a query, a request) come along; its name, message, stack and cause are not enumerable.
  const entries = value instanceof Error ? [...Object.entries(describeError(value)), ...own.map(nameMachinery)] : own;
  return Object.fromEntries(
    entries.slice(0, MAX_ITEMS).map(([name, child]) => [name, isSecret(name, child) ? REDACTED : redactChild(child)]),
  );
}

/** The connection or request that a library hung on its error is pages long, and tells nothing that its name does not. */
function nameMachinery([name, child]: readonly [string, unknown]): readonly [string, unknown] {
  const isMachinery = child instanceof EventEmitter;
  return [name, isMachinery ? `[${child.constructor.name}]` : child];
}

function describeError(error: Error): Record<string, unknown> {
  return {
    type: error.name,
    message: error.message,
    stack: error.stack,
    ...(error.cause === undefined ? {} : { cause: error.cause }),
  };
}

/** Counts and flags with such a name (`tokenCount: 3`, `secretConfigured: true`) tell nothing and stay. */
function isSecret(name: string, value: unknown): boolean {
  if (value === null || value === undefined || typeof value === "number" || typeof value === "boolean") return false;
  const plainName = name.toLowerCase().replace(/[^a-z0-9]/g, "");
  return SECRET_NAME.test(plainName) || CONTENT_NAMES.has(plainName);
}
