import { readFileSync } from "node:fs";
import path from "node:path";
import { ensureDatabase, startEmbeddedPostgres } from "@hustings/db/embedded";
import { applyMigrations, readMigrations } from "@hustings/db/migrate";
import pg from "pg";
import { root } from "./settings";
import { UserError } from "./user-error";

export type RunningDatabase = { url: string; isEmbedded: boolean; exited: Promise<void>; stop: () => Promise<void> };

/** What the SQL needs: FILE_COPY clones in tests, NULLS NOT DISTINCT in unique indexes. */
const OLDEST_VERSION = 15;

/** Starts the embedded Postgres, or makes sure of the one that DATABASE_URL names. */
export async function openDatabase(databaseUrl: string | undefined, dataDirectory: string): Promise<RunningDatabase> {
  if (databaseUrl) {
    await assertServer(databaseUrl);
    return { url: databaseUrl, isEmbedded: false, exited: new Promise(() => undefined), stop: async () => undefined };
  }
  const server = await startEmbeddedPostgres({ directory: dataDirectory });
  return { url: await ensureDatabase(server, "hustings"), isEmbedded: true, exited: server.exited, stop: server.stop };
}

/** Characters of the log in which the reason stands. */
const LAST_WORDS = 2_000;

/** Why the embedded Postgres ended by itself. */
export function explainDatabaseEnd(dataDirectory: string): string {
  const log = path.join(dataDirectory, "postgres.log");
  return readFileSync(log, "utf8").slice(-LAST_WORDS).includes("No space left on device")
    ? `No space is left on the disk that holds ${dataDirectory}, so the embedded Postgres has ended: make room and start again. What was under way goes on then.`
    : `The embedded Postgres has ended; ${log} says why.`;
}

/** Applies the migrations that a database lacks. */
export const migrate = (url: string): Promise<string[]> =>
  applyMigrations(url, readMigrations(path.join(root, "prisma/migrations")));

/** Whether nobody has used the (migrated) database yet. */
export async function isEmptyDatabase(url: string): Promise<boolean> {
  return withClient(url, async (client) => (await client.query("select 1 from workspaces limit 1")).rowCount === 0);
}

async function assertServer(url: string): Promise<void> {
  const { hostname, port, pathname } = new URL(url);
  const where = `${hostname}:${port || 5432}`;
  try {
    const version = await withClient(url, async (client) =>
      Number((await client.query("show server_version_num")).rows[0].server_version_num),
    );
    if (version < OLDEST_VERSION * 10_000)
      throw new UserError(
        `DATABASE_URL names a Postgres of version ${Math.floor(version / 10_000)}; Hustings needs ${OLDEST_VERSION} or later.`,
      );
  } catch (error) {
    if (error instanceof UserError) throw error;
    throw new UserError(explain(error, where, decodeURIComponent(pathname.slice(1))));
  }
}

function explain(error: unknown, where: string, database: string): string {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === "3D000") return `The server of DATABASE_URL, ${where}, has no database "${database}": create it.`;
  if (code === "28P01" || code === "28000")
    return `The server of DATABASE_URL, ${where}, refuses the user or the password.`;
  if (code === "ENOTFOUND" || code === "EAI_AGAIN") return `The host of DATABASE_URL, ${where}, is not known.`;
  if (code === "ECONNREFUSED") return `Nobody answers at ${where}, where DATABASE_URL says that Postgres is.`;
  return `The Postgres of DATABASE_URL, ${where}, cannot be used: ${message || code}.`;
}

async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
