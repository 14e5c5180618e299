import { laneOf } from "./concurrency";
import { createInternalEvent, type EngineEvent, internalEvents } from "./event";
import { evaluateKey } from "./expressions";
import type { FunctionConfig } from "./function-config";
import { createId } from "./ids";
import { settleSteps } from "./steps";
import { joinThrottles, type ThrottleSlot, throttleOf } from "./throttle";
import { enqueueWork, type Lane, priorities, type UnitOfWork } from "./unit-of-work";

/** A run's end. */
export type RunOutcome =
  | { status: "completed"; output: unknown }
  | { status: "failed"; error: unknown }
  | { status: "cancelled"; reason?: string };

/** A run to start. */
export interface RunDraft {
  config: FunctionConfig;
  events: [EngineEvent, ...EngineEvent[]];
  /** A second run of the function with the same key is not started. */
  idempotencyKey: string | null;
  /** The step that invoked the run and waits for its result. */
  parent: { runId: string; stepId: string } | null;
  /** The run that this one repeats. */
  rerunOf?: string;
}

/** The run of a function that one event starts. */
export function draftOf(config: FunctionConfig, event: EngineEvent): RunDraft {
  const key = config.idempotency && evaluateKey(config.idempotency, event);
  return { config, events: [event], idempotencyKey: key ? `key:${key}` : null, parent: null };
}

/**
 * Starts runs, set-wise. Those that an idempotency key, a singleton or an earlier delivery forbids are left out
 * silently.
 *
 * @returns The ids of those that were started.
 */
export async function startRuns(unit: UnitOfWork, drafts: readonly RunDraft[]): Promise<string[]> {
  if (drafts.length === 0) return [];
  const rows = await clearSingletons(unit, drafts.map(toRow));
  const column = <Key extends keyof RunRow>(key: Key) => rows.map((row) => row[key]);
  const { rows: inserted } = await unit.query<{ id: string }>(
    `with started as (
     insert into jobs.run (id, function_id, event_name, events, idempotency_key, singleton_key, lane_keys, lane_limits, parent_run, parent_step,
       throttle_key, cancel_at, finish_ms, rerun_of)
     select id, function_id, event_name, events::json, idempotency_key, singleton_key,
       case when lane is not null then array(select json_array_elements_text(lane::json->'keys')) end,
       case when lane is not null then array(select json_array_elements_text(lane::json->'limits')::int) end,
       parent_run, parent_step, throttle_key, now() + start_ms * interval '1 millisecond', finish_ms, rerun_of
     from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[],
         $10::text[], $11::float8[], $12::float8[], $13::text[])
       as run (id, function_id, event_name, events, idempotency_key, singleton_key, lane, parent_run, parent_step,
         throttle_key, start_ms, finish_ms, rerun_of)
     on conflict do nothing returning id),
     caused as (
       insert into jobs.run_event (event_id, run_id)
       select event_id, run_id from unnest($14::text[], $15::text[]) as cause (event_id, run_id)
        where run_id in (select id from started) on conflict do nothing)
     select id from started`,
    [
      column("id"),
      column("function_id"),
      rows.map((row) => row.events[0].name),
      rows.map((row) => JSON.stringify(row.events)),
      column("idempotency_key"),
      column("singleton_key"),
      rows.map((row) => row.lane && JSON.stringify(row.lane)),
      column("parent_run"),
      column("parent_step"),
      rows.map((row) => row.throttle?.key ?? null),
      column("start_ms"),
      column("finish_ms"),
      column("rerun_of"),
      ...causesOf(rows),
    ],
  );
  const ids = new Set(inserted.map((row) => row.id));
  const started = rows.filter((row) => ids.has(row.id));
  for (const row of started.filter((entry) => entry.throttle === null))
    enqueueWork(unit, { runId: row.id, stepId: null, lane: row.lane, priority: priorities.start });
  await joinThrottles(
    unit,
    started.flatMap((row) => row.throttle ?? []),
  );
  return started.map((row) => row.id);
}

/** The stored events that start runs, and the runs: two columns. The engine's own events are not stored. */
function causesOf(rows: readonly RunRow[]): [eventIds: string[], runIds: string[]] {
  const causes = rows.flatMap((row) =>
    row.events.filter((event) => !event.name.startsWith("inngest/")).map((event) => [event.id, row.id] as const),
  );
  return [causes.map(([eventId]) => eventId), causes.map(([, runId]) => runId)];
}

interface RunRow {
  id: string;
  function_id: string;
  events: [EngineEvent, ...EngineEvent[]];
  idempotency_key: string | null;
  singleton_key: string | null;
  replaces: boolean;
  lane: Lane | null;
  throttle: ThrottleSlot | null;
  start_ms: number | null;
  finish_ms: number | null;
  parent_run: string | null;
  parent_step: string | null;
  rerun_of: string | null;
}

function toRow({ config, events, idempotencyKey, parent, rerunOf }: RunDraft): RunRow {
  return {
    id: createId(),
    function_id: config.id,
    events,
    idempotency_key: idempotencyKey,
    // A run that somebody waits for is never held back as a second one.
    singleton_key: config.singleton && !parent ? `key:${evaluateKey(config.singleton.key, events[0])}` : null,
    replaces: config.singleton?.mode === "cancel",
    lane: laneOf(config, events[0]),
    throttle: throttleOf(config, events[0]),
    start_ms: config.timeouts.startMs,
    finish_ms: config.timeouts.finishMs,
    parent_run: parent?.runId ?? null,
    parent_step: parent?.stepId ?? null,
    rerun_of: rerunOf ?? null,
  };
}

