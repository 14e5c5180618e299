import type { EngineContext } from "./context";
import type { EngineEvent } from "./event";
import type { FunctionConfig } from "./function-config";
import { defaultRetries } from "./limits";
import type { SdkRequest, StepMemo } from "./protocol";
import { pendingStatuses, toLane } from "./steps";
import { cancelOverdue } from "./timeouts";
import { inTransaction } from "./transaction";
import { enqueueWork, type Lane, priorities, type Queryable } from "./unit-of-work";

/** What a job of the queue asks for. */
export interface WorkItem {
  runId: string;
  /** The planned step to run; null discovers what the run does next. */
  stepId: string | null;
  /** The place in the concurrency line that the work holds; null when it has none yet, or needs none. */
  workId: string | null;
}

/** A run or step that this process alone may write for, as long as its token stands. */
export interface Claim {
  item: WorkItem;
  token: string;
  /** The term in which it was claimed. */
  epoch: number;
  functionId: string;
  /** Undefined when the app does not serve the function any more. */
  config: FunctionConfig | undefined;
  lane: Lane | null;
  attempt: number;
  maxAttempts: number;
  request: SdkRequest;
}

interface ClaimedRow {
  function_id: string;
  events: [EngineEvent, ...EngineEvent[]];
  lane_keys: string[] | null;
  lane_limits: number[] | null;
  attempt: number;
  steps: StepRow[] | null;
}

interface StepRow {
  id: string;
  status: string;
  output: unknown;
  error: unknown;
  /** What a rerun from this step hands it in place of its own input. */
  given: unknown[] | null;
}

// What is settled comes in the order in which it was; the SDK replays it so.
const stepsOfRun = `(select json_agg(json_build_object('id', id, 'status', status, 'output', output, 'error', error, 'given', given_input)
  order by settled_no nulls last) from jobs.step where run_id = $1) as steps`;

// A claim stands until its call is answered. It may be taken over by a later delivery of its own job, and by a later
// leader; a process that is leader no more can claim nothing.
const mayClaim = (row: string) =>
  `(${row}.dispatch is null or ${row}.dispatch_epoch < $2 or ${row}.dispatch_job = $4) and (select epoch from jobs.leader) = $2
    and (run.cancel_at is null or run.cancel_at > now())`;
// Limited work needs its place in the line; a place that is gone means that the work was done already.
const hasPlace =
  "case when $5::bigint is null then run.lane_keys is null else exists (select from jobs.work where id = $5 and admitted) end";

// A run that has begun goes on to its end, whether its function is paused or not.
const mayStart =
  "(run.status = 'running' or not exists (select from jobs.pause where pause.function_id = run.function_id))";

/** Claims a run, or a step of it, for one call; null when there is nothing to do for this job. */
export async function claimWork(
  engine: EngineContext,
  item: WorkItem,
  delivery: { jobId: string; deliveries: number },
): Promise<Claim | null> {
  const { epoch } = engine;
  const token = `${epoch}:${delivery.jobId}:${delivery.deliveries}`;
  const parameters = [item.runId, epoch, token, delivery.jobId, item.workId];
  const { rows } =
    item.stepId === null
      ? await engine.pool.query<ClaimedRow>(claimRun, parameters)
      : await engine.pool.query<ClaimedRow>(claimStep, [...parameters, item.stepId]);
  const row = rows[0];
  if (!row) {
    await standAside(engine, item, epoch);
    return null;
  }
  const config = engine.functions.get(row.function_id);
  const maxAttempts = config?.maxAttempts ?? defaultRetries + 1;
  const claim = {
    item,
    token,
    epoch,
    functionId: row.function_id,
    config,
    lane: toLane(row),
    attempt: row.attempt,
    maxAttempts,
  };
  return { ...claim, request: buildRequest(claim, row.events, row.steps ?? []) };
}

