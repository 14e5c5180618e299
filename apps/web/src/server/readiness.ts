import type { Pool } from "pg";

export type Check = "ok" | "failed";
export type Readiness = { checks: { database: Check; migrations: Check; jobs: Check }; problems: string[] };

/** A worker says every few seconds that it lives. */
const HEARTBEAT_MAX_AGE_S = 30;
const TIMEOUT_MS = 2_000;

/** Whether what the product needs is there: the database, its migrations, a worker. Never throws, never waits long. */
export async function checkReadiness(
  pool: Pool,
  listPendingMigrations: () => Promise<readonly string[]>,
): Promise<Readiness> {
  const database = await probe("database", async () => {
    await pool.query("select 1");
    return null;
  });
  if (database) return { checks: { database: "failed", migrations: "failed", jobs: "failed" }, problems: [database] };
  const [migrations, jobs] = await Promise.all([
    probe("migrations", async () => {
      const pending = await listPendingMigrations();
      return pending.length > 0 ? `not applied: ${pending.join(", ")}` : null;
    }),
    probe("jobs", async () => {
      const { rows } = await pool.query<{ alive: boolean }>(
        "select exists (select from worker_heartbeats where seen_at > now() - make_interval(secs => $1)) as alive",
        [HEARTBEAT_MAX_AGE_S],
      );
      return rows[0]?.alive ? null : `no worker has been seen for ${HEARTBEAT_MAX_AGE_S} s`;
    }),
  ]);
  return {
    checks: { database: "ok", migrations: migrations ? "failed" : "ok", jobs: jobs ? "failed" : "ok" },
    problems: [migrations, jobs].filter((problem) => problem !== null),
  };
}

/** Runs one check; what it throws is its problem, without words about the inside. */
async function probe(name: string, check: () => Promise<string | null>): Promise<string | null> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<string>((resolve) => {
    timer = setTimeout(() => resolve(`no answer within ${TIMEOUT_MS / 1000} s`), TIMEOUT_MS);
  });
  const problem = await Promise.race([check().catch(() => "does not answer"), timeout]).finally(() =>
    clearTimeout(timer),
  );
  return problem && `${name}: ${problem}`;
}
