import type { Pool } from "pg";
import type { EngineEvent } from "./event";
import { setPaused } from "./pause";
import { createRegistry } from "./registry";
import { type RunFilter, type RunStatus, selectRuns } from "./run-filter";
import { endRuns, startRuns } from "./runs";
import { loadFunctions } from "./stored-functions";
import { inTransaction } from "./transaction";
import type { Queryable, UnitOfWork } from "./unit-of-work";

/** Runs by their ids, or those that a filter means, the oldest first. */
export type RunSelection = { runIds: readonly string[] } | { matching: RunFilter };

/** What else belongs into the transaction of an action, such as who took it. Called when something was done, with what. */
export type Also<Done> = (db: Queryable, done: Done) => Promise<void>;

/** Runs that one call acts on at the most; for more, call again. */
export const maxRunsPerCall = 1000;

// Any process that reaches the engine's database may call these, whether an engine runs or not.

/**
 * Ends live runs; the step under way is the last. Of a filter's runs at most `maxRunsPerCall`.
 *
 * @returns The ids of those that were ended; what is over or unknown is left alone.
 */
export function cancelRuns(pool: Pool, selection: RunSelection, also?: Also<string[]>): Promise<string[]> {
  return act(pool, async (unit) => {
    const { rows } = await unit.query<{ id: string }>(
      "select id from jobs.run where id = any($1) and status in ('queued', 'running') order by id for update",
      [await listIds(unit, selection, { among: ["queued", "running"] })],
    );
    const ids = rows.map((row) => row.id);
    await endRuns(unit, ids, { status: "cancelled" });
    if (ids.length > 0) await also?.(unit, ids);
    return ids;
  });
}

/**
 * Starts runs over: for each a new run of the same function with the same events, which begins with no step done. They wait
 * in line as any other; idempotency and debounce do not hold them back. Of a filter's runs at most `maxRunsPerCall`, and
 * none that was started over already.
 *
 * @returns New ids and old; left out is what is unknown or still live, whose function is not served any more, and what a
 * singleton of the function at work forbids.
 */
export function rerunRuns(pool: Pool, selection: RunSelection, also?: Also<Rerun[]>): Promise<Rerun[]> {
  return act(pool, async (unit) => {
    const { rows } = await unit.query<{
      id: string;
      function_id: string;
      events: [EngineEvent, ...EngineEvent[]];
    }>("select id, function_id, events from jobs.run where id = any($1) and ended_at is not null order by id", [
      await listIds(unit, selection, { among: ["completed", "failed", "cancelled"], isOnce: true }),
    ]);
    const started = await startRuns(
      unit,
      rows.flatMap((run) => {
        const config = unit.functions.get(run.function_id);
        return config ? [{ config, events: run.events, idempotencyKey: null, parent: null, rerunOf: run.id }] : [];
      }),
    );
    const reruns = await unit.query<Rerun>(
      `select id, rerun_of as "rerunOf" from jobs.run where id = any($1) order by id`,
      [started],
    );
    if (started.length > 0) await also?.(unit, reruns.rows);
    return reruns.rows;
  });
}

/** A new run, and the run that it repeats. */
export interface Rerun {
  id: string;
  rerunOf: string;
}

/**
 * Starts a run over from one of its steps: what was settled before the step is taken over, the step and all after it run
 * again.
 *
 * @param from `input` is what the step's function gets in place of its own arguments.
 * @returns As `rerunRuns`; null also when the run has no such step.
 */
export function rerunFromStep(
  pool: Pool,
  from: { runId: string; stepId: string; input?: unknown[] | undefined },
  also?: Also<Rerun>,
): Promise<Rerun | null> {
  return act(pool, async (unit) => {
    const { rows } = await unit.query<{ function_id: string; events: [EngineEvent, ...EngineEvent[]] }>(
      `select function_id, events from jobs.run where id = $1 and ended_at is not null
        and exists (select from jobs.step where run_id = $1 and step.id = $2)`,
      [from.runId, from.stepId],
    );
    const run = rows[0];
    const config = run && unit.functions.get(run.function_id);
    if (!config) return null;
    const [id] = await startRuns(unit, [
      { config, events: run.events, idempotencyKey: null, parent: null, rerunOf: from.runId },
    ]);
    if (!id) return null;
    await copySteps(unit, from, id);
    await also?.(unit, { id, rerunOf: from.runId });
    return { id, rerunOf: from.runId };
  });
}

/** Pauses a function or lets it go on; see `setPaused`. */
export function pauseFunction(
  pool: Pool,
  change: { functionId: string; isPaused: boolean },
  also?: Also<void>,
): Promise<boolean> {
  return act(pool, async (unit) => {
    const hasChanged = await setPaused(unit, change.functionId, change.isPaused);
    if (hasChanged) await also?.(unit);
    return hasChanged;
  });
}

async function copySteps(
  unit: UnitOfWork,
  from: { runId: string; stepId: string; input?: unknown[] | undefined },
  newId: string,
): Promise<void> {
  await unit.query(
    `with copied as (
       insert into jobs.step (run_id, id, name, op, status, attempt, input, output, error, settled_no, created_at, started_at, ended_at, copied)
       select $3, id, name, op, status, attempt, input, output, error, nextval('jobs.settled_no'), created_at, started_at, ended_at, true
       from (select * from jobs.step where run_id = $1 and settled_no < (
           select coalesce(settled_no, 9223372036854775807) from jobs.step where run_id = $1 and id = $2)
         order by settled_no) before
       returning output)
     update jobs.run set step_count = total.count, state_bytes = total.bytes
       from (select count(*)::int as count, coalesce(sum(octet_length(output::text)), 0) as bytes from copied) total where run.id = $3`,
    [from.runId, from.stepId, newId],
  );
  if (!from.input) return;
  await unit.query(
    `insert into jobs.step (run_id, id, name, op, status, input, given_input)
     select $3, id, name, 'StepRun', 'retrying', input, $4::json from jobs.step where run_id = $1 and id = $2`,
    [from.runId, from.stepId, newId, JSON.stringify(from.input)],
  );
}

async function listIds(
  unit: UnitOfWork,
  selection: RunSelection,
  options: { among: readonly RunStatus[]; isOnce?: boolean },
): Promise<readonly string[]> {
  if ("runIds" in selection) return selection.runIds;
  const { text, values } = selectRuns(selection.matching, {
    columns: "run.id",
    order: "asc",
    limit: maxRunsPerCall,
    ...options,
  });
  const { rows } = await unit.query<{ id: string }>(text, values);
  return rows.map((row) => row.id);
}

async function act<T>(pool: Pool, work: (unit: UnitOfWork) => Promise<T>): Promise<T> {
  const functions = createRegistry(await loadFunctions(pool));
  return inTransaction({ pool, functions }, work);
}
