import { type FunctionConfig, parseFunctions } from "./function-config";
import type { Queryable } from "./unit-of-work";

/** Stores what the app declares, so that processes without the app can act on runs; what is not declared any more goes. */
export async function storeFunctions(db: Queryable, functions: FunctionConfig[]): Promise<void> {
  await db.query(
    `with declared as (select * from unnest($1::text[], $2::text[]) as declared (id, declaration)),
     gone as (delete from jobs.function where id not in (select id from declared))
     insert into jobs.function (id, declaration) select id, declaration::json from declared order by id
     on conflict (id) do update set declaration = excluded.declaration`,
    [functions.map((config) => config.id), functions.map((config) => JSON.stringify(config.declaration))],
  );
}

/**
 * The functions that the leader has stored.
 *
 * @throws UnsupportedFunctionError when this process is of an older release than the leader and does not know an option.
 */
export async function loadFunctions(db: Queryable): Promise<FunctionConfig[]> {
  const { rows } = await db.query<{ declaration: unknown }>("select declaration from jobs.function order by id");
  return parseFunctions(rows.map((row) => row.declaration));
}
