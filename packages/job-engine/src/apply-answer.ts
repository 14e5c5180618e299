import { type Claim, isLeading } from "./claim";
import type { EngineContext } from "./context";
import { isRecord } from "./event";
import { maxRunStateBytes, maxStepOutputBytes, maxStepsPerRun } from "./limits";
import { recordPlanned } from "./plan-steps";
import type { SdkAnswer, SdkOp } from "./protocol";
import { endRuns } from "./runs";
import { advanceRuns, insertExecutedSteps, outputBytes, stepName, toStepColumns } from "./steps";
import { enqueueWork, priorities, type UnitOfWork } from "./unit-of-work";

/** Writes what the app answered to a call, in one transaction: steps, plans, retries, the run's end, and the next call. */
export async function applyAnswer(
  engine: EngineContext,
  unit: UnitOfWork,
  claim: Claim,
  answer: SdkAnswer,
): Promise<void> {
  const held = await releaseClaim(unit, claim);
  if (held || (await isLeading(unit, claim.epoch))) leaveLine(unit, claim);
  // Cancelled meanwhile, given way to a stop, or taken over by another leader: what the call did is not ours to write.
  if (!held) return;
  if (answer.status === 200) {
    await endRuns(unit, [claim.item.runId], { status: "completed", output: answer.body });
  } else if (answer.status === 206 && Array.isArray(answer.body)) {
    await applyOps(engine, unit, claim, answer, answer.body.filter(isOp), held.rediscover);
  } else {
    await retryOrFail(engine, unit, claim, answer, answer.body);
  }
}

/** Ends a claimed run as failed. */
export async function failRun(unit: UnitOfWork, claim: Claim, error: { name: string; message: string }): Promise<void> {
  leaveLine(unit, claim);
  await endRuns(unit, [claim.item.runId], { status: "failed", error });
}

function leaveLine(unit: UnitOfWork, claim: Claim): void {
  if (claim.item.workId !== null) unit.departures.push(claim.item.workId);
}

/** Gives up a claim: null when it does not stand any more, else whether the run asks for one more discovery. */
async function releaseClaim(unit: UnitOfWork, { item, token }: Claim): Promise<{ rediscover: boolean } | null> {
  if (item.stepId === null) {
    const { rows } = await unit.query<{ rediscover: boolean }>(
      "update jobs.run set dispatch = null where id = $1 and status = 'running' and dispatch = $2 returning rediscover",
      [item.runId, token],
    );
    return rows[0] ?? null;
  }
  const { rowCount: isLive } = await unit.query(
    "select from jobs.run where id = $1 and status = 'running' for update",
    [item.runId],
  );
  if (!isLive) return null;
  const { rows } = await unit.query<{ rediscover: boolean }>(
    `update jobs.step set dispatch = null where run_id = $1 and id = $2 and status = 'running' and dispatch = $3
      returning eager as rediscover`,
    [item.runId, item.stepId, token],
  );
  return rows[0] ?? null;
}

const plannedOps = new Set(["StepPlanned", "Sleep", "WaitForEvent", "InvokeFunction"]);
const executedOps = new Set(["StepRun", "Step", "StepFailed"]);

async function applyOps(
  engine: EngineContext,
  unit: UnitOfWork,
  claim: Claim,
  answer: SdkAnswer,
  ops: SdkOp[],
  rediscover: boolean,
): Promise<void> {
  const { runId } = claim.item;
  const unknown = ops.find((op) => !plannedOps.has(op.op) && !executedOps.has(op.op) && !otherOps.has(op.op));
  if (unknown) {
    const message = `The step "${stepName(unknown)}" needs ${unknown.op}, which this engine does not implement`;
    await endRuns(unit, [runId], { status: "failed", error: { name: "UnsupportedStepError", message } });
    return;
  }
  const isLastAttempt = claim.attempt + 1 >= claim.maxAttempts;
  const retried = ops.find((op) => (op.op === "StepError" && !isLastAttempt) || op.op === "StepNotFound");
  const executed = ops.filter((op) => executedOps.has(op.op) || (op.op === "StepError" && isLastAttempt));
  if (!(await recordExecuted(unit, runId, executed))) return;
  const completed = ops.find((op) => op.op === "RunComplete");
  if (completed) {
    await endRuns(unit, [runId], { status: "completed", output: completed.data });
    return;
  }
  await recordPlanned(
    unit,
    claim,
    ops.filter((op) => plannedOps.has(op.op)),
    answer.isEager,
  );
  if (retried) {
    if (claim.item.stepId === null && retried.op === "StepError") await recordFailedAttempt(unit, claim, retried);
    await retryOrFail(
      engine,
      unit,
      claim,
      answer,
      retried.error ?? { name: "Error", message: `The step "${stepName(retried)}" was not found` },
      retried.id,
    );
    return;
  }
  await advanceRuns(unit, [runId], rediscover ? [runId] : []);
}

