import type { EngineEvent } from "./event";
import { evaluateKey } from "./expressions";
import type { FunctionConfig } from "./function-config";
import { draftOf, startRuns } from "./runs";
import type { UnitOfWork } from "./unit-of-work";

/**
 * Keeps events back until none of their key has come for the period (`debounce`). Of each key the event of the latest
 * time stays; one that is older changes nothing.
 */
export async function addToDebounces(
  unit: UnitOfWork,
  entries: readonly { config: FunctionConfig; event: EngineEvent }[],
): Promise<void> {
  if (entries.length === 0) return;
  const latest = new Map<string, { config: FunctionConfig; event: EngineEvent; key: string }>();
  for (const { config, event } of entries) {
    const key = evaluateKey(config.debounce?.key ?? null, event);
    const name = JSON.stringify([config.id, key]);
    if ((latest.get(name)?.event.ts ?? Number.NEGATIVE_INFINITY) <= event.ts) latest.set(name, { config, event, key });
  }
  const ordered = [...latest.keys()].sort().flatMap((name) => latest.get(name) ?? []);
  // `least` passes over the null of a debounce that may be put off for ever.
  await unit.query(
    `insert into jobs.debounce (function_id, key, event, event_ts, due_at, latest_at)
     select function_id, key, event::json, ts, now() + least(period_ms, timeout_ms) * interval '1 millisecond',
       now() + timeout_ms * interval '1 millisecond'
     from unnest($1::text[], $2::text[], $3::text[], $4::float8[], $5::float8[], $6::float8[])
       with ordinality as entry (function_id, key, event, ts, period_ms, timeout_ms, no) order by no
     on conflict (function_id, key) do update
       set event = excluded.event, event_ts = excluded.event_ts, due_at = least(excluded.due_at, debounce.latest_at)
     where debounce.event_ts <= excluded.event_ts`,
    [
      ordered.map((entry) => entry.config.id),
      ordered.map((entry) => entry.key),
      ordered.map((entry) => JSON.stringify(entry.event)),
      ordered.map((entry) => entry.event.ts),
      ordered.map((entry) => entry.config.debounce?.periodMs ?? 0),
      ordered.map((entry) => entry.config.debounce?.timeoutMs ?? null),
    ],
  );
}

/**
 * Starts the runs of events that were kept back for long enough, at most `limit`. Those of functions that are not served
 * wait until they are again.
 *
 * @returns How many events were taken.
 */
export async function startDebounced(unit: UnitOfWork, limit: number): Promise<number> {
  const { rows } = await unit.query<{ function_id: string; event: EngineEvent }>(
    `delete from jobs.debounce where (function_id, key) in (
       select function_id, key from jobs.debounce where due_at <= now() and function_id = any($1)
        order by due_at limit $2 for update skip locked)
     returning function_id, event`,
    [unit.functions.all().map((config) => config.id), limit],
  );
  await startRuns(
    unit,
    rows.flatMap((row) => {
      const config = unit.functions.get(row.function_id);
      return config ? [draftOf(config, row.event)] : [];
    }),
  );
  return rows.length;
}
