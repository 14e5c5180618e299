import type { Pool } from "pg";
import type { EngineEvent } from "./event";
import { createRegistry } from "./registry";
import { endRuns, startRuns } from "./runs";
import { loadFunctions } from "./stored-functions";
import { inTransaction } from "./transaction";
import type { UnitOfWork } from "./unit-of-work";

/**
 * Ends a live run; the step under way is the last. Any process that reaches the engine's database may call it, whether
 * an engine runs or not.
 *
 * @returns False when the run is over or unknown.
 */
export function cancelRun(pool: Pool, runId: string): Promise<boolean> {
  return act(pool, async (unit) => (await endRuns(unit, [runId], { status: "cancelled" })) > 0);
}

/**
 * Starts a run over: a new run of the same function with the same events, which begins with no step done. It waits in line
 * as any other; idempotency and debounce do not hold it back. Any process may call it, as with `cancelRun`.
 *
 * @returns The new run's id; null when the old one is unknown or still live, its function is not served any more, or a
 * singleton of the function is at work.
 */
export function rerunRun(pool: Pool, runId: string): Promise<string | null> {
  return act(pool, async (unit) => {
    const { rows } = await unit.query<{ function_id: string; events: [EngineEvent, ...EngineEvent[]] }>(
      "select function_id, events from jobs.run where id = $1 and ended_at is not null",
      [runId],
    );
    const run = rows[0];
    const config = run && unit.functions.get(run.function_id);
    if (!config) return null;
    const [id] = await startRuns(unit, [
      { config, events: run.events, idempotencyKey: null, parent: null, rerunOf: runId },
    ]);
    return id ?? null;
  });
}

async function act<T>(pool: Pool, work: (unit: UnitOfWork) => Promise<T>): Promise<T> {
  const functions = createRegistry(await loadFunctions(pool));
  return inTransaction({ pool, functions }, work);
}