const claimRun = `
  update jobs.run set status = 'running', dispatch = $3, dispatch_epoch = $2, dispatch_job = $4::bigint, rediscover = false, retry_at = null,
    started_at = coalesce(started_at, now()),
    cancel_at = case when started_at is null then now() + finish_ms * interval '1 millisecond' else cancel_at end
  where id = $1 and status in ('queued', 'running') and ${mayClaim("run")} and ${hasPlace} and ${mayStart}
  returning function_id, events, lane_keys, lane_limits, attempt, ${stepsOfRun}`;

const claimStep = `
  update jobs.step set status = 'running', dispatch = $3, dispatch_epoch = $2, dispatch_job = $4::bigint, retry_at = null,
    started_at = coalesce(step.started_at, now())
  from jobs.run
  where run.id = $1 and step.run_id = $1 and step.id = $6 and step.status in ('planned', 'running') and run.status = 'running'
    and ${mayClaim("step")} and ${hasPlace}
  returning run.function_id, run.events, run.lane_keys, run.lane_limits, step.attempt, ${stepsOfRun}`;

/**
 * Deals with work that cannot be claimed: a run whose time is over is cancelled; limited work that comes from a delay
 * joins the line; a run whose discovery is under way gets another after it; one whose function is paused is held; anything
 * else is over, and gives up its place.
 */
async function standAside(engine: EngineContext, item: WorkItem, epoch: number): Promise<void> {
  await inTransaction(engine, async (unit) => {
    // The job must stay in the queue, for the leader that there is now.
    if (!(await isLeading(unit, epoch))) throw new Error("this engine does not lead any more");
    if (item.workId !== null) unit.departures.push(item.workId);
    const { rows } = await unit.query<{
      lane_keys: string[] | null;
      lane_limits: number[] | null;
      dispatch: string | null;
      has_started: boolean;
      is_overdue: boolean | null;
    }>(
      `select lane_keys, lane_limits, dispatch, started_at is not null as has_started, cancel_at <= now() as is_overdue
         from jobs.run where id = $1 and status in ('queued', 'running') for update`,
      [item.runId],
    );
    const run = rows[0];
    if (!run) return;
    if (run.is_overdue) return cancelOverdue(unit, [{ id: item.runId, hasStarted: run.has_started }]);
    const lane = toLane(run);
    if (item.workId === null && lane) {
      enqueueWork(unit, { runId: item.runId, stepId: item.stepId, lane, priority: priorities.continuation });
    } else if (item.stepId === null && run.dispatch !== null) {
      await unit.query("update jobs.run set rediscover = true where id = $1", [item.runId]);
    } else if (!run.has_started) {
      await unit.query("update jobs.run set held = true where id = $1", [item.runId]);
    }
  });
}

/** Whether this term is still the current one. */
export async function isLeading(db: Queryable, epoch: number): Promise<boolean> {
  const { rowCount } = await db.query("select from jobs.leader where epoch = $1", [epoch]);
  return rowCount === 1;
}

function buildRequest(
  claim: Omit<Claim, "request">,
  events: [EngineEvent, ...EngineEvent[]],
  rows: StepRow[],
): SdkRequest {
  const settled = rows.filter((step) => step.status === "done" || step.status === "failed");
  const hasPending = rows.some((step) => (pendingStatuses as readonly string[]).includes(step.status));
  const steps: Record<string, StepMemo> = {};
  for (const step of settled) {
    steps[step.id] =
      step.status === "done" ? { type: "data", data: step.output } : { type: "error", error: step.error };
  }
  const given = rows.find((step) => step.given !== null && steps[step.id] === undefined);
  // The SDK takes an input for the step that a call is for; a discovery is to plan that step, not to run it.
  if (given?.given && given.id === claim.item.stepId) steps[given.id] = { type: "input", input: given.given };
  const isDiscovery = claim.item.stepId === null;
  return {
    event: events[0],
    events,
    steps,
    version: 2,
    ctx: {
      run_id: claim.item.runId,
      attempt: claim.attempt,
      max_attempts: claim.maxAttempts,
      disable_immediate_execution: !isDiscovery || hasPending || given !== undefined,
      use_api: false,
      stack: { stack: settled.map((step) => step.id), current: settled.length },
      ...(isDiscovery ? { fn_id: claim.functionId, qi_id: claim.token } : {}),
    },
  };
}
