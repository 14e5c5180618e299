import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import type { EngineEvent } from "./event";

/** A memoised step as the SDK reads it, or the input that a step which is still to run gets in place of its own. */
export type StepMemo =
  | { type: "data"; data: unknown }
  | { type: "error"; error: unknown }
  | { type: "input"; input: unknown[] };

/** The body of a call of the app, version 2 of the request. */
export interface SdkRequest {
  event: EngineEvent;
  events: EngineEvent[];
  steps: Record<string, StepMemo>;
  version: 2;
  ctx: {
    run_id: string;
    attempt: number;
    max_attempts: number;
    disable_immediate_execution: boolean;
    use_api: false;
    stack: { stack: string[]; current: number };
    /** Present when the SDK shall post each step as it ends (checkpointing). */
    fn_id?: string;
    /** Comes back with each checkpoint; names the dispatch that may still write. */
    qi_id?: string;
  };
}

/** One thing that the SDK did or asks for. */
export interface SdkOp {
  id: string;
  op: string;
  name?: string;
  displayName?: string;
  opts?: Record<string, unknown>;
  data?: unknown;
  error?: unknown;
  /** Start (`a`) and length (`b`) of the execution in nanoseconds, the start since 1970. */
  timing?: { a: number; b: number };
}

/** What the app answered. */
export interface SdkAnswer {
  status: number;
  body: unknown;
  noRetry: boolean;
  /** Milliseconds that the app asks to wait before a retry; null leaves it to the back-off. */
  retryAfterMs: number | null;
  /** The app wants every parallel step answered at once, not the group of them (`optimizeParallelism: false`). */
  isEager: boolean;
}

/** JSON in the form that both sides sign: RFC 8785 (JCS), keys in code unit order. */
export function toCanonicalJson(value: unknown): string {
  if (value === null || typeof value !== "object") return JSON.stringify(value) ?? "null";
  if (Array.isArray(value)) return `[${value.map(toCanonicalJson).join(",")}]`;
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    .map(([key, member]) => `${JSON.stringify(key)}:${toCanonicalJson(member)}`);
  return `{${members.join(",")}}`;
}

/** The `x-inngest-signature` of a body: HMAC-SHA256 over its canonical JSON and the second of signing. */
export function signBody(signingKey: string, body: unknown, now: Date = new Date()): string {
  const second = Math.floor(now.getTime() / 1000);
  const mac = createHmac("sha256", signingKey.replace(/^signkey-\w+-/, ""))
    .update(toCanonicalJson(body))
    .update(String(second))
    .digest("hex");
  return `t=${second}&s=${mac}`;
}

/** The bearer that the SDK sends to the engine: the signing key's prefix and the SHA-256 of its bytes. */
export function toBearer(signingKey: string): string {
  const prefix = /^signkey-\w+-/.exec(signingKey)?.[0] ?? "";
  const digest = createHash("sha256")
    .update(Buffer.from(signingKey.slice(prefix.length), "hex"))
    .digest("hex");
  return `${prefix}${digest}`;
}

/** Compares two secrets without telling by time where they differ. */
export function isSameSecret(given: string, expected: string): boolean {
  const hash = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(hash(given), hash(expected));
}

/** Reads a `retry-after` header, seconds or a date, in milliseconds; null when there is none. */
export function parseRetryAfterMs(header: string | null, now: Date = new Date()): number | null {
  if (header === null || header === "") return null;
  if (/^\d+$/.test(header)) return Number(header) * 1000;
  const instant = Date.parse(header);
  return Number.isNaN(instant) ? null : Math.max(0, instant - now.getTime());
}
