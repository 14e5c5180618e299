import { createDatabase, type Database } from "@hustings/db/client";
import { listPendingMigrations, type Migration, MigrationError } from "@hustings/db/migrate";
import { toSentence } from "../cli-error";
import type { CliEnv } from "../env";
import { type Finding, note, right, wrong } from "./finding";

const MIN_VERSION = 15;
/** As readiness has it: a worker says every few seconds that it lives. */
const HEARTBEAT_MAX_AGE_S = 30;
/** The dispatcher sends an event within a second or two. */
const OUTBOX_MAX_AGE_S = 60;

/** The database and what can be read there: migrations, first admin, jobs. */
export async function checkDatabase(env: CliEnv, migrations: readonly Migration[]): Promise<Finding[]> {
  if (!env.DATABASE_URL)
    return [
      wrong("database", "there is none", "Start Hustings (npm start), which brings one along, or set DATABASE_URL."),
    ];
  const database = createDatabase(env.DATABASE_URL, {
    maxConnections: 2,
    statementTimeoutMs: 10_000,
    applicationName: "hustings-doctor",
  });
  try {
    const server = await checkServer(database);
    const history = await checkMigrations(env.DATABASE_URL, migrations);
    if (history.state === "wrong") return [server, history];
    return [
      server,
      history,
      await checkPeople(database),
      await checkWorker(database, env.JOBS_ENGINE),
      await checkOutbox(database),
    ];
  } catch (error) {
    return [
      wrong("database", toSentence(error), "Check that the server runs, and user, password and name in DATABASE_URL."),
    ];
  } finally {
    await database.close();
  }
}

async function checkServer({ pool }: Database): Promise<Finding> {
  const startedMs = performance.now();
  const { rows } = await pool.query<{ version: string; number: number; encoding: string }>(
    `select current_setting('server_version') as version, current_setting('server_version_num')::int / 10000 as number,
       current_setting('server_encoding') as encoding`,
  );
  const [row] = rows;
  const tookMs = Math.round(performance.now() - startedMs);
  if (!row || row.number < MIN_VERSION)
    return wrong("database", `Postgres ${row?.version} is too old`, `Use Postgres ${MIN_VERSION} or later.`);
  if (row.encoding !== "UTF8")
    return wrong("database", `its encoding is ${row.encoding}`, "Make the database with the encoding UTF8.");
  return right("database", `Postgres ${row.version}, answered in ${tookMs} ms`);
}

async function checkMigrations(url: string, migrations: readonly Migration[]): Promise<Finding> {
  try {
    const pending = await listPendingMigrations(url, migrations);
    if (pending.length === 0) return right("migrations", `all ${migrations.length} applied`);
    return wrong("migrations", `not applied: ${pending.join(", ")}`, "Start Hustings again: it applies them first.");
  } catch (error) {
    if (error instanceof MigrationError)
      return wrong("migrations", error.message, "See docs/runbooks, or restore a backup.");
    throw error;
  }
}

async function checkPeople({ prisma }: Database): Promise<Finding> {
  const [admins, globalWorkspaces] = await Promise.all([
    prisma.user.count({ where: { role: "admin", isActive: true } }),
    prisma.workspace.count({ where: { isGlobal: true } }),
  ]);
  if (globalWorkspaces === 0)
    return wrong("set-up", "there is no global workspace", 'Run "npm run hustings -- setup".');
  if (admins === 0)
    return wrong("set-up", "there is no active global admin", 'Run "npm run hustings -- users add EMAIL --admin".');
  return right("set-up", `global workspace, ${admins} active global admin${admins === 1 ? "" : "s"}`);
}

async function checkWorker({ pool }: Database, engine: CliEnv["JOBS_ENGINE"]): Promise<Finding> {
  const { rows } = await pool.query<{ alive: number; age: number | null }>(
    `select count(*) filter (where seen_at > now() - make_interval(secs => $1))::int as alive,
       extract(epoch from now() - max(seen_at))::int as age from worker_heartbeats`,
    [HEARTBEAT_MAX_AGE_S],
  );
  const { alive = 0, age = null } = rows[0] ?? {};
  if (alive > 0) return right("jobs", `${alive} worker${alive === 1 ? "" : "s"} at work, engine ${engine}`);
  const seen = age === null ? "no worker has ever been seen" : `no worker has been seen for ${age} s`;
  return wrong(
    "jobs",
    seen,
    "Start Hustings (npm start or npm run serve); if it runs, its log says why the worker does not.",
  );
}

async function checkOutbox({ pool }: Database): Promise<Finding> {
  const { rows } = await pool.query<{ waiting: number; late: number }>(
    `select count(*)::int as waiting, count(*) filter (where created_at < now() - make_interval(secs => $1))::int as late
     from outbox_events where sent_at is null`,
    [OUTBOX_MAX_AGE_S],
  );
  const { waiting = 0, late = 0 } = rows[0] ?? {};
  if (late > 0)
    return wrong("outbox", `${late} requests for jobs have waited for more than a minute`, "See the worker's log.");
  return waiting > 0 ? note("outbox", `${waiting} requests for jobs are about to be sent`) : right("outbox", "empty");
}
