import { randomUUID } from "node:crypto";
import type { Client } from "pg";

type Column = { table: string; name: string; type: string; parent: string | null; labels: string[] | null };

/** Columns that have to be said: those without a default, of tables that hold nothing yet. */
const COLUMNS = `
  select c.relname as "table", a.attname as name, format_type(t.oid, null) as type, p.relname as parent,
    (select array_agg(enumlabel order by enumsortorder) from pg_enum e where e.enumtypid = t.oid)::text[] as labels
  from pg_class c
  join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
  join pg_type t on t.oid = a.atttypid
  left join pg_constraint k on k.conrelid = c.oid and k.contype = 'f' and k.conkey = array[a.attnum]
  left join pg_class p on p.oid = k.confrelid
  where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.relname <> '_prisma_migrations'
    and not a.atthasdef and a.attidentity = ''
  order by c.relname, a.attnum`;

/**
 * Puts a row into every table that has none, whatever tables there are: parents first, every column without a default
 * filled, so that a migration meets what it would meet in use.
 */
export async function fillTables(client: Client): Promise<void> {
  const { rows } = await client.query<Column>(COLUMNS);
  const tables = new Map<string, Column[]>();
  for (const column of rows) tables.set(column.table, [...(tables.get(column.table) ?? []), column]);
  const ids = new Map<string, unknown>();
  const fill = async (table: string): Promise<void> => {
    if (ids.has(table)) return;
    ids.set(table, null);
    const columns = tables.get(table) ?? [];
    for (const { parent } of columns) if (parent) await fill(parent);
    ids.set(table, await insertRow(client, table, columns, ids));
  };
  for (const table of tables.keys()) await fill(table);
}

/** @returns the row's id, of the new one or of the one that was there. */
async function insertRow(
  client: Client,
  table: string,
  columns: readonly Column[],
  ids: ReadonlyMap<string, unknown>,
): Promise<unknown> {
  const known = await client.query(`select * from "${table}" limit 1`);
  if (known.rowCount) return known.rows[0].id;
  const names = columns.map(({ name }) => `"${name}"`).join(", ");
  const places = columns.map((_, index) => `$${index + 1}`).join(", ");
  const values = columns.map((column) => (column.parent ? ids.get(column.parent) : toValue(column)));
  const { rows } = await client.query(`insert into "${table}" (${names}) values (${places}) returning *`, values);
  return rows[0].id;
}

function toValue({ table, name, type, labels }: Column): unknown {
  if (labels) return labels[0];
  if (type.endsWith("[]")) return [];
  if (type === "uuid") return randomUUID();
  if (type === "boolean") return true;
  if (type.startsWith("timestamp") || type === "date") return "2026-01-02T03:04:05Z";
  if (type.startsWith("json")) return { kept: true };
  if (type === "bytea") return Buffer.from("kept");
  if (type === "text") return `${table}.${name}`;
  return 1;
}
