import type { SdkOp } from "./protocol";
import { enqueueWork, priorities, type UnitOfWork } from "./unit-of-work";

/** A known step's end. */
export interface StepOutcome {
  runId: string;
  stepId: string;
  result: { output: unknown } | { error: unknown };
}

/** The statuses of a step that somebody else than its run's next discovery brings on. */
export const pendingStatuses = ["planned", "running", "sleeping", "waiting", "invoking"] as const;
const pending = pendingStatuses.map((status) => `'${status}'`).join(", ");

/**
 * Settles steps that are recorded and still open, set-wise, and takes their runs on. Settled steps and ended runs stay
 * as they are, so that a second timer, event or delivery changes nothing.
 */
export async function settleSteps(unit: UnitOfWork, outcomes: readonly StepOutcome[]): Promise<void> {
  if (outcomes.length === 0) return;
  const { rows: live } = await unit.query<{ id: string }>(
    "select id from jobs.run where id = any($1) and status in ('queued', 'running') order by id for update",
    [outcomes.map((outcome) => outcome.runId)],
  );
  const { rows: settled } = await unit.query<{ run_id: string; eager: boolean }>(
    `update jobs.step set status = case when given.error is null then 'done' else 'failed' end, output = given.output,
       error = given.error, ended_at = now(), settled_no = nextval('jobs.settled_no'), dispatch = null, wake_at = null
     from (select run_id, id, output::json as output, error::json as error
             from unnest($1::text[], $2::text[], $3::text[], $4::text[]) as outcome (run_id, id, output, error)) given
     where step.run_id = given.run_id and step.id = given.id and step.settled_no is null and step.run_id = any($5)
     returning step.run_id, step.eager`,
    [
      outcomes.map((outcome) => outcome.runId),
      outcomes.map((outcome) => outcome.stepId),
      outcomes.map(({ result }) => ("output" in result ? JSON.stringify(result.output ?? null) : null)),
      outcomes.map(({ result }) => ("error" in result ? JSON.stringify(result.error ?? unknownError) : null)),
      live.map((row) => row.id),
    ],
  );
  await advanceRuns(
    unit,
    settled.map((row) => row.run_id),
    settled.filter((row) => row.eager).map((row) => row.run_id),
  );
}

const unknownError = { name: "Error", message: "Unknown error" };

/**
 * Queues the next discovery of runs in which nothing is open any more, and of the `eager` ones in any case. A run whose
 * discovery is under way gets the next one after it.
 */
export async function advanceRuns(
  unit: UnitOfWork,
  runIds: readonly string[],
  eagerIds: readonly string[] = [],
): Promise<void> {
  if (runIds.length === 0) return;
  const { rows } = await unit.query<{
    id: string;
    lane_keys: string[] | null;
    lane_limits: number[] | null;
    busy: boolean;
  }>(
    `update jobs.run set attempt = 0, rediscover = dispatch is not null
      where id = any($1) and status in ('queued', 'running')
        and (id = any($2) or not exists (select from jobs.step where run_id = run.id and status in (${pending})))
      returning id, lane_keys, lane_limits, dispatch is not null as busy`,
    [runIds, eagerIds],
  );
  for (const row of rows) {
    if (row.busy) continue;
    enqueueWork(unit, { runId: row.id, stepId: null, lane: toLane(row), priority: priorities.continuation });
  }
}

/** The lane that a run's row carries. */
export function toLane(row: { lane_keys: string[] | null; lane_limits: number[] | null }) {
  return row.lane_keys && row.lane_limits ? { keys: row.lane_keys, limits: row.lane_limits } : null;
}

/** A step's name for people; Postgres text holds every character but NUL. */
export function stepName(op: SdkOp): string {
  return (op.displayName ?? op.name ?? op.id).replaceAll("\0", "");
}

/**
 * The insert of executed steps into a run. `source` is a relation of one row whose `run_id` is the run, or of none; the
 * steps are `$2` to `$8`, as `toStepColumns` gives them. A step that is settled already stays as it is.
 */
export const insertExecutedSteps = (source: string) => `
  insert into jobs.step (run_id, id, name, op, status, input, output, error, settled_no, started_at, ended_at)
  select source.run_id, op.id, op.name, 'StepRun', case when op.error is null then 'done' else 'failed' end,
    op.input::json, op.output::json, op.error::json, nextval('jobs.settled_no'),
    to_timestamp(op.started_ms / 1000), coalesce(to_timestamp(op.ended_ms / 1000), now())
  from ${source} source
  cross join unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::float8[], $8::float8[])
    as op (id, name, input, output, error, started_ms, ended_ms)
  on conflict (run_id, id) do update set status = excluded.status, output = excluded.output, error = excluded.error,
    input = coalesce(excluded.input, step.input), settled_no = excluded.settled_no, dispatch = null,
    op = case when step.op = 'StepPlanned' then excluded.op else step.op end, wake_at = null, started_at = excluded.started_at, ended_at = excluded.ended_at
  where step.settled_no is null`;

/** The parameters `$2` to `$8` of `insertExecutedSteps`, from what the SDK reported. */
export function toStepColumns(ops: readonly SdkOp[]): unknown[] {
  const startMs = (op: SdkOp) => (op.timing ? op.timing.a / 1e6 : null);
  return [
    ops.map((op) => op.id),
    ops.map(stepName),
    ops.map((op) => JSON.stringify(op.opts ?? null)),
    ops.map((op) => (op.error === undefined ? JSON.stringify(op.data ?? null) : null)),
    ops.map((op) => (op.error === undefined ? null : JSON.stringify(op.error))),
    ops.map(startMs),
    ops.map((op) => (op.timing ? (op.timing.a + op.timing.b) / 1e6 : null)),
  ];
}

/** Bytes of JSON that a step's result takes. */
export function outputBytes(op: SdkOp): number {
  return Buffer.byteLength(JSON.stringify(op.data ?? null));
}
