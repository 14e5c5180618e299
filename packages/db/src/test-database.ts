import { createHash } from "node:crypto";
import { fileURLToPath } from "node:url";
import { Client } from "pg";
import { createDatabase, type Database } from "./client";
import { newId } from "./ids";
import { applyMigrations, readMigrations } from "./migrate";
import { readTestServerUrl } from "./env";

/** A database of one test file: a clone of the migrated template. */
export type TestDatabase = Database & { url: string; drop: () => Promise<void> };

const MIGRATIONS = fileURLToPath(new URL("../../../prisma/migrations", import.meta.url));
/** Held while the template is made: several test files start at once. */
const TEMPLATE_LOCK = 72_707_370;

/** Clones the template (about 50 ms) and opens it. Drop it when the tests have ended. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const server = readTestServerUrl();
  const name = `test_${newId().replaceAll("-", "")}`;
  await withServer(server, async (client) => {
    const template = await makeTemplate(client, server);
    await client.query(`create database ${name} template ${template} strategy file_copy`);
  });
  const url = databaseUrl(server, name);
  const database = createDatabase(url, { maxConnections: 8, applicationName: "test" });
  return {
    ...database,
    url,
    drop: async () => {
      await database.close();
      await withServer(server, (client) => client.query(`drop database if exists ${name} with (force)`));
    },
  };
}

/** One template per state of the migrations, so that a changed file makes a new one. */
async function makeTemplate(client: Client, server: string): Promise<string> {
  const migrations = readMigrations(MIGRATIONS);
  const hash = createHash("sha256").update(migrations.map((migration) => migration.checksum).join());
  const name = `template_${hash.digest("hex").slice(0, 16)}`;
  await client.query("select pg_advisory_lock($1)", [TEMPLATE_LOCK]);
  const { rows } = await client.query("select 1 from pg_database where datname = $1 and datistemplate", [name]);
  if (rows.length === 0) {
    await client.query(`drop database if exists ${name} with (force)`);
    await client.query(`create database ${name}`);
    await applyMigrations(databaseUrl(server, name), migrations);
    await client.query(`alter database ${name} with is_template true`);
  }
  await client.query("select pg_advisory_unlock($1)", [TEMPLATE_LOCK]);
  return name;
}

async function withServer<T>(server: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: server });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

function databaseUrl(server: string, name: string): string {
  const url = new URL(server);
  url.pathname = `/${name}`;
  return url.href;
}
