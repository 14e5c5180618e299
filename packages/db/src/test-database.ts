import { createHash } from "node:crypto";
import { fileURLToPath } from "node:url";
import { Client } from "pg";
import { createDatabase, type Database } from "./client";
import { readTestServerUrl } from "./env";
import { newId } from "./ids";
import { applyMigrations, readMigrations } from "./migrate";

/** A database of one test file: a clone of the migrated template. */
export type TestDatabase = Database & { url: string; drop: () => Promise<void> };

const MIGRATIONS = fileURLToPath(new URL("../../../prisma/migrations", import.meta.url));
/** Held while the template is made: several test files start at once. */
const TEMPLATE_LOCK = 72_707_370;

/** SQLSTATE object_in_use. */
const IN_USE = "55006";

/** What a template holds beside the migrated tables. */
export type Filling = {
  /** Changes with what is filled in. */
  version: string;
  fill: (url: string) => Promise<void>;
};

/** Clones the template (about 30 ms in memory) and opens it. Drop it when the tests have ended. */
export async function createTestDatabase(filling?: Filling): Promise<TestDatabase> {
  const server = readTestServerUrl();
  const name = `test_${newId().replaceAll("-", "")}`;
  await withServer(server, async (client) => {
    const template = await makeTemplate(client, server, filling);
    await client.query(`create database ${name} template ${template} strategy file_copy`);
  });
  const url = databaseUrl(server, name);
  const database = createDatabase(url, { maxConnections: 8, applicationName: "test" });
  return {
    ...database,
    url,
    drop: async () => {
      await database.close();
      await withServer(server, (client) => dropDatabase(client, name));
    },
  };
}

/**
 * Postgres waits five seconds for connections that end a moment after their pool was closed; ended by force meanwhile,
 * they would fail in nobody's hands. What is still there then is somebody's who was killed.
 */
async function dropDatabase(client: Client, name: string): Promise<void> {
  try {
    await client.query(`drop database if exists ${name}`);
  } catch (error) {
    if ((error as { code?: string }).code !== IN_USE) throw error;
    await client.query(`drop database if exists ${name} with (force)`);
  }
}

/**
 * Makes the template, so that no test waits for it, and drops what killed runs left. Only for a run that is alone on
 * the server.
 */
export async function cleanTestServer(server: string): Promise<void> {
  await withServer(server, async (client) => {
    const template = await makeTemplate(client, server);
    const { rows } = await client.query<{ datname: string }>(
      "select datname from pg_database where datname ~ '^(test|template)_[0-9a-f]{16,}$' and datname <> $1",
      [template],
    );
    for (const { datname } of rows) {
      await client.query(`alter database ${datname} with is_template false`);
      await client.query(`drop database if exists ${datname} with (force)`);
    }
  });
}

/** One template per state of the migrations and of its filling, so that a change makes a new one. */
async function makeTemplate(client: Client, server: string, filling?: Filling): Promise<string> {
  const migrations = readMigrations(MIGRATIONS);
  const versions = [...migrations.map((migration) => migration.checksum), ...(filling ? [filling.version] : [])];
  const hash = createHash("sha256").update(versions.join());
  const name = `template_${hash.digest("hex").slice(0, 16)}`;
  if (await hasTemplate(client, name)) return name;
  await client.query("select pg_advisory_lock($1)", [TEMPLATE_LOCK]);
  if (!(await hasTemplate(client, name))) {
    await client.query(`drop database if exists ${name} with (force)`);
    await client.query(`create database ${name}`);
    await applyMigrations(databaseUrl(server, name), migrations);
    await filling?.fill(databaseUrl(server, name));
    await client.query(`alter database ${name} with is_template true`);
  }
  await client.query("select pg_advisory_unlock($1)", [TEMPLATE_LOCK]);
  return name;
}

/** Marked as a template only once it is complete. */
async function hasTemplate(client: Client, name: string): Promise<boolean> {
  const { rowCount } = await client.query("select 1 from pg_database where datname = $1 and datistemplate", [name]);
  return rowCount === 1;
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
