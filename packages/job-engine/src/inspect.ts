import { isActiveSql, type RunFilter, type RunStatus, selectRuns } from "./run-filter";
import type { Queryable } from "./unit-of-work";

/** What a run waits for, and until when where that is known. `resume`: its function is paused. */
export interface RunWait {
  for: "turn" | "resume" | "rate" | "retry" | "time" | "event" | "run";
  until: Date | null;
}

/** A run in a list. */
export interface RunSummary {
  id: string;
  functionId: string;
  status: RunStatus;
  /** The app is at work on it. */
  isActive: boolean;
  /** Null when it is over, and while the app is at work on it. */
  wait: RunWait | null;
  eventName: string;
  /** Failed calls since the last step that ended well. */
  attempt: number;
  /** Null when they are long. */
  events: unknown[] | null;
  /** Null when it is long, and when there is none. */
  output: unknown;
  /** The error's message. */
  failure: string | null;
  createdAt: Date;
  startedAt: Date | null;
  endedAt: Date | null;
}

/** A run with all that is known of it. Outputs and inputs of more than 64 KiB are left out; their size says so. */
export interface RunDetail extends Omit<RunSummary, "events" | "failure"> {
  events: unknown[];
  outputBytes: number;
  error: unknown;
  parentRunId: string | null;
  /** The run that this one repeats. */
  rerunOf: string | null;
  /** The runs that repeat this one, at most 50. */
  reruns: { id: string; status: RunStatus }[];
  steps: StepDetail[];
  /** Failed calls that were, or will be, tried again; the oldest first. */
  attempts: FailedAttempt[];
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
  outputBytes: number;
  error: unknown;
  /** Taken over from the run that this one repeats. */
  isCopied: boolean;
  /** What a rerun hands it in place of its own input. */
  givenInput: unknown[] | null;
  /** The run that it invoked. */
  invokedRunId: string | null;
  createdAt: Date;
  startedAt: Date | null;
  endedAt: Date | null;
  wakeAt: Date | null;
  retryAt: Date | null;
}

/** A call that failed and is tried again. */
export interface FailedAttempt {
  /** The step that failed; null when the function failed outside of its steps. */
  stepId: string | null;
  /** From 1. */
  attempt: number;
  error: unknown;
  failedAt: Date;
  retryAt: Date;
}

const maxShownBytes = 65_536;
const maxListedBytes = 2048;
const shown = (column: string) => `case when octet_length(${column}::text) <= ${maxShownBytes} then ${column} end`;
const listed = (column: string) => `case when octet_length(${column}::text) <= ${maxListedBytes} then ${column} end`;

const summaryColumns = `run.id, run.function_id as "functionId", run.status, run.event_name as "eventName", run.attempt,
  run.created_at as "createdAt", run.started_at as "startedAt", run.ended_at as "endedAt",
  run.status = 'running' and ${isActiveSql} as "isActive", run.held, run.throttle_key is not null as "isThrottled",
  run.retry_at as "retryAt", pending.kind as "pendingKind", pending.until as "pendingUntil"`;

// Of several steps that are open the one that ends first says what is waited for.
const pendingJoin = `left join lateral (
  select case when step.retry_at is not null then 'retry' else step.status end as kind, coalesce(step.retry_at, step.wake_at) as until
    from jobs.step where step.run_id = run.id and run.status = 'running'
     and step.status in ('planned', 'running', 'sleeping', 'waiting', 'invoking')
   order by 2 nulls last, step.created_at limit 1) pending on true`;

interface StateRow {
  status: RunStatus;
  isActive: boolean;
  held: boolean;
  isThrottled: boolean;
  retryAt: Date | null;
  pendingKind: string | null;
  pendingUntil: Date | null;
}

function takeWait<Row extends StateRow>(
  row: Row,
): Omit<Row, Exclude<keyof StateRow, "status" | "isActive">> & { wait: RunWait | null } {
  const { held, isThrottled, retryAt, pendingKind, pendingUntil, ...rest } = row;
  return { ...rest, wait: waitOf({ ...rest, held, isThrottled, retryAt, pendingKind, pendingUntil }) };
}

const waitKinds: Record<string, RunWait["for"]> = {
  sleeping: "time",
  waiting: "event",
  invoking: "run",
  retry: "retry",
};

function waitOf(row: StateRow): RunWait | null {
  if (row.isActive || (row.status !== "queued" && row.status !== "running")) return null;
  if (row.held) return { for: "resume", until: null };
  if (row.isThrottled) return { for: "rate", until: null };
  const kind = row.pendingKind && waitKinds[row.pendingKind];
  if (kind) return { for: kind, until: row.pendingUntil };
  return row.retryAt ? { for: "retry", until: row.retryAt } : { for: "turn", until: null };
}

/** Lists runs, newest first; `before` is the last id of the page before. */
export async function listRuns(
  db: Queryable,
  { before, limit = 50, ...filter }: RunFilter & { before?: string | undefined; limit?: number } = {},
): Promise<RunSummary[]> {
  const { text, values } = selectRuns(filter, {
    columns: `${summaryColumns}, ${listed("run.events")} as events, ${listed("run.output")} as output, ${listed("run.error")} as error`,
    joins: pendingJoin,
    before,
    limit: Math.min(limit, 500),
  });
  const { rows } = await db.query<RunSummary & StateRow & { error: { message?: unknown } | null }>(text, values);
  return rows.map(({ error, ...row }) => ({
    ...takeWait(row),
    failure: typeof error?.message === "string" ? error.message : null,
  }));
}

/** A run with its steps in the order in which they came up; null when there is none. */
export async function findRun(db: Queryable, runId: string): Promise<RunDetail | null> {
  const { rows } = await db.query<Omit<RunDetail, "steps" | "attempts" | "reruns" | "wait"> & StateRow>(
    `select ${summaryColumns}, run.events, ${shown("run.output")} as output, coalesce(octet_length(run.output::text), 0) as "outputBytes",
       run.error, run.parent_run as "parentRunId", run.rerun_of as "rerunOf"
     from jobs.run ${pendingJoin} where run.id = $1`,
    [runId],
  );
  const run = rows[0];
  if (!run) return null;
  const [steps, attempts, reruns] = await Promise.all([
    db.query<StepDetail>(
      `select step.id, name, op, step.status, step.attempt, ${shown("input")} as input, ${shown("step.output")} as output,
         coalesce(octet_length(step.output::text), 0) as "outputBytes", step.error, copied as "isCopied", given_input as "givenInput",
         child.id as "invokedRunId", step.created_at as "createdAt", step.started_at as "startedAt", step.ended_at as "endedAt",
         wake_at as "wakeAt", step.retry_at as "retryAt"
       from jobs.step left join jobs.run child on child.parent_run = step.run_id and child.parent_step = step.id
       where step.run_id = $1 order by step.created_at, settled_no nulls last`,
      [runId],
    ),
    db.query<FailedAttempt>(
      `select step_id as "stepId", attempt, error, failed_at as "failedAt", retry_at as "retryAt" from jobs.attempt
        where run_id = $1 order by id`,
      [runId],
    ),
    db.query<RunDetail["reruns"][number]>("select id, status from jobs.run where rerun_of = $1 order by id limit 50", [
      runId,
    ]),
  ]);
  return { ...takeWait(run), steps: steps.rows, attempts: attempts.rows, reruns: reruns.rows };
}
