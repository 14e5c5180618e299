import type { EngineContext } from "./context";
import { createInternalEvent, internalEvents } from "./event";
import { createCron } from "./function-config";
import { startRuns } from "./runs";
import { inTransaction } from "./transaction";

/**
 * The first tick of a schedule after an instant; null when there is none any more.
 *
 * @throws Error when the expression is wrong.
 */
export function nextTick(expression: string, after: Date): Date | null {
  return createCron(expression).nextRun(after);
}

/** Makes the stored schedules those that the functions declare. A schedule that stays keeps its next tick, also a missed one. */
export async function syncSchedules(engine: EngineContext, now: Date = new Date()): Promise<void> {
  const declared = engine.functions
    .all()
    .flatMap((config) =>
      config.cronTriggers.map((expression) => ({ functionId: config.id, expression, next: nextTick(expression, now) })),
    )
    .filter((entry) => entry.next !== null);
  const ids = declared.map((entry) => entry.functionId);
  const expressions = declared.map((entry) => entry.expression);
  await inTransaction(engine, async (unit) => {
    await unit.query(
      `delete from jobs.cron where (function_id, expression) not in (select * from unnest($1::text[], $2::text[]))`,
      [ids, expressions],
    );
    await unit.query(
      `insert into jobs.cron (function_id, expression, next_at)
       select * from unnest($1::text[], $2::text[], $3::timestamptz[]) on conflict do nothing`,
      [ids, expressions, declared.map((entry) => entry.next)],
    );
  });
}

/**
 * Brings schedules back whose next tick lies beyond their first one from now: the clock was ahead when they fired, and
 * they would stand still until it is there again. Ticks that have fired do not fire again.
 */
async function pullBackSchedules(engine: EngineContext, now: Date): Promise<void> {
  const { rows } = await engine.pool.query<{ function_id: string; expression: string; next_at: Date }>(
    "select function_id, expression, next_at from jobs.cron where next_at > $1",
    [now],
  );
  for (const { function_id: functionId, expression, next_at: stored } of rows) {
    const next = nextTick(expression, now);
    if (next === null || next >= stored) continue;
    await engine.pool.query(
      "update jobs.cron set next_at = $3 where function_id = $1 and expression = $2 and next_at = $4",
      [functionId, expression, next, stored],
    );
  }
}

/**
 * Starts the runs whose tick has come, each tick once. After a pause one run makes up for all ticks that were missed,
 * and the schedule goes on from now. A paused function's ticks are missed ones.
 */
export async function fireDueSchedules(engine: EngineContext, now: Date = new Date()): Promise<void> {
  await pullBackSchedules(engine, now);
  const { rows } = await engine.pool.query<{ function_id: string; expression: string }>(
    `select function_id, expression from jobs.cron
      where next_at <= $1 and not exists (select from jobs.pause where pause.function_id = cron.function_id)`,
    [now],
  );
  for (const { function_id: functionId, expression } of rows) {
    const config = engine.functions.get(functionId);
    if (!config) continue;
    await inTransaction(engine, async (unit) => {
      const locked = await unit.query<{ next_at: Date }>(
        "select next_at from jobs.cron where function_id = $1 and expression = $2 and next_at <= $3 for update",
        [functionId, expression, now],
      );
      const tick = locked.rows[0]?.next_at;
      if (!tick) return;
      const event = createInternalEvent(internalEvents.scheduled, { cron: expression }, tick.getTime());
      const idempotencyKey = `cron:${expression}:${tick.toISOString()}`;
      await startRuns(unit, [{ config, events: [event], idempotencyKey, parent: null }]);
      const next = nextTick(expression, new Date(Math.max(tick.getTime(), now.getTime())));
      if (next) {
        await unit.query("update jobs.cron set next_at = $3 where function_id = $1 and expression = $2", [
          functionId,
          expression,
          next,
        ]);
      } else {
        await unit.query("delete from jobs.cron where function_id = $1 and expression = $2", [functionId, expression]);
      }
    });
  }
}
