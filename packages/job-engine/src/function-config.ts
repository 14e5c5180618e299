import { Cron } from "croner";
import { optionalExpression, records, requireKnown, requireText } from "./config-readers";
import { parseDurationMs } from "./durations";
import { isRecord } from "./event";
import type { Expression } from "./expressions";
import { type FlowControl, flowOptions, parseFlowControl } from "./flow-control";
import { defaultRetries } from "./limits";

/** What the app says of one function when it is synced, compiled. */
export interface FunctionConfig extends FlowControl {
  id: string;
  name: string;
  /** All of it as the app sent it. */
  declaration: Record<string, unknown>;
  eventTriggers: { event: string; condition: Expression | null }[];
  cronTriggers: string[];
  maxAttempts: number;
  idempotency: Expression | null;
  cancelOn: { event: string; condition: Expression | null; timeoutMs: number | null }[];
}

/** Functions that ask for what the engine does not do; the message names each and what it asks for. */
export class UnsupportedFunctionError extends Error {
  override readonly name = "UnsupportedFunctionError";
}

const knownOptions = new Set<string>(["id", "name", "triggers", "steps", "idempotency", "cancel", ...flowOptions]);

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
    declaration: raw,
    ...parseTriggers(raw.triggers),
    maxAttempts: parseRetries(raw.steps) + 1,
    idempotency: optionalExpression(raw.idempotency),
    cancelOn: records(raw.cancel).map(parseCancelRule),
    ...parseFlowControl(raw),
  };
  // The real server refuses these pairs too.
  if (config.batch && config.idempotency) throw new Error("declares batchEvents together with idempotency");
  if (config.batch && config.cancelOn.length > 0) throw new Error("declares batchEvents together with cancelOn");
  return config;
}

function parseCancelRule(rule: Record<string, unknown>): FunctionConfig["cancelOn"][number] {
  requireKnown(rule, "cancelOn", ["event", "if", "timeout"]);
  return {
    event: requireText(rule.event, "cancelOn.event"),
    condition: optionalExpression(rule.if),
    timeoutMs: rule.timeout ? parseDurationMs(requireText(rule.timeout, "cancelOn.timeout")) : null,
  };
}

function parseTriggers(raw: unknown): Pick<FunctionConfig, "eventTriggers" | "cronTriggers"> {
  const eventTriggers: FunctionConfig["eventTriggers"] = [];
  const cronTriggers: string[] = [];
  for (const trigger of records(raw)) {
    requireKnown(trigger, "trigger", ["event", "expression", "cron", "jitter"]);
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

/** The parts of a cron trigger: an optional `TZ=Area/City ` before the expression; UTC without one, as on the real server. */
export function parseCron(trigger: string): { expression: string; timeZone: string } {
  const match = /^TZ=(\S+)\s+(.*)$/.exec(trigger);
  return { expression: match?.[2] ?? trigger, timeZone: match?.[1] ?? "Etc/UTC" };
}

/**
 * The schedule of a cron trigger.
 *
 * @throws Error when the expression or the time zone is wrong.
 */
export function createCron(trigger: string): Cron {
  const { expression, timeZone } = parseCron(trigger);
  return new Cron(expression, { timezone: timeZone, paused: true });
}

function parseRetries(steps: unknown): number {
  const step = isRecord(steps) && isRecord(steps.step) ? steps.step : {};
  const attempts = isRecord(step.retries) ? step.retries.attempts : undefined;
  return typeof attempts === "number" ? attempts : defaultRetries;
}
