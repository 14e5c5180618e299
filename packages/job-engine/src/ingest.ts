import type { EngineContext } from "./context";
import { dispatchEvents } from "./dispatch-events";
import { type IncomingEvent, parseEvents } from "./event";
import { inTransaction } from "./transaction";
import type { UnitOfWork } from "./unit-of-work";

/**
 * Takes events in, each id once: stores them and starts, cancels and resumes what they concern, in one transaction.
 *
 * @param body One event or an array of them, as the SDK posts it.
 * @param seed Distinguishes one send from another; a resent one has the same.
 * @returns The ids of the stored events, in order; an event that was known keeps its first id.
 * @throws InvalidEventError when an event is not acceptable; then none was taken.
 */
export async function ingestEvents(engine: EngineContext, body: unknown, seed: string | null): Promise<string[]> {
  const incoming = parseEvents(body, seed);
  if (incoming.length === 0) return [];
  engine.counters.eventsReceived += incoming.length;
  return inTransaction(engine, async (unit) => {
    const { rows } = await unit.query<{ id: string }>(
      `insert into jobs.event (id, dedupe_id, name, body)
       select id, dedupe_id, name, body::json from unnest($1::text[], $2::text[], $3::text[], $4::text[])
         as event (id, dedupe_id, name, body)
       on conflict (dedupe_id) do nothing returning id`,
      [
        incoming.map((entry) => entry.internalId),
        incoming.map((entry) => entry.dedupeId),
        incoming.map((entry) => entry.event.name),
        incoming.map((entry) => JSON.stringify(entry.event)),
      ],
    );
    const stored = new Set(rows.map((row) => row.id));
    await dispatchEvents(
      unit,
      incoming.filter((entry) => stored.has(entry.internalId)).map((entry) => entry.event),
    );
    return stored.size === incoming.length ? [...stored] : findIds(unit, incoming);
  });
}

async function findIds(unit: UnitOfWork, incoming: IncomingEvent[]): Promise<string[]> {
  const { rows } = await unit.query<{ id: string; dedupe_id: string }>(
    "select id, dedupe_id from jobs.event where dedupe_id = any($1)",
    [incoming.map((entry) => entry.dedupeId)],
  );
  const ids = new Map(rows.map((row) => [row.dedupe_id, row.id]));
  return incoming.map((entry) => ids.get(entry.dedupeId) ?? entry.internalId);
}
