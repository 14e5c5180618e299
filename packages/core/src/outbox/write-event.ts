import type { EventData, EventName } from "@hustings/contracts/events";
import type { Db } from "@hustings/db/client";
import { newId } from "@hustings/db/ids";

/** Postgres channel on which the worker's dispatcher is woken. */
export const OUTBOX_CHANNEL = "hustings_outbox";

/**
 * Asks for a job: the event is a row in the caller's transaction, sent after commit by the worker's dispatcher with
 * the row's id as the event's id, so that a crash in between loses nothing and a second sending starts nothing.
 */
export async function writeEvent<N extends EventName>(db: Db, name: N, data: EventData<N>): Promise<void> {
  await db.outboxEvent.create({ data: { id: newId(), name, data } });
  await wakeDispatcher(db);
}

/** The same for several, in one statement. */
export async function writeEvents<N extends EventName>(db: Db, name: N, all: readonly EventData<N>[]): Promise<void> {
  if (all.length === 0) return;
  await db.outboxEvent.createMany({ data: all.map((data) => ({ id: newId(), name, data })) });
  await wakeDispatcher(db);
}

/**
 * The same for a job that looks for its work itself: an event of this name that waits already is enough. What slips
 * between the two is found by the job's sweep.
 */
export async function writeEventUnlessWaiting<N extends EventName>(db: Db, name: N, data: EventData<N>): Promise<void> {
  const written = await db.$executeRaw`
    insert into outbox_events (id, name, data)
    select ${newId()}::uuid, ${name}, ${JSON.stringify(data)}::jsonb
    where not exists (select 1 from outbox_events where name = ${name} and sent_at is null)`;
  if (written > 0) await wakeDispatcher(db);
}

const wakeDispatcher = (db: Db) => db.$executeRaw`select pg_notify(${OUTBOX_CHANNEL}, '')`;
