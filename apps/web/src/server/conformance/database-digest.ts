import type { Pool } from "pg";

/** What may change while nothing happens: a key's time of use, and the worker's sign of life. */
const IGNORED_COLUMNS = ["last_used_at"];
const IGNORED_TABLES = ["worker_heartbeats", "_prisma_migrations"];

/** A hash per table over all of its rows; equal before and after means that nothing was written. */
export async function digestDatabase(pool: Pool): Promise<Record<string, string>> {
  const { rows: tables } = await pool.query<{ name: string }>(
    "select tablename as name from pg_tables where schemaname = 'public' and not tablename = any($1) order by 1",
    [IGNORED_TABLES],
  );
  const parts = tables.map(
    ({ name }) => `select '${name}' as name, coalesce(md5(string_agg(h, '' order by h)), '') as hash
    from (select md5((to_jsonb(t) - $1::text[])::text) as h from "${name}" t) rows`,
  );
  const { rows } = await pool.query<{ name: string; hash: string }>(parts.join(" union all "), [IGNORED_COLUMNS]);
  return Object.fromEntries(rows.map(({ name, hash }) => [name, hash]));
}
