import type { EngineEvent } from "./event";
import { toLane } from "./steps";
import { joinThrottles, type ThrottleSlot, throttleOf } from "./throttle";
import { enqueueWork, priorities, type UnitOfWork } from "./unit-of-work";

/**
 * Pauses a function, or lets it go on. While it is paused no run of it begins: events still make runs, which wait, and
 * cron ticks are made up for by one run afterwards. Runs that have begun go on to their end. The leader lets go on, within
 * a second, what waited.
 *
 * @returns False when the function is not known, or was so already.
 */
export async function setPaused(unit: UnitOfWork, functionId: string, isPaused: boolean): Promise<boolean> {
  const { rowCount } = isPaused
    ? await unit.query(
        `insert into jobs.pause (function_id) select id from jobs.function where id = $1 on conflict do nothing`,
        [functionId],
      )
    : await unit.query("delete from jobs.pause where function_id = $1", [functionId]);
  return rowCount === 1;
}

/**
 * Lets runs go on that a pause held back and that it does not hold back any more, the oldest first, at most `limit`; those
 * of a throttled function at its rate.
 *
 * @returns How many there were.
 */
export async function releaseHeld(unit: UnitOfWork, limit: number): Promise<number> {
  const { rows } = await unit.query<{
    id: string;
    function_id: string;
    events: [EngineEvent, ...EngineEvent[]];
    lane_keys: string[] | null;
    lane_limits: number[] | null;
  }>(
    `update jobs.run set held = false where id in (
       select id from jobs.run where held and status = 'queued' and function_id = any(array(
         select unnest($1::text[]) except select function_id from jobs.pause))
        order by id limit $2 for update skip locked)
     returning id, function_id, events, lane_keys, lane_limits`,
    [unit.functions.all().map((config) => config.id), limit],
  );
  const throttled: { id: string; slot: ThrottleSlot }[] = [];
  for (const row of rows.sort((a, b) => (a.id < b.id ? -1 : 1))) {
    const config = unit.functions.get(row.function_id);
    const slot = config && throttleOf(config, row.events[0]);
    if (slot) throttled.push({ id: row.id, slot });
    else enqueueWork(unit, { runId: row.id, stepId: null, lane: toLane(row), priority: priorities.start });
  }
  if (throttled.length > 0) {
    await unit.query(
      `update jobs.run set throttle_key = given.key from unnest($1::text[], $2::text[]) as given (id, key) where run.id = given.id`,
      [throttled.map((entry) => entry.id), throttled.map((entry) => entry.slot.key)],
    );
    await joinThrottles(
      unit,
      throttled.map((entry) => entry.slot),
    );
  }
  return rows.length;
}
