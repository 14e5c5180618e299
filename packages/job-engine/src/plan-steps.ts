import type { Claim } from "./claim";
import { msUntil } from "./durations";
import { createInternalEvent, internalEvents, isRecord } from "./event";
import type { SdkOp } from "./protocol";
import { startRuns } from "./runs";
import { insertExecutedSteps, stepName, toStepColumns } from "./steps";
import { enqueueWork, priorities, type UnitOfWork } from "./unit-of-work";

interface PlannedStep {
  op: SdkOp;
  status: "planned" | "sleeping" | "waiting" | "invoking";
  wakeInMs: number | null;
}

function toPlannedStep(op: SdkOp): PlannedStep {
  const timeout = op.opts?.timeout;
  const timeoutMs = typeof timeout === "string" ? msUntil(timeout) : null;
  if (op.op === "Sleep") return { op, status: "sleeping", wakeInMs: msUntil(op.name ?? "") };
  if (op.op === "WaitForEvent") return { op, status: "waiting", wakeInMs: timeoutMs };
  if (op.op === "InvokeFunction") return { op, status: "invoking", wakeInMs: timeoutMs };
  return { op, status: "planned", wakeInMs: null };
}

/** Records what the run is to do or wait for next; a step that is recorded already is left
 * alone, unless it is one to run again. */
export async function recordPlanned(unit: UnitOfWork, claim: Claim, ops: SdkOp[], isEager: boolean): Promise<void> {
  if (ops.length === 0) return;
  const { runId } = claim.item;
  const steps = ops.map(toPlannedStep);
  const { rows } = await unit.query<{ id: string }>(
    `insert into jobs.step (run_id, id, name, op, status, input, eager, wake_at, wait_event, wait_if)
     select $1, id, name, op, status, input::json, eager, now() + wake_ms * interval '1 millisecond', wait_event, wait_if
     from unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::boolean[], $8::float8[], $9::text[], $10::text[])
       as step (id, name, op, status, input, eager, wake_ms, wait_event, wait_if)
     on conflict (run_id, id) do update set op = excluded.op, status = excluded.status, eager = excluded.eager
       where step.status = 'retrying' and step.settled_no is null
     returning id`,
    [
      runId,
      ops.map((op) => op.id),
      ops.map(stepName),
      ops.map((op) => op.op),
      steps.map((step) => step.status),
      ops.map((op) => JSON.stringify(op.op === "Sleep" ? { until: op.name } : (op.opts ?? null))),
      ops.map((op) => isEager || op.opts?.parallelMode === "race"),
      steps.map((step) => step.wakeInMs),
      ops.map((op) => (op.op === "WaitForEvent" ? op.name : null)),
      ops.map((op) => (op.op === "WaitForEvent" && typeof op.opts?.if === "string" ? op.opts.if : null)),
    ],
  );
  const recorded = new Set(rows.map((row) => row.id));
  const fresh = ops.filter((op) => recorded.has(op.id));
  for (const op of fresh.filter((entry) => entry.op === "StepPlanned")) {
    enqueueWork(unit, { runId, stepId: op.id, lane: claim.lane, priority: priorities.continuation });
  }
  for (const op of fresh.filter((entry) => entry.op === "InvokeFunction")) await invoke(unit, runId, op);
}

async function invoke(unit: UnitOfWork, runId: string, op: SdkOp): Promise<void> {
  const functionId = String(op.opts?.function_id ?? "");
  const config = unit.functions.get(functionId);
  const payload = isRecord(op.opts?.payload) ? op.opts.payload : {};
  const event = createInternalEvent(internalEvents.invoked, isRecord(payload.data) ? payload.data : {});
  if (config) {
    await startRuns(unit, [{ config, events: [event], idempotencyKey: null, parent: { runId, stepId: op.id } }]);
    return;
  }
  const error = { name: "Error", message: `The app does not serve the function ${functionId}` };
  await unit.query(insertExecutedSteps("(select $1::text as run_id)"), [runId, ...toStepColumns([{ ...op, error }])]);
}
