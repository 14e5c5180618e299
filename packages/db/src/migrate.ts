import { createHash, randomUUID } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Client } from "pg";

/** One committed file of `prisma/migrations`. */
export type Migration = { name: string; sql: string; checksum: string };

/** The advisory lock of `prisma migrate`, so that only one migrates at a time, whoever it is. */
const MIGRATION_LOCK = 72_707_369;

/** The table of `prisma migrate`, so that the real tool can take over. */
const CREATE_TABLE = `
  create table if not exists _prisma_migrations (
    id varchar(36) primary key,
    checksum varchar(64) not null,
    finished_at timestamptz,
    migration_name varchar(255) not null,
    logs text,
    rolled_back_at timestamptz,
    started_at timestamptz not null default now(),
    applied_steps_count integer not null default 0)`;

/** A history that does not fit the files. The message says what to do. */
export class MigrationError extends Error {
  override readonly name = "MigrationError";
}

/** Reads the migrations of a directory in their order. */
export function readMigrations(directory: string): Migration[] {
  return readdirSync(directory, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort()
    .map((name) => {
      const sql = readFileSync(join(directory, name, "migration.sql"), "utf8");
      return { name, sql, checksum: createHash("sha256").update(sql).digest("hex") };
    });
}

/**
 * Applies what is missing, each file in a transaction of its own, under a lock that a second migrator waits for.
 *
 * @returns the names that were applied.
 * @throws MigrationError when an applied file was changed since, one failed, also in another tool's hands, or the
 * database is of a later version.
 */
export async function applyMigrations(url: string, migrations: readonly Migration[]): Promise<string[]> {
  return withLock(url, async (client) => {
    await client.query(CREATE_TABLE);
    await assertKnown(client, migrations);
    const missing = await findMissing(client, migrations);
    for (const migration of missing) await applyOne(client, migration);
    return missing.map((migration) => migration.name);
  });
}

/** Names of the migrations that a database lacks; all of them on an empty one. */
export async function listPendingMigrations(url: string, migrations: readonly Migration[]): Promise<string[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query("select to_regclass('_prisma_migrations') is not null as exists");
    if (!rows[0].exists) return migrations.map((migration) => migration.name);
    return (await findMissing(client, migrations)).map((migration) => migration.name);
  } finally {
    await client.end();
  }
}

/** A newer version's tables would not fit our queries. */
async function assertKnown(client: Client, migrations: readonly Migration[]): Promise<void> {
  const { rows } = await client.query<HistoryRow>(
    "select * from _prisma_migrations where rolled_back_at is null and migration_name <> all ($1) order by migration_name limit 1",
    [migrations.map((migration) => migration.name)],
  );
  const unknown = rows[0];
  if (unknown)
    throw new MigrationError(
      `The database has the migration ${unknown.migration_name}, which this version does not know: it was made by a later one. Use that, or another database.`,
    );
}

async function withLock<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url });
  // A connection that breaks between two queries; the next query says so.
  client.on("error", () => undefined);
  await client.connect();
  try {
    await client.query("select pg_advisory_lock($1)", [MIGRATION_LOCK]);
    return await work(client);
  } finally {
    await client.end();
  }
}

type HistoryRow = { migration_name: string; checksum: string; finished_at: Date | null; rolled_back_at: Date | null };

async function findMissing(client: Client, migrations: readonly Migration[]): Promise<Migration[]> {
  const { rows } = await client.query<HistoryRow>("select * from _prisma_migrations where rolled_back_at is null");
  const applied = new Map(rows.map((row) => [row.migration_name, row]));
  return migrations.filter((migration) => {
    const row = applied.get(migration.name);
    if (!row) return true;
    if (!row.finished_at)
      throw new MigrationError(
        `The migration ${migration.name} was begun by another tool and did not finish; see prisma migrate resolve.`,
      );
    if (row.checksum !== migration.checksum)
      throw new MigrationError(
        `The migration ${migration.name} was changed after it had been applied; restore the file.`,
      );
    return false;
  });
}

async function applyOne(client: Client, { name, sql, checksum }: Migration): Promise<void> {
  try {
    await client.query("begin");
    await client.query(sql);
    await client.query(
      `insert into _prisma_migrations (id, checksum, migration_name, finished_at, applied_steps_count)
       values ($1, $2, $3, now(), 1)`,
      [randomUUID(), checksum, name],
    );
    await client.query("commit");
  } catch (error) {
    // A connection that broke has rolled back by itself; the first error is the one that matters.
    await client.query("rollback").catch(() => undefined);
    throw new MigrationError(
      `The migration ${name} failed and was rolled back: ${error instanceof Error ? error.message : error}`,
      {
        cause: error,
      },
    );
  }
}
