import { setTimeout as sleep } from "node:timers/promises";
import { type EventName, events } from "@hustings/contracts/events";
import { OUTBOX_CHANNEL } from "@hustings/core/outbox/write-event";
import type { Logger } from "@hustings/logger/logger";
import { Client, type Pool } from "pg";
import { inngest } from "./client";

/** Events sent at a time; Inngest takes 5,000 a call. */
const BATCH_SIZE = 500;
/** How long a notification may have been missed (a lost connection) before the rows are looked for anyway. */
const SWEEP_MS = 2_000;
/** Sent rows are kept for whoever asks what was sent when. */
const KEEP_DAYS = 7;

type OutboxRow = { id: string; name: EventName; data: unknown };

/**
 * Sends the outbox until it is stopped: woken by NOTIFY, else every two seconds. A row is marked as sent after it was
 * taken, in the same transaction that locked it; a crash in between sends it again under the same event id, which the
 * receiver drops. Several dispatchers share the work.
 *
 * @param url a direct connection, since LISTEN does not pass a pooler.
 */
export function startOutbox(url: string, pool: Pool, logger: Logger): { stop: () => Promise<void> } {
  const stopping = new AbortController();
  let wake = new AbortController();
  const wakeUp = () => wake.abort();
  const listener = listen(url, wakeUp, stopping.signal, logger);
  stopping.signal.addEventListener("abort", wakeUp);

  const loop = async () => {
    while (!stopping.signal.aborted) {
      wake = new AbortController();
      try {
        if ((await dispatchBatch(pool)) === BATCH_SIZE) continue;
      } catch (error) {
        logger.warn({ err: error }, "the outbox could not be sent; trying again");
      }
      if (stopping.signal.aborted) return;
      await sleep(SWEEP_MS, undefined, { signal: wake.signal }).catch(() => undefined);
    }
  };
  const done = loop();
  return {
    stop: async () => {
      stopping.abort();
      await Promise.all([done, listener]);
    },
  };
}

/** Sends the oldest unsent rows. @returns how many. */
export async function dispatchBatch(pool: Pool): Promise<number> {
  const client = await pool.connect();
  try {
    await client.query("begin");
    const { rows } = await client.query<OutboxRow>(
      "select id, name, data from outbox_events where sent_at is null order by id limit $1 for update skip locked",
      [BATCH_SIZE],
    );
    if (rows.length > 0) {
      await inngest.send(rows.map(({ id, name, data }) => ({ id, name, data: events[name].parse(data) })));
      const ids = rows.map((row) => row.id);
      await client.query("update outbox_events set sent_at = now() where id = any($1::uuid[])", [ids]);
    }
    await client.query("commit");
    return rows.length;
  } catch (error) {
    await client.query("rollback");
    throw error;
  } finally {
    client.release();
  }
}

/** Removes rows that were sent long ago. @returns how many. */
export async function pruneOutbox(pool: Pool): Promise<number> {
  const { rowCount } = await pool.query("delete from outbox_events where sent_at < now() - make_interval(days => $1)", [
    KEEP_DAYS,
  ]);
  return rowCount ?? 0;
}

/** Keeps one connection listening, and makes a new one when it breaks. */
async function listen(url: string, onNotify: () => void, stopped: AbortSignal, logger: Logger): Promise<void> {
  while (!stopped.aborted) {
    const client = new Client({ connectionString: url, application_name: "hustings-outbox" });
    try {
      const broken = new Promise<void>((resolve) => {
        client.on("error", () => resolve());
        client.on("end", () => resolve());
        stopped.addEventListener("abort", () => resolve(), { once: true });
      });
      await client.connect();
      client.on("notification", onNotify);
      await client.query(`listen ${OUTBOX_CHANNEL}`);
      onNotify();
      await broken;
    } catch (error) {
      logger.warn({ err: error }, "the outbox cannot listen; it looks every two seconds meanwhile");
    }
    await client.end().catch(() => undefined);
    if (!stopped.aborted) await sleep(SWEEP_MS);
  }
}
