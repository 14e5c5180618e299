import { flushBatch } from "./batching";
import type { EngineContext } from "./context";
import { fireDueSchedules } from "./cron";
import { startDebounced } from "./debounce";
import { releaseHeld } from "./pause";
import { settleSteps } from "./steps";
import { letInDue } from "./throttle";
import { cancelOverdue, findOverdue } from "./timeouts";
import { inTransaction } from "./transaction";

// Durable waits have a resolution of a second on the real server too.
const tickMs = 1000;
const pageSize = 500;

/**
 * Brings about, once a second, what was put off: ends of sleeps, time-outs of waits, invocations and runs, batches and
 * debounced events whose time is up, throttled starts, cron ticks. All of them are rows with a due time, so a crash forgets none.
 *
 * @returns Stops the clock; resolves when a tick under way has ended.
 */
export function startTimers(engine: EngineContext): () => Promise<void> {
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let current = Promise.resolve();
  const tick = async () => {
    for (const part of parts) {
      try {
        await part(engine);
      } catch (error) {
        // The rows are still due: the next tick tries again. One bad schedule must not hold up the sleeps.
        engine.logger.error({ err: error, part: part.name }, "job timers failed");
      }
    }
    if (!stopped) timer = setTimeout(run, tickMs);
  };
  const run = () => {
    current = tick();
  };
  run();
  return () => {
    stopped = true;
    clearTimeout(timer);
    return current;
  };
}

const parts = [
  settleDueSteps,
  cancelOverdueRuns,
  flushDueBatches,
  startDueDebounces,
  letInThrottled,
  releaseHeldRuns,
  fireDueSchedules,
];

async function settleDueSteps(engine: EngineContext): Promise<void> {
  for (;;) {
    const { rows } = await engine.pool.query<{ run_id: string; id: string; status: string }>(
      `select run_id, id, status from jobs.step
        where status in ('sleeping', 'waiting', 'invoking') and wake_at <= now() order by wake_at limit ${pageSize}`,
    );
    if (rows.length === 0) return;
    await inTransaction(engine, async (unit) => {
      await settleSteps(
        unit,
        rows.map((row) => ({
          runId: row.run_id,
          stepId: row.id,
          result: row.status === "invoking" ? { error: invokeTimedOut } : { output: null },
        })),
      );
      // Steps of ended runs are not settled; they must not come up at every tick.
      await unit.query(
        "update jobs.step set wake_at = null where settled_no is null and (run_id, id) in (select * from unnest($1::text[], $2::text[]))",
        [rows.map((row) => row.run_id), rows.map((row) => row.id)],
      );
    });
    if (rows.length < pageSize) return;
  }
}

const invokeTimedOut = {
  name: "InngestInvokeTimeoutError",
  message: "The invoked function did not end within the time given",
};

/** Starts the runs of batches whose time is up. Batches of functions that are not served wait until they are again. */
async function flushDueBatches(engine: EngineContext): Promise<void> {
  const { rows } = await engine.pool.query<{ function_id: string; key: string }>(
    `select function_id, key from jobs.batch where due_at <= now() and function_id = any($1) order by due_at limit ${pageSize}`,
    [engine.functions.all().map((config) => config.id)],
  );
  for (const row of rows) {
    const config = engine.functions.get(row.function_id);
    if (!config?.batch) continue;
    await inTransaction(engine, async (unit) => {
      const { rowCount } = await unit.query(
        "select from jobs.batch where function_id = $1 and key = $2 and due_at <= now() for update",
        [row.function_id, row.key],
      );
      if (rowCount) await flushBatch(unit, { config, key: row.key }, "due");
    });
  }
}

async function startDueDebounces(engine: EngineContext): Promise<void> {
  // Most ticks find none, and begin no transaction for it.
  const isDue = async () =>
    (await engine.pool.query("select from jobs.debounce where due_at <= now() limit 1")).rowCount;
  if (!(await isDue())) return;
  while ((await inTransaction(engine, (unit) => startDebounced(unit, pageSize))) === pageSize);
}

async function letInThrottled(engine: EngineContext): Promise<void> {
  const { rows } = await engine.pool.query<{ function_id: string; key: string }>(
    `select function_id, key from jobs.throttle where due_at <= now() order by due_at limit ${pageSize}`,
  );
  for (const row of rows) await inTransaction(engine, (unit) => letInDue(unit, row.function_id, row.key));
}

async function releaseHeldRuns(engine: EngineContext): Promise<void> {
  // Most ticks find none, and begin no transaction for it.
  if ((await engine.pool.query("select from jobs.run where held and status = 'queued' limit 1")).rowCount === 0) return;
  while ((await inTransaction(engine, (unit) => releaseHeld(unit, pageSize))) === pageSize);
}

async function cancelOverdueRuns(engine: EngineContext): Promise<void> {
  for (;;) {
    const runs = await findOverdue(engine.pool, pageSize);
    if (runs.length > 0) await inTransaction(engine, (unit) => cancelOverdue(unit, runs));
    if (runs.length < pageSize) return;
  }
}
