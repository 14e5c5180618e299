import {
  optionalExpression,
  records,
  requireChoice,
  requireKnown,
  requireSecondsMs,
  requireText,
  requireWhole,
} from "./config-readers";
import { parseDurationMs } from "./durations";
import { isRecord } from "./event";
import type { Expression } from "./expressions";

/** One rule of a function's concurrency; `key` null is one slot set for all. */
interface ConcurrencyRule {
  limit: number;
  key: Expression | null;
  /** The key's text: account-wide rules of several functions meet when they name the same key. */
  keyText: string;
  scope: "fn" | "account";
}

/** How a function's runs are started, held back and called off. */
export interface FlowControl {
  concurrency: ConcurrencyRule[];
  batch: { maxSize: number; timeoutMs: number; key: Expression | null; condition: Expression | null } | null;
  singleton: { key: Expression | null; mode: "skip" | "cancel" } | null;
  /** One start each `emissionMs`, after up to `capacity` at once when nothing started for a while. */
  throttle: { emissionMs: number; capacity: number; key: Expression | null } | null;
  debounce: { periodMs: number; timeoutMs: number | null; key: Expression | null } | null;
  timeouts: { startMs: number | null; finishMs: number | null };
}

/** The options that `parseFlowControl` reads. */
export const flowOptions = ["concurrency", "batchEvents", "singleton", "throttle", "debounce", "timeouts"] as const;

/**
 * Reads the flow control of a function.
 *
 * @throws Error when something is declared wrongly.
 */
export function parseFlowControl(raw: Record<string, unknown>): FlowControl {
  const flow: FlowControl = {
    concurrency: parseConcurrency(raw.concurrency),
    batch: parseBatch(raw.batchEvents),
    singleton: parseSingleton(raw.singleton),
    throttle: parseThrottle(raw.throttle),
    debounce: parseDebounce(raw.debounce),
    timeouts: parseTimeouts(raw.timeouts),
  };
  // The real server refuses these pairs too.
  if (flow.batch && flow.debounce) throw new Error("declares batchEvents together with debounce");
  if (flow.batch && flow.singleton) throw new Error("declares batchEvents together with singleton");
  return flow;
}

function parseConcurrency(raw: unknown): ConcurrencyRule[] {
  if (raw === undefined || raw === null) return [];
  const rules = typeof raw === "number" ? [{ limit: raw }] : Array.isArray(raw) ? records(raw) : records([raw]);
  return rules.flatMap((rule: Record<string, unknown>) => {
    requireKnown(rule, "concurrency", ["limit", "key", "scope"]);
    const limit = requireWhole(rule.limit, "concurrency.limit", 0);
    // 0 means no limit on the real server.
    if (limit === 0) return [];
    const keyText = typeof rule.key === "string" ? rule.key : "";
    const scope = requireChoice(rule.scope, "concurrency.scope", ["fn", "env", "account"]);
    // One database is one environment here, so "env" and "account" mean the same.
    return [{ limit, key: optionalExpression(rule.key), keyText, scope: scope === "fn" ? "fn" : "account" }];
  });
}

function parseBatch(raw: unknown): FlowControl["batch"] {
  if (!isRecord(raw)) return null;
  requireKnown(raw, "batchEvents", ["maxSize", "timeout", "key", "if"]);
  return {
    maxSize: requireWhole(raw.maxSize, "batchEvents.maxSize", 1),
    timeoutMs: parseDurationMs(requireText(raw.timeout, "batchEvents.timeout")),
    key: optionalExpression(raw.key),
    condition: optionalExpression(raw.if),
  };
}

function parseSingleton(raw: unknown): FlowControl["singleton"] {
  if (!isRecord(raw)) return null;
  requireKnown(raw, "singleton", ["key", "mode"]);
  return { key: optionalExpression(raw.key), mode: requireChoice(raw.mode, "singleton.mode", ["skip", "cancel"]) };
}

function parseThrottle(raw: unknown): FlowControl["throttle"] {
  if (!isRecord(raw)) return null;
  requireKnown(raw, "throttle", ["limit", "period", "burst", "key"]);
  const limit = requireWhole(raw.limit, "throttle.limit", 1);
  // The real server starts `limit` runs at once after a quiet time, and `burst` on top of them.
  const burst = raw.burst === undefined || raw.burst === null ? 0 : requireWhole(raw.burst, "throttle.burst", 0);
  return {
    emissionMs: requireSecondsMs(raw.period, "throttle.period") / limit,
    capacity: limit + burst,
    key: optionalExpression(raw.key),
  };
}

function parseDebounce(raw: unknown): FlowControl["debounce"] {
  if (!isRecord(raw)) return null;
  requireKnown(raw, "debounce", ["period", "timeout", "key"]);
  return {
    periodMs: requireSecondsMs(raw.period, "debounce.period"),
    timeoutMs: raw.timeout ? requireSecondsMs(raw.timeout, "debounce.timeout") : null,
    key: optionalExpression(raw.key),
  };
}

function parseTimeouts(raw: unknown): FlowControl["timeouts"] {
  if (!isRecord(raw)) return { startMs: null, finishMs: null };
  requireKnown(raw, "timeouts", ["start", "finish"]);
  const { start, finish } = raw;
  return {
    startMs: start ? requireSecondsMs(start, "timeouts.start") : null,
    finishMs: finish ? requireSecondsMs(finish, "timeouts.finish") : null,
  };
}
