import type { EngineContext } from "./context";
import { idempotencyHoldMs } from "./limits";
import type { Queryable } from "./unit-of-work";

/** How long what is over is kept, in milliseconds. */
export interface Retention {
  /** Completed and cancelled runs with their steps. */
  finishedMs: number;
  failedMs: number;
  /** Events, and with them the ids that are known already; never less than a day. */
  eventsMs: number;
}

const dayMs = 24 * 60 * 60 * 1000;

/** A week for what went well, a month for failures. */
export const defaultRetention: Retention = { finishedMs: 7 * dayMs, failedMs: 30 * dayMs, eventsMs: 7 * dayMs };

const intervalMs = 60 * 60 * 1000;
const pageSize = 2000;

/** Prunes every hour; returns how to stop, which waits for a page under way. */
export function startPruning(engine: EngineContext, retention: Retention): () => Promise<void> {
  let current = Promise.resolve();
  let stopped = false;
  const prune = () => {
    current = pruneOnce(engine.pool, retention, () => stopped).then(
      () => undefined,
      (error: unknown) =>
        engine.logger.error({ err: error }, "old job runs could not be pruned; trying again in an hour"),
    );
  };
  const timer = setInterval(prune, intervalMs);
  prune();
  return () => {
    stopped = true;
    clearInterval(timer);
    return current;
  };
}

/**
 * Deletes, in pages, runs and events that are older than `retention` keeps them, and frees idempotency keys after a
 * day. Live runs are never touched.
 *
 * @returns How many runs and events were deleted.
 */
export async function pruneOnce(
  db: Queryable,
  retention: Retention,
  isStopped: () => boolean = () => false,
): Promise<number> {
  await db.query(
    `update jobs.run set idempotency_key = null
      where idempotency_key is not null and ended_at is not null and created_at < now() - $1 * interval '1 millisecond'`,
    [idempotencyHoldMs],
  );
  let deleted = 0;
  const statements: [string, unknown[]][] = [
    [
      `delete from jobs.run where id in (select id from jobs.run where ended_at < now() - (case when status = 'failed' then $2::float8
         else $1::float8 end) * interval '1 millisecond' and ended_at < now() - least($1::float8, $2::float8) * interval '1 millisecond'
         limit ${pageSize})`,
      [retention.finishedMs, retention.failedMs],
    ],
    [
      `delete from jobs.event where id in (select id from jobs.event where received_at < now() - $1::float8 * interval '1 millisecond' limit ${pageSize})`,
      [Math.max(retention.eventsMs, dayMs)],
    ],
  ];
  for (const [statement, parameters] of statements) {
    for (let count = pageSize; count === pageSize && !isStopped(); ) {
      count = (await db.query(statement, parameters)).rowCount ?? 0;
      deleted += count;
    }
  }
  return deleted;
}