/** Cancels the live runs that new ones replace (`singleton.mode: "cancel"`); of several new ones the last is kept. */
async function clearSingletons(unit: UnitOfWork, rows: RunRow[]): Promise<RunRow[]> {
  const replacing = rows.filter((row) => row.replaces && row.singleton_key !== null);
  if (replacing.length === 0) return rows;
  // One transaction at a time per function: another's runs cannot be seen before it commits, and the later of two would
  // be the one that is left out.
  await unit.query(
    `select pg_advisory_xact_lock(hashtextextended('job-engine.singleton ' || id, 0))
       from (select distinct unnest($1::text[]) as id order by 1) as functions`,
    [replacing.map((row) => row.function_id)],
  );
  const lastOfKey = new Map(replacing.map((row) => [`${row.function_id} ${row.singleton_key}`, row.id]));
  const { rows: live } = await unit.query<{ id: string }>(
    `select id from jobs.run where status in ('queued', 'running')
      and (function_id, singleton_key) in (select * from unnest($1::text[], $2::text[]))`,
    [replacing.map((row) => row.function_id), replacing.map((row) => row.singleton_key)],
  );
  await endRuns(
    unit,
    live.map((row) => row.id),
    { status: "cancelled" },
  );
  return rows.filter(
    (row) => !replacing.includes(row) || lastOfKey.get(`${row.function_id} ${row.singleton_key}`) === row.id,
  );
}

/**
 * Ends live runs: their parents learn the outcome, functions that listen to it are started, and their waiting work is
 * void. Runs that have ended are left as they are.
 *
 * @returns How many were ended.
 */
export async function endRuns(unit: UnitOfWork, runIds: readonly string[], outcome: RunOutcome): Promise<number> {
  if (runIds.length === 0) return 0;
  // Several rows are locked in one order by everybody; one row needs no order.
  if (runIds.length > 1) await unit.query("select from jobs.run where id = any($1) order by id for update", [runIds]);
  const eventName = endEvents[outcome.status];
  const { rows } = await unit.query<EndedRun & { awaited: boolean }>(
    `update jobs.run set status = $2, output = $3, error = $4, ended_at = now(), dispatch = null
      where id = any($1) and status in ('queued', 'running')
      returning id, function_id, events, parent_run, parent_step,
        exists (select from jobs.step where step.status = 'waiting' and wait_event = $5) as awaited`,
    [
      runIds,
      outcome.status,
      outcome.status === "completed" ? JSON.stringify(outcome.output ?? null) : null,
      endError(outcome) && JSON.stringify(endError(outcome)),
      eventName,
    ],
  );
  if (outcome.status === "cancelled") unit.abandonedRunIds.push(...rows.map((row) => row.id));
  await settleSteps(
    unit,
    rows.flatMap((row) =>
      row.parent_run && row.parent_step
        ? [{ runId: row.parent_run, stepId: row.parent_step, result: toStepResult(outcome) }]
        : [],
    ),
  );
  // Most ends concern nobody, and an event that nobody hears costs queries.
  const isHeard = unit.functions.triggeredBy(eventName).length > 0 || unit.functions.cancelledBy(eventName).length > 0;
  unit.internalEvents.push(...rows.filter((row) => isHeard || row.awaited).map((row) => toEndEvent(row, outcome)));
  return rows.length;
}

const endEvents = {
  completed: internalEvents.finished,
  failed: internalEvents.failed,
  cancelled: internalEvents.cancelled,
} as const;

interface EndedRun {
  id: string;
  function_id: string;
  events: EngineEvent[];
  parent_run: string | null;
  parent_step: string | null;
}

function endError(outcome: RunOutcome): object | null {
  if (outcome.status === "failed") return toErrorJson(outcome.error);
  return outcome.status === "cancelled" && outcome.reason ? { name: "Error", message: outcome.reason } : null;
}

function toStepResult(outcome: RunOutcome): { output: unknown } | { error: unknown } {
  if (outcome.status === "completed") return { output: outcome.output };
  return { error: endError(outcome) ?? { name: "Error", message: "The invoked function was cancelled" } };
}

function toEndEvent(run: EndedRun, outcome: RunOutcome): EngineEvent {
  const name = endEvents[outcome.status];
  const subject = { function_id: run.function_id, run_id: run.id, event: run.events[0], events: run.events };
  if (outcome.status === "completed") return createInternalEvent(name, { ...subject, result: outcome.output });
  if (outcome.status === "failed") return createInternalEvent(name, { ...subject, error: toErrorJson(outcome.error) });
  return createInternalEvent(name, subject);
}

/** What went wrong as the SDK's error object, whatever the app sent. */
export function toErrorJson(error: unknown): { name: string; message: string; [field: string]: unknown } {
  if (typeof error === "object" && error !== null && !Array.isArray(error)) {
    return { name: "Error", message: "Unknown error", ...error };
  }
  return { name: "Error", message: typeof error === "string" ? error.slice(0, 2000) : "Unknown error" };
}
