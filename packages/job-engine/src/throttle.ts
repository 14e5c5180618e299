import type { EngineEvent } from "./event";
import { evaluateKey } from "./expressions";
import type { FunctionConfig } from "./function-config";
import { toLane } from "./steps";
import { enqueueWork, priorities, type Queryable, type UnitOfWork } from "./unit-of-work";

/** One rate of starts (`throttle`): of a function, or of one key of it. */
export interface ThrottleSlot {
  functionId: string;
  key: string;
  emissionMs: number;
  capacity: number;
}

// Starts that a clock of one second is late with are made up for; after a longer pause the rate begins anew.
const catchUpMs = 1000;
// How many runs go on at a time whose function is not throttled any more.
const pageSize = 500;

/** The rate that a run started by `event` must keep to; null when its function does not throttle. */
export function throttleOf(config: FunctionConfig, event: EngineEvent): ThrottleSlot | null {
  if (!config.throttle) return null;
  const { emissionMs, capacity, key } = config.throttle;
  return { functionId: config.id, key: evaluateKey(key, event), emissionMs, capacity };
}

/** Lets in what the rates allow at once of the runs that were just stored; the others wait for their time. */
export async function joinThrottles(unit: UnitOfWork, slots: readonly ThrottleSlot[]): Promise<void> {
  if (slots.length === 0) return;
  const byName = new Map(slots.map((slot) => [JSON.stringify([slot.functionId, slot.key]), slot]));
  const ordered = [...byName.keys()].sort().flatMap((name) => byName.get(name) ?? []);
  // The row is the lock of its rate, taken in one order by everybody.
  await unit.query(
    `insert into jobs.throttle (function_id, key, emission_ms, capacity, free_at, due_at)
     select function_id, key, emission_ms, capacity, now(), now()
     from unnest($1::text[], $2::text[], $3::float8[], $4::int[])
       with ordinality as slot (function_id, key, emission_ms, capacity, no) order by no
     on conflict (function_id, key) do update set emission_ms = excluded.emission_ms, capacity = excluded.capacity`,
    [
      ordered.map((slot) => slot.functionId),
      ordered.map((slot) => slot.key),
      ordered.map((slot) => slot.emissionMs),
      ordered.map((slot) => slot.capacity),
    ],
  );
  for (const { functionId, key } of ordered) await letIn(unit, [functionId, key], 0);
}

/** Lets in the runs whose time has come, of one rate whose row is due; a rate that is at rest is forgotten. */
export async function letInDue(unit: UnitOfWork, functionId: string, key: string): Promise<void> {
  const { rowCount } = await unit.query(
    "select from jobs.throttle where function_id = $1 and key = $2 and due_at <= now() for update",
    [functionId, key],
  );
  if (rowCount) await letIn(unit, [functionId, key], catchUpMs);
}

/**
 * Lets in the oldest waiting runs that the rate allows, and says when to look again. `free_at` is the time at which all
 * starts made so far would be paid for at the even rate (the "theoretical arrival time" of GCRA). The caller holds the row.
 */
async function letIn(unit: UnitOfWork, slot: [functionId: string, key: string], lateMs: number): Promise<void> {
  const { rows } = await unit.query<{ emission_ms: number; capacity: number; ahead_ms: number }>(
    `select emission_ms, capacity, (extract(epoch from free_at - now()) * 1000)::float8 as ahead_ms
       from jobs.throttle where function_id = $1 and key = $2`,
    slot,
  );
  const rate = rows[0];
  if (!rate) return;
  const aheadMs = Math.max(rate.ahead_ms, -lateMs);
  const room = roomOf(rate.emission_ms, rate.capacity, aheadMs);
  const { rows: started } = await unit.query<{
    id: string;
    lane_keys: string[] | null;
    lane_limits: number[] | null;
  }>(
    `update jobs.run set throttle_key = null
      where throttle_key is not null and status = 'queued' and id in (
        select id from jobs.run where function_id = $1 and throttle_key = $2 and status = 'queued' order by id limit $3)
      returning id, lane_keys, lane_limits`,
    [...slot, room],
  );
  for (const run of started.sort((a, b) => (a.id < b.id ? -1 : 1)))
    enqueueWork(unit, { runId: run.id, stepId: null, lane: toLane(run), priority: priorities.start });
  const nowAheadMs = aheadMs + started.length * rate.emission_ms;
  // A full room may have left some waiting: they are next when one start is paid for. Nobody waits behind a room that is not full.
  if (started.length === room)
    await setDue(unit, slot, nowAheadMs, nowAheadMs - (rate.capacity - 1) * rate.emission_ms);
  else if (nowAheadMs > 0) await setDue(unit, slot, nowAheadMs, nowAheadMs);
  else await unit.query("delete from jobs.throttle where function_id = $1 and key = $2", slot);
}

/** How many starts a rate allows now, when it has allowed `aheadMs` worth of them in advance. */
export function roomOf(emissionMs: number, capacity: number, aheadMs: number): number {
  if (emissionMs === 0) return pageSize;
  // A rounding error in the last digit must not cost a start.
  return Math.max(0, Math.floor((capacity * emissionMs - aheadMs) / emissionMs + 1e-6));
}

async function setDue(unit: UnitOfWork, slot: [string, string], aheadMs: number, dueMs: number): Promise<void> {
  await unit.query(
    `update jobs.throttle set free_at = now() + $3 * interval '1 millisecond', due_at = now() + $4 * interval '1 millisecond'
      where function_id = $1 and key = $2`,
    [...slot, aheadMs, dueMs],
  );
}

/** Gives waiting runs the rates that the app declares now; those of a function that is not throttled any more go on at once. */
export async function refreshThrottles(db: Queryable, functions: FunctionConfig[]): Promise<void> {
  await db.query(
    `update jobs.throttle set emission_ms = declared.emission_ms, capacity = declared.capacity, due_at = now()
       from unnest($1::text[], $2::float8[], $3::int[]) as declared (function_id, emission_ms, capacity)
      where throttle.function_id = declared.function_id
        and (throttle.emission_ms, throttle.capacity) is distinct from (declared.emission_ms, declared.capacity)`,
    [
      functions.map((config) => config.id),
      functions.map((config) => config.throttle?.emissionMs ?? 0),
      functions.map((config) => config.throttle?.capacity ?? 1),
    ],
  );
}
