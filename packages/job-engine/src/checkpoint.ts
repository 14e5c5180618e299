import { findLimitProblem } from "./apply-answer";
import type { EngineContext } from "./context";
import { isRecord } from "./event";
import type { SdkOp } from "./protocol";
import { endRuns } from "./runs";
import { advanceRuns, insertExecutedSteps, outputBytes, toStepColumns } from "./steps";
import { cancelOverdue } from "./timeouts";
import { inTransaction } from "./transaction";

/** What becomes of a checkpoint: `stale` stops the SDK in the middle of the run. */
export type CheckpointResult = "saved" | "stale" | "malformed";

/**
 * Saves the steps that the SDK has just run, in one statement, if the dispatch that ran them still stands. A cancelled
 * or taken-over run is stale, and so, after its step was saved, is one whose time is over, and one that must give way because
 * the process stops.
 */
export async function saveCheckpoint(engine: EngineContext, runId: string, body: unknown): Promise<CheckpointResult> {
  const token = isRecord(body) ? body.qi_id : undefined;
  const ops = isRecord(body) && Array.isArray(body.steps) ? (body.steps as unknown[]) : null;
  if (typeof token !== "string" || !ops?.every(isExecutedStep)) return "malformed";
  const size = ops.reduce((sum, op) => sum + outputBytes(op), 0);
  const { rows } = await engine.pool.query<{ step_count: number; state_bytes: string; is_overdue: boolean | null }>(
    `with target as (
       update jobs.run set step_count = step_count + cardinality($2::text[]), state_bytes = state_bytes + $10::bigint, attempt = 0
        where id = $1 and status = 'running' and dispatch = $9 returning id as run_id, step_count, state_bytes,
          cancel_at <= now() as is_overdue),
     saved as (${insertExecutedSteps("target")})
     select step_count, state_bytes, is_overdue from target`,
    [runId, ...toStepColumns(ops), token, size],
  );
  const run = rows[0];
  if (!run) return "stale";
  engine.counters.stepsSaved += ops.length;
  const problem = findLimitProblem(ops, run.step_count, Number(run.state_bytes));
  if (problem) {
    await inTransaction(engine, (unit) =>
      endRuns(unit, [runId], { status: "failed", error: { name: "LimitExceededError", message: problem } }),
    );
    return "stale";
  }
  if (run.is_overdue) {
    await inTransaction(engine, (unit) => cancelOverdue(unit, [{ id: runId, hasStarted: true }]));
    return "stale";
  }
  return engine.draining ? giveWay(engine, runId, token) : "saved";
}

function isExecutedStep(value: unknown): value is SdkOp {
  return isRecord(value) && typeof value.id === "string" && value.op === "StepRun" && value.error === undefined;
}

/** Ends the dispatch at a step's end and queues the run's next discovery, for whoever leads then. */
async function giveWay(engine: EngineContext, runId: string, token: string): Promise<CheckpointResult> {
  await inTransaction(engine, async (unit) => {
    const { rowCount } = await unit.query("update jobs.run set dispatch = null where id = $1 and dispatch = $2", [
      runId,
      token,
    ]);
    if (rowCount) await advanceRuns(unit, [runId], [runId]);
  });
  return "stale";
}
