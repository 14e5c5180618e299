import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { applyMigrations, listPendingMigrations, type Migration, readMigrations } from "./migrate";
import { useEmptyDatabase } from "./testing/empty-database";

const directory = mkdtempSync(join(tmpdir(), "hustings-migrations-"));
const empty = useEmptyDatabase();

afterAll(() => rmSync(directory, { recursive: true }));

function migration(migrationName: string, sql: string): Migration {
  return { name: migrationName, sql, checksum: createHash("sha256").update(sql).digest("hex") };
}

const first = migration(
  "20260101000000_first",
  "create table a (id int primary key);\ncreate function f() returns int language plpgsql as $$ begin return 1; end $$;",
);
const second = migration("20260102000000_second", "insert into a values (1); create table b (id int);");

test("applies each file once, in order, and says which", async () => {
  expect(await listPendingMigrations(empty.url, [first, second])).toEqual([first.name, second.name]);
  expect(await applyMigrations(empty.url, [first])).toEqual([first.name]);
  expect(await listPendingMigrations(empty.url, [first, second])).toEqual([second.name]);
  expect(await applyMigrations(empty.url, [first, second])).toEqual([second.name]);
  expect(await applyMigrations(empty.url, [first, second])).toEqual([]);
  expect((await empty.client.query("select id from a")).rows).toEqual([{ id: 1 }]);
});

test("keeps the history where and how Prisma keeps it", async () => {
  await applyMigrations(empty.url, [first]);
  const { rows: columns } = await empty.client.query(
    `select column_name, data_type, character_maximum_length as length, is_nullable, column_default
     from information_schema.columns where table_name = '_prisma_migrations' order by ordinal_position`,
  );
  expect(columns.map((column) => Object.values(column).join(" ").trim())).toEqual([
    "id character varying 36 NO",
    "checksum character varying 64 NO",
    "finished_at timestamp with time zone  YES",
    "migration_name character varying 255 NO",
    "logs text  YES",
    "rolled_back_at timestamp with time zone  YES",
    "started_at timestamp with time zone  NO now()",
    "applied_steps_count integer  NO 0",
  ]);
  const { rows } = await empty.client.query("select * from _prisma_migrations");
  expect(rows).toEqual([
    {
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      checksum: first.checksum,
      finished_at: expect.any(Date),
      migration_name: first.name,
      logs: null,
      rolled_back_at: null,
      started_at: expect.any(Date),
      applied_steps_count: 1,
    },
  ]);
});

test("reads the files in their order, with Prisma's checksum", () => {
  for (const { name: migrationName, sql } of [second, first]) {
    mkdirSync(join(directory, migrationName));
    writeFileSync(join(directory, migrationName, "migration.sql"), sql);
  }
  writeFileSync(join(directory, "migration_lock.toml"), "");
  expect(readMigrations(directory)).toEqual([first, second]);
});

test("refuses a file that was changed after it had been applied", async () => {
  await applyMigrations(empty.url, [first]);
  const changed = migration(first.name, `${first.sql} -- changed`);
  await expect(applyMigrations(empty.url, [changed, second])).rejects.toThrow(
    `The migration ${first.name} was changed after it had been applied`,
  );
  expect((await empty.client.query("select to_regclass('b') as b")).rows).toEqual([{ b: null }]);
});

test("refuses a database of a later version", async () => {
  await applyMigrations(empty.url, [first, second]);
  await expect(applyMigrations(empty.url, [first])).rejects.toThrow(
    `The database has the migration ${second.name}, which this version does not know: it was made by a later one. Use that, or another database.`,
  );
});

test("leaves nothing of a file that fails, and everything of those before it", async () => {
  const broken = migration("20260103000000_broken", "create table c (id int); select no_such_column;");
  await expect(applyMigrations(empty.url, [first, broken, second])).rejects.toThrow(
    `The migration ${broken.name} failed and was rolled back: column "no_such_column" does not exist`,
  );
  expect((await empty.client.query("select to_regclass('a')::text as a, to_regclass('c') as c")).rows).toEqual([
    { a: "a", c: null },
  ]);
  const repaired = migration(broken.name, "create table c (id int);");
  expect(await applyMigrations(empty.url, [first, repaired])).toEqual([repaired.name]);
});

test("leaves nothing of a file in whose middle the connection broke", async () => {
  const slow = migration("20260103000000_slow", "create table c (id int); select pg_sleep(60);");
  const attempt = applyMigrations(empty.url, [first, slow]);
  const refused = expect(attempt).rejects.toThrow();
  for (let isAsleep = false; !isAsleep; ) {
    const { rowCount } = await empty.client.query(
      "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and wait_event = 'PgSleep'",
    );
    isAsleep = rowCount === 1;
  }
  await refused;
  expect(await listPendingMigrations(empty.url, [first, slow])).toEqual([slow.name]);
  expect((await empty.client.query("select to_regclass('c') as c")).rows).toEqual([{ c: null }]);
});

test("refuses to go on after a migration that another tool left unfinished", async () => {
  await applyMigrations(empty.url, [first]);
  await empty.client.query("update _prisma_migrations set finished_at = null");
  await expect(applyMigrations(empty.url, [first, second])).rejects.toThrow(
    /did not finish; see prisma migrate resolve/,
  );
});

test("lets two migrators at the same time apply each file once", async () => {
  const applied = await Promise.all([
    applyMigrations(empty.url, [first, second]),
    applyMigrations(empty.url, [first, second]),
  ]);
  expect(applied.flat()).toEqual([first.name, second.name]);
});
