import type { Pool } from "pg";

/** What may change while nothing happens: a key's time of use, and the worker's sign of life. */
const IGNORED_COLUMN = "last_used_at";
const IGNORED_TABLES = ["worker_heartbeats", "_prisma_migrations"];

/**
 * What every table holds; equal before and after means that nothing was written. A row that was inserted or updated
 * carries a later transaction than any before it, and one that was deleted is missing in the count. Where a column may
 * change, the others are compared by their values.
 */
export async function digestDatabase(pool: Pool): Promise<Record<string, string>> {
  const statement = statements.get(pool) ?? writeStatement(pool);
  statements.set(pool, statement);
  // By its name it is planned once for each connection.
  const { rows } = await pool.query<{ name: string; digest: string | null }>({ name: "digest", text: await statement });
  return Object.fromEntries(rows.map(({ name, digest }) => [name, digest ?? ""]));
}

/** By database: its tables stay the same. */
const statements = new WeakMap<Pool, Promise<string>>();

async function writeStatement(pool: Pool): Promise<string> {
  const { rows: tables } = await pool.query<{ name: string; hasIgnored: boolean }>(
    `select tablename as name, exists (select from information_schema.columns c
       where c.table_schema = 'public' and c.table_name = tablename and c.column_name = $2) as "hasIgnored"
     from pg_tables where schemaname = 'public' and not tablename = any($1) order by 1`,
    [IGNORED_TABLES, IGNORED_COLUMN],
  );
  return tables
    .map(({ name, hasIgnored }) =>
      hasIgnored
        ? `select '${name}' as name, md5(string_agg(h, '' order by h)) as digest
           from (select md5((to_jsonb(t) - '${IGNORED_COLUMN}')::text) as h from "${name}" t) rows`
        : `select '${name}' as name, count(*) || ' ' || coalesce(max(xmin::text::bigint), 0) as digest from "${name}"`,
    )
    .join(" union all ");
}