const otherOps = new Set(["StepError", "StepNotFound", "RunComplete", "DiscoveryRequest"]);

function isOp(value: unknown): value is SdkOp {
  return isRecord(value) && typeof value.id === "string" && typeof value.op === "string";
}

/** Records executed steps; false when the run went over its limits and was failed for it. */
async function recordExecuted(unit: UnitOfWork, runId: string, ops: SdkOp[]): Promise<boolean> {
  if (ops.length === 0) return true;
  const bytes = ops.map(outputBytes);
  const { rows } = await unit.query<{ step_count: number; state_bytes: string }>(
    "update jobs.run set step_count = step_count + $2, state_bytes = state_bytes + $3, attempt = 0 where id = $1 returning step_count, state_bytes",
    [runId, ops.length, bytes.reduce((sum, size) => sum + size, 0)],
  );
  const problem = findLimitProblem(ops, Number(rows[0]?.step_count ?? 0), Number(rows[0]?.state_bytes ?? 0));
  if (problem) {
    await endRuns(unit, [runId], { status: "failed", error: { name: "LimitExceededError", message: problem } });
    return false;
  }
  await unit.query(insertExecutedSteps("(select $1::text as run_id)"), [runId, ...toStepColumns(ops)]);
  return true;
}

/** What a run's steps break, in words; null when they are within the limits. */
export function findLimitProblem(ops: readonly SdkOp[], stepCount: number, stateBytes: number): string | null {
  const large = ops.find((op) => outputBytes(op) > maxStepOutputBytes);
  if (large) return `The step "${stepName(large)}" returned more than ${maxStepOutputBytes} bytes`;
  if (stepCount > maxStepsPerRun) return `The run has more than ${maxStepsPerRun} steps`;
  if (stateBytes > maxRunStateBytes)
    return `The steps of the run returned more than ${maxRunStateBytes} bytes together`;
  return null;
}

/** Shows the failed attempt of a step that the next discovery runs again. */
async function recordFailedAttempt(unit: UnitOfWork, claim: Claim, op: SdkOp): Promise<void> {
  await unit.query(
    `insert into jobs.step (run_id, id, name, op, status, attempt, input, error, started_at)
     values ($1, $2, $3, 'StepRun', 'retrying', $4, $5, $6, to_timestamp($7::float8 / 1000))
     on conflict (run_id, id) do update set attempt = excluded.attempt, error = excluded.error where step.settled_no is null`,
    [
      claim.item.runId,
      op.id,
      stepName(op),
      claim.attempt + 1,
      JSON.stringify(op.opts ?? null),
      JSON.stringify(op.error ?? null),
      op.timing ? op.timing.a / 1e6 : null,
    ],
  );
}

/** Retries the call later, or fails the run when its attempts are used up or the app says that there is no use. */
async function retryOrFail(
  engine: EngineContext,
  unit: UnitOfWork,
  claim: Claim,
  answer: SdkAnswer,
  error: unknown,
  failedStepId: string | null = claim.item.stepId,
): Promise<void> {
  const { runId, stepId } = claim.item;
  if (answer.noRetry || claim.attempt + 1 >= claim.maxAttempts) {
    await endRuns(unit, [runId], { status: "failed", error });
    return;
  }
  const delayMs = Math.max(1, answer.retryAfterMs ?? engine.backoffMs(claim.attempt));
  const retryAt = "now() + $3::float8 * interval '1 millisecond'";
  const next = [runId, claim.attempt + 1, delayMs];
  if (stepId === null) {
    await unit.query(`update jobs.run set attempt = $2, retry_at = ${retryAt} where id = $1`, next);
  } else {
    await unit.query(
      `update jobs.step set status = 'planned', attempt = $2, retry_at = ${retryAt}, error = $4 where run_id = $1 and id = $5`,
      [...next, JSON.stringify(error ?? null), stepId],
    );
  }
  await unit.query(
    `insert into jobs.attempt (run_id, attempt, retry_at, error, step_id) values ($1, $2, ${retryAt}, $4, $5)`,
    [...next, JSON.stringify(error ?? null), failedStepId],
  );
  enqueueWork(unit, { runId, stepId, lane: claim.lane, priority: priorities.continuation }, delayMs);
}
