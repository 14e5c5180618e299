import { Cron } from "croner";
import { parseDurationMs } from "./durations";
import { isRecord } from "./event";
import { compileExpression, type Expression } from "./expressions";
import { defaultRetries } from "./limits";

/** One rule of a function's concurrency; `key` null is one slot set for all. */
export interface ConcurrencyRule {
  limit: number;
  key: Expression | null;
  /** The key's text: account-wide rules of several functions meet when they name the same key. */
  keyText: string;
  scope: "fn" | "account";
}

/** What the app says of one function when it is synced, compiled. */
export interface FunctionConfig {
  id: string;
  name: string;
  eventTriggers: { event: string; condition: Expression | null }[];
  cronTriggers: string[];
  maxAttempts: number;
  idempotency: Expression | null;
  concurrency: ConcurrencyRule[];
  batch: { maxSize: number; timeoutMs: number; key: Expression | null; condition: Expression | null } | null;
  cancelOn: { event: string; condition: Expression | null; timeoutMs: number | null }[];
  singleton: { key: Expression | null; mode: "skip" | "cancel" } | null;
}

/** Functions that ask for what the engine does not do; the message names each and what it asks for. */
export class UnsupportedFunctionError extends Error {
  override readonly name = "UnsupportedFunctionError";
}

const knownOptions = new Set([
  "id",
  "name",
  "triggers",
  "steps",
  "idempotency",
  "batchEvents",
  "singleton",
  "cancel",
  "concurrency",
]);

/**
 * Reads the functions of a sync answer.
 *
 * @throws UnsupportedFunctionError when one declares something that the engine does not implement, or something wrong.
 */
export function parseFunctions(raw: unknown): FunctionConfig[] {
  if (!Array.isArray(raw)) throw new UnsupportedFunctionError("the app's sync answer lists no functions");
  const problems: string[] = [];
  const configs = new Map<string, FunctionConfig>();
  for (const entry of raw as unknown[]) {
    const id = isRecord(entry) && typeof entry.id === "string" ? entry.id : "(no id)";
    try {
      if (configs.has(id)) throw new Error("is declared twice");
      configs.set(id, parseFunction(isRecord(entry) ? entry : {}, id));
    } catch (error) {
      problems.push(`function ${id}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  if (problems.length > 0) throw new UnsupportedFunctionError(problems.join("; "));
  return [...configs.values()];
}

function parseFunction(raw: Record<string, unknown>, id: string): FunctionConfig {
  for (const [option, value] of Object.entries(raw)) {
    if (value !== undefined && value !== null && !knownOptions.has(option)) {
      throw new Error(`declares ${option}, which this engine does not implement`);
    }
  }
  const config: FunctionConfig = {
    id,
    name: typeof raw.name === "string" ? raw.name : id,
    ...parseTriggers(raw.triggers),
    maxAttempts: parseRetries(raw.steps) + 1,
    idempotency: optionalExpression(raw.idempotency),
    concurrency: parseConcurrency(raw.concurrency),
    batch: parseBatch(raw.batchEvents),
    cancelOn: records(raw.cancel).map((rule) => ({
      event: requireText(rule.event, "cancelOn.event"),
      condition: optionalExpression(rule.if),
      timeoutMs: rule.timeout ? parseDurationMs(requireText(rule.timeout, "cancelOn.timeout")) : null,
    })),
    singleton: parseSingleton(raw.singleton),
  };
  // The real server refuses these pairs too.
  if (config.batch && config.idempotency) throw new Error("declares batchEvents together with idempotency");
  if (config.batch && config.cancelOn.length > 0) throw new Error("declares batchEvents together with cancelOn");
  return config;
}

function parseTriggers(raw: unknown): Pick<FunctionConfig, "eventTriggers" | "cronTriggers"> {
  const eventTriggers: FunctionConfig["eventTriggers"] = [];
  const cronTriggers: string[] = [];
  for (const trigger of records(raw)) {
    if (trigger.jitter) throw new Error("declares a cron jitter, which this engine does not implement");
    if (typeof trigger.cron === "string") {
      // Only a look for the next tick finds out a wrong time zone.
      createCron(trigger.cron).nextRun();
      cronTriggers.push(trigger.cron);
      continue;
    }
    const event = requireText(trigger.event, "trigger.event");
    if (event.includes("*"))
      throw new Error(`declares the wildcard trigger ${event}, which this engine does not implement`);
    eventTriggers.push({ event, condition: optionalExpression(trigger.expression) });
  }
  return { eventTriggers, cronTriggers };
}

/**
 * The schedule of a cron trigger, with an optional `TZ=Area/City ` before it; UTC without one, as on the real server.
 *
 * @throws Error when the expression or the time zone is wrong.
 */
export function createCron(expression: string): Cron {
  const match = /^TZ=(\S+)\s+(.*)$/.exec(expression);
  return new Cron(match?.[2] ?? expression, { timezone: match?.[1] ?? "Etc/UTC", paused: true });
}

function parseRetries(steps: unknown): number {
  const step = isRecord(steps) && isRecord(steps.step) ? steps.step : {};
  const attempts = isRecord(step.retries) ? step.retries.attempts : undefined;
  return typeof attempts === "number" ? attempts : defaultRetries;
}

function parseConcurrency(raw: unknown): ConcurrencyRule[] {
  if (raw === undefined || raw === null) return [];
  const rules = typeof raw === "number" ? [{ limit: raw }] : Array.isArray(raw) ? records(raw) : records([raw]);
  return rules.flatMap((rule: Record<string, unknown>) => {
    const { limit } = rule;
    if (typeof limit !== "number" || !Number.isInteger(limit) || limit < 0)
      throw new Error("concurrency.limit must be a whole number");
    // 0 means no limit on the real server.
    if (limit === 0) return [];
    const keyText = typeof rule.key === "string" ? rule.key : "";
    // One database is one environment here, so "env" and "account" mean the same.
    const scope = rule.scope === "env" || rule.scope === "account" ? "account" : "fn";
    return [{ limit, key: optionalExpression(rule.key), keyText, scope }];
  });
}

function parseBatch(raw: unknown): FunctionConfig["batch"] {
  if (!isRecord(raw)) return null;
  const { maxSize } = raw;
  if (typeof maxSize !== "number" || !Number.isInteger(maxSize) || maxSize < 1)
    throw new Error("batchEvents.maxSize must be a positive whole number");
  return {
    maxSize,
    timeoutMs: parseDurationMs(requireText(raw.timeout, "batchEvents.timeout")),
    key: optionalExpression(raw.key),
    condition: optionalExpression(raw.if),
  };
}

function parseSingleton(raw: unknown): FunctionConfig["singleton"] {
  if (!isRecord(raw)) return null;
  return { key: optionalExpression(raw.key), mode: raw.mode === "cancel" ? "cancel" : "skip" };
}

function optionalExpression(raw: unknown): Expression | null {
  if (raw === undefined || raw === null || raw === "") return null;
  const text = requireText(raw, "expression");
  try {
    return compileExpression(text);
  } catch (error) {
    throw new Error(
      `the expression "${text}" is wrong: ${error instanceof Error ? error.message.split("\n")[0] : String(error)}`,
    );
  }
}

function requireText(raw: unknown, what: string): string {
  if (typeof raw !== "string" || raw === "") throw new Error(`${what} must be a text`);
  return raw;
}

function records(raw: unknown): Record<string, unknown>[] {
  return Array.isArray(raw) ? raw.filter(isRecord) : [];
}
