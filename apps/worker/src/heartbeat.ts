import type { Logger } from "@hustings/logger/logger";
import type { ScriptService } from "@hustings/script-runner/service";
import type { Pool } from "pg";

const BEAT_MS = 5_000;
/** Rows of workers that are gone; readiness looks 30 s back. */
const FORGET_AFTER = "1 hour";

/** Says every five seconds that this worker lives; `tellOfScripts` also what it has found out about running scripts. */
export function startHeartbeat(pool: Pool, name: string, logger: Logger) {
  const startedAt = new Date();
  let scripts: ScriptService | null = null;
  const beat = () =>
    pool
      .query(
        `insert into worker_heartbeats (name, started_at, seen_at, scripts) values ($1, $2, now(), $3)
         on conflict (name) do update set seen_at = now(), scripts = excluded.scripts`,
        [name, startedAt, scripts && JSON.stringify(scripts)],
      )
      .catch((error: unknown) => logger.warn({ err: error }, "no heartbeat: the database is away"));
  const timer = setInterval(beat, BEAT_MS);
  const first = beat()
    .then(() => pool.query(`delete from worker_heartbeats where seen_at < now() - interval '${FORGET_AFTER}'`))
    .catch(() => undefined);
  return {
    tellOfScripts: (service: ScriptService) => {
      scripts = service;
      return beat();
    },
    stop: async () => {
      clearInterval(timer);
      await first;
      await pool.query("delete from worker_heartbeats where name = $1", [name]);
    },
  };
}
