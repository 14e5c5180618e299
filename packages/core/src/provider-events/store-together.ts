import { type Db, isDataFailure } from "@hustings/db/client";
import { writeEventUnlessWaiting } from "../outbox/write-event";
import { type SignedEvent, storeProviderEvents } from "./store-provider-events";

type Waiting = { event: SignedEvent; resolve: () => void; reject: (error: unknown) => void };

/** Deliveries that wait for the statement that is under way, by the database that they go to. */
const lines = new WeakMap<Db, Waiting[]>();

/** As many as one statement takes. */
const MOST = 500;

/**
 * Stores a delivery and asks for the job that applies it. Those that arrive while others are being stored go together
 * in the next statement: a storm takes one connection and waits for the disk once for many, and a single one waits for
 * nobody. The job is asked for after they are stored; should that be lost, its next minute finds them.
 *
 * @throws whatever storing it threw. What another is refused for is not its own.
 */
export function storeTogether(db: Db, event: SignedEvent): Promise<void> {
  return new Promise((resolve, reject) => {
    const waiting = { event, resolve, reject };
    const line = lines.get(db);
    if (line) {
      line.push(waiting);
      return;
    }
    const first = [waiting];
    lines.set(db, first);
    void storeLine(db, first);
  });
}

async function storeLine(db: Db, line: Waiting[]): Promise<void> {
  while (line.length > 0) await storeBatch(db, line.splice(0, MOST));
  lines.delete(db);
}

/** Never throws: each of the batch hears of its own. */
async function storeBatch(db: Db, batch: readonly Waiting[]): Promise<void> {
  try {
    await storeProviderEvents(
      db,
      batch.map(({ event }) => event),
    );
    await writeEventUnlessWaiting(db, "provider/events.received", {});
    for (const { resolve } of batch) resolve();
  } catch (error) {
    if (batch.length > 1 && isDataFailure(error)) for (const one of batch) await storeBatch(db, [one]);
    else for (const { reject } of batch) reject(error);
  }
}
