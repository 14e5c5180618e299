import type { Queryable } from "./unit-of-work";

export type RunStatus = "queued" | "running" | "completed" | "failed" | "cancelled";

/** A run in a list. */
export interface RunSummary {
  id: string;
  functionId: string;
  status: RunStatus;
  eventName: string;
  attempt: number;
  createdAt: Date;
  startedAt: Date | null;
  endedAt: Date | null;
}

/** A run with all that is known of it. */
export interface RunDetail extends RunSummary {
  events: unknown[];
  output: unknown;
  error: unknown;
  parentRunId: string | null;
  /** The run that this one repeats. */
  rerunOf: string | null;
  steps: StepDetail[];
}

/** A step of a run. `createdAt` is when it was planned or recorded; times of execution are the app's own. */
export interface StepDetail {
  id: string;
  name: string;
  op: string;
  status: "planned" | "running" | "retrying" | "sleeping" | "waiting" | "invoking" | "done" | "failed";
  attempt: number;
  input: unknown;
  output: unknown;
  error: unknown;
  createdAt: Date;
  startedAt: Date | null;
  endedAt: Date | null;
  wakeAt: Date | null;
}

/** How the engine of a database does. */
export interface EngineHealth {
  /** Runs that have not begun. */
  pending: number;
  oldestPendingMs: number | null;
  /** Runs that have begun and not ended, sleeping ones included. */
  running: number;
  failedLastDay: number;
  leader: { isAlive: boolean; instance: string | null; since: Date | null };
}

const summaryColumns = `id, function_id as "functionId", status, event_name as "eventName", attempt,
  created_at as "createdAt", started_at as "startedAt", ended_at as "endedAt"`;

/** Lists runs, newest first; `before` is the last id of the page before. */
export async function listRuns(
  db: Queryable,
  filter: { functionId?: string; status?: RunStatus; before?: string; limit?: number } = {},
): Promise<RunSummary[]> {
  const { rows } = await db.query<RunSummary>(
    `select ${summaryColumns} from jobs.run
      where ($1::text is null or function_id = $1) and ($2::text is null or status = $2) and ($3::text is null or id < $3)
      order by id desc limit $4`,
    [filter.functionId ?? null, filter.status ?? null, filter.before ?? null, Math.min(filter.limit ?? 50, 500)],
  );
  return rows;
}

/** A run with its steps in the order in which they came up; null when there is none. */
export async function findRun(db: Queryable, runId: string): Promise<RunDetail | null> {
  const { rows } = await db.query<Omit<RunDetail, "steps">>(
    `select ${summaryColumns}, events, output, error, parent_run as "parentRunId", rerun_of as "rerunOf" from jobs.run where id = $1`,
    [runId],
  );
  const run = rows[0];
  if (!run) return null;
  const steps = await db.query<StepDetail>(
    `select id, name, op, status, attempt, input, output, error, created_at as "createdAt", started_at as "startedAt",
       ended_at as "endedAt", wake_at as "wakeAt"
     from jobs.step where run_id = $1 order by created_at, settled_no nulls last`,
    [runId],
  );
  return { ...run, steps: steps.rows };
}

// The leader beats every three seconds; three beats missed is the ten seconds in which another takes over.
const beatWindow = "interval '10 seconds'";

/** The engine's figures, from the database alone: any process may ask. */
export async function getEngineHealth(db: Queryable): Promise<EngineHealth> {
  const { rows } = await db.query<{
    pending: number;
    oldest_ms: number | null;
    running: number;
    failed: number;
    is_alive: boolean | null;
    instance: string | null;
    since: Date | null;
  }>(
    `select live.pending, live.oldest_ms, live.running,
       (select count(*)::int from jobs.run where status = 'failed' and ended_at > now() - interval '1 day') as failed,
       leader.beat_at > now() - ${beatWindow} as is_alive, leader.instance, leader.since
     from jobs.leader, (
       select count(*) filter (where status = 'queued')::int as pending, count(*) filter (where status = 'running')::int as running,
         (extract(epoch from now() - min(created_at) filter (where status = 'queued')) * 1000)::float8 as oldest_ms
       from jobs.run where status in ('queued', 'running')) live`,
  );
  const row = rows[0];
  return {
    pending: row?.pending ?? 0,
    oldestPendingMs: row?.oldest_ms ?? null,
    running: row?.running ?? 0,
    failedLastDay: row?.failed ?? 0,
    leader: { isAlive: row?.is_alive ?? false, instance: row?.instance ?? null, since: row?.since ?? null },
  };
}
