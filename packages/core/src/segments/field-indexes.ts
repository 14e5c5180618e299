import type { PoolClient } from "pg";
import type { CoreContext } from "../context";

/**
 * Indexes for fields whose values saved segments compare as numbers or dates (facts, Data: with one, an `any` of
 * selective conditions costs 1.5 scans of a narrow table; without, every contact's JSON is read). Each makes an import
 * some twelfth slower, so only the most used fields have one.
 */
const MAX_FIELD_INDEXES = 12;

/** Names carry what the index is on, so that a field of another name or type gets another index. */
const PREFIX = "contacts_field_";

type WantedIndex = { name: string; statement: string };

/** Conditions of saved segments that an index on the field's value serves, by definition, the most used first. */
const WANTED = `
  with conditions as (
    select s.id, s.workspace_id, condition ->> 'field' as field
    from segments s, jsonb_array_elements(s.filter -> 'conditions') condition
    where condition ->> 'operator' in ('eq', 'in', 'gt', 'gte', 'lt', 'lte', 'after', 'before')),
  fields as (
    select f.field_type, count(distinct c.id) as segments,
      case f.scope when 'core' then 'c' when 'global_internal' then 'g' else f.workspace_id::text end || ':' || f.name as key
    from field_definitions f join conditions c on f.name = regexp_replace(c.field, '^customFields\\.', '')
      and (f.workspace_id is null or f.workspace_id = c.workspace_id)
    where f.field_type in ('number', 'date')
    group by f.id),
  named as (
    select *, '${PREFIX}' || left(md5(field_type::text || key), 16) as name from fields order by segments desc, key limit $1)
  select name, format(
    case field_type
      when 'number' then 'create index concurrently %1$I on contacts (field_number(custom_fields, %2$L::text))
        where field_number(custom_fields, %2$L::text) is not null'
      else 'create index concurrently %1$I on contacts (left(custom_fields ->> %2$L::text, 10) collate "C")
        where custom_fields ->> %2$L::text ~ ''^\\d{4}-\\d{2}-\\d{2}'''
    end, name, key) as statement
  from named`;

const PRESENT = `
  select c.relname as name, i.indisvalid as "isValid" from pg_index i join pg_class c on c.oid = i.indexrelid
  where i.indrelid = 'contacts'::regclass and starts_with(c.relname, '${PREFIX}')`;

/**
 * Makes the indexes that saved segments want and drops those that none wants any more, without holding up anybody who
 * reads or writes contacts. Idempotent: what a crash left half made is made again. One at a time (the job's part).
 */
export async function reconcileFieldIndexes(ctx: CoreContext): Promise<{ made: number; dropped: number }> {
  const client = await ctx.pool.connect();
  try {
    // Each waits for the transactions that are open when it begins, however long these take.
    await client.query("set statement_timeout = 0");
    return await reconcile(client);
  } finally {
    await client.query("reset statement_timeout").finally(() => client.release());
  }
}

async function reconcile(client: PoolClient): Promise<{ made: number; dropped: number }> {
  const { rows: wanted } = await client.query<WantedIndex>(WANTED, [MAX_FIELD_INDEXES]);
  const { rows: present } = await client.query<{ name: string; isValid: boolean }>(PRESENT);
  const kept = new Set(
    present.filter(({ name, isValid }) => isValid && wanted.some((w) => w.name === name)).map(toName),
  );
  const superfluous = present.filter(({ name }) => !kept.has(name));
  for (const { name } of superfluous)
    await client.query(`drop index concurrently if exists ${client.escapeIdentifier(name)}`);
  const missing = wanted.filter(({ name }) => !kept.has(name));
  for (const { statement } of missing) await client.query(statement);
  // An index on an expression has no statistics before, and the planner guesses without.
  if (missing.length > 0) await client.query("analyze contacts");
  return { made: missing.length, dropped: superfluous.length };
}

const toName = ({ name }: { name: string }): string => name;
