import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { createDatabase } from "./client";
import { Prisma } from "./generated/client";
import { applyMigrations, readMigrations } from "./migrate";
import { useEmptyDatabase } from "./testing/empty-database";
import { fillTables } from "./testing/fill-tables";

const migrations = readMigrations(fileURLToPath(new URL("../../../prisma/migrations", import.meta.url)));
const LAST = 3;

const empty = useEmptyDatabase();

type Rows = Record<string, object[]>;

/** Every row of every table, as Postgres shows it. */
async function readRows(): Promise<Rows> {
  const { rows: tables } = await empty.client.query<{ name: string }>(
    "select tablename as name from pg_tables where schemaname = 'public' and tablename <> '_prisma_migrations'",
  );
  const all: Rows = {};
  for (const table of tables) {
    const { rows } = await empty.client.query<{ row: object }>(`select to_jsonb(t) as row from "${table.name}" t`);
    all[table.name] = rows.map(({ row }) => row);
  }
  return all;
}

test(`the last ${LAST} migrations keep every row of a database in use, and the client reads them`, async () => {
  const first = Math.max(0, migrations.length - LAST);
  await applyMigrations(empty.url, migrations.slice(0, first));
  for (let count = first + 1; count <= migrations.length; count++) {
    await fillTables(empty.client);
    const before = await readRows();
    expect(await applyMigrations(empty.url, migrations.slice(0, count))).toEqual([migrations[count - 1]?.name]);
    const after = await readRows();
    for (const [table, rows] of Object.entries(before)) {
      expect(rows, table).not.toEqual([]);
      expect(after[table], `${migrations[count - 1]?.name}: ${table}`).toEqual(
        rows.map((row) => expect.objectContaining(row)),
      );
    }
  }
  await fillTables(empty.client);
  const database = createDatabase(empty.url);
  try {
    for (const model of Object.values(Prisma.ModelName)) {
      const delegate = database.prisma[toProperty(model)] as unknown as { findMany: () => Promise<object[]> };
      expect(await delegate.findMany(), model).not.toEqual([]);
    }
  } finally {
    await database.close();
  }
});

const toProperty = (model: Prisma.ModelName) => (model.charAt(0).toLowerCase() + model.slice(1)) as "workspace";
