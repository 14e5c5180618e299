import type { Logger } from "@hustings/logger/logger";
import type { Pool } from "pg";

const BEAT_MS = 5_000;
/** Rows of workers that are gone; readiness looks 30 s back. */
const FORGET_AFTER = "1 hour";

/** Says every five seconds that this worker lives. */
export function startHeartbeat(pool: Pool, name: string, logger: Logger): { stop: () => Promise<void> } {
  const startedAt = new Date();
  const beat = () =>
    pool
      .query(
        `insert into worker_heartbeats (name, started_at, seen_at) values ($1, $2, now())
         on conflict (name) do update set seen_at = now()`,
        [name, startedAt],
      )
      .catch((error: unknown) => logger.warn({ err: error }, "no heartbeat: the database is away"));
  const timer = setInterval(beat, BEAT_MS);
  const first = beat()
    .then(() => pool.query(`delete from worker_heartbeats where seen_at < now() - interval '${FORGET_AFTER}'`))
    .catch(() => undefined);
  return {
    stop: async () => {
      clearInterval(timer);
      await first;
      await pool.query("delete from worker_heartbeats where name = $1", [name]);
    },
  };
}
