import type { EngineEvent } from "./event";
import { evaluateKey } from "./expressions";
import type { FunctionConfig } from "./function-config";
import { type RunDraft, startRuns } from "./runs";
import type { UnitOfWork } from "./unit-of-work";

/** One set of events that gathers for a run (`batchEvents`). */
export interface BatchSlot {
  config: FunctionConfig;
  key: string;
}

/** Puts events to the batches of their functions and starts the runs of those that are full. */
export async function addToBatches(
  unit: UnitOfWork,
  entries: readonly { config: FunctionConfig; event: EngineEvent }[],
): Promise<void> {
  if (entries.length === 0) return;
  const keyed = entries.map(({ config, event }) => ({
    config,
    event,
    key: evaluateKey(config.batch?.key ?? null, event),
  }));
  const slots = new Map(keyed.map(({ config, key }) => [JSON.stringify([config.id, key]), { config, key }]));
  const names = [...slots.keys()].sort();
  const ordered = names.flatMap((name) => slots.get(name) ?? []);
  // The row of the batch is its lock, taken in one order by everybody; its timer runs from the first event.
  await unit.query(
    `insert into jobs.batch (function_id, key, due_at)
     select function_id, key, now() + timeout_ms * interval '1 millisecond'
     from unnest($1::text[], $2::text[], $3::float8[]) with ordinality as slot (function_id, key, timeout_ms, no) order by no
     on conflict (function_id, key) do update set due_at = batch.due_at`,
    [
      ordered.map((slot) => slot.config.id),
      ordered.map((slot) => slot.key),
      ordered.map((slot) => slot.config.batch?.timeoutMs ?? 0),
    ],
  );
  await unit.query(
    `insert into jobs.batch_event (function_id, key, event)
     select function_id, key, event::json from unnest($1::text[], $2::text[], $3::text[])
       with ordinality as entry (function_id, key, event, no) order by no`,
    [
      keyed.map((entry) => entry.config.id),
      keyed.map((entry) => entry.key),
      keyed.map((entry) => JSON.stringify(entry.event)),
    ],
  );
  for (const slot of ordered) await flushBatch(unit, slot, "full");
}

/** Takes whole batches out of a slot, and, when its time is up, what is left. The caller holds the slot's row. */
export async function flushBatch(unit: UnitOfWork, { config, key }: BatchSlot, reason: "full" | "due"): Promise<void> {
  const maxSize = config.batch?.maxSize ?? 1;
  const { rows } = await unit.query<{ event: EngineEvent }>(
    `with pending as (
       select seq, row_number() over (order by seq) as no, count(*) over () as total
         from jobs.batch_event where function_id = $1 and key = $2),
     taken as (
       delete from jobs.batch_event using pending
        where batch_event.seq = pending.seq and ($3 or pending.no <= pending.total / $4 * $4)
        returning batch_event.seq, event)
     select event from taken order by seq`,
    [config.id, key, reason === "due", maxSize],
  );
  const drafts: RunDraft[] = [];
  for (let start = 0; start < rows.length; start += maxSize) {
    const [first, ...rest] = rows.slice(start, start + maxSize).map((row) => row.event);
    if (first) drafts.push({ config, events: [first, ...rest], idempotencyKey: null, parent: null });
  }
  if (drafts.length === 0 && reason === "full") return;
  await startRuns(unit, drafts);
  // What stays behind a full batch has its whole time before it; an empty slot is removed.
  await unit.query(
    `with rest as (select exists (select from jobs.batch_event where function_id = $1 and key = $2) as any_left),
     kept as (update jobs.batch set due_at = now() + $3 * interval '1 millisecond' from rest
               where function_id = $1 and key = $2 and rest.any_left)
     delete from jobs.batch using rest where function_id = $1 and key = $2 and not rest.any_left`,
    [config.id, key, config.batch?.timeoutMs ?? 0],
  );
}
