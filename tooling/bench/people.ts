import type { WorkspaceContext } from "@hustings/core/context";
import { newId } from "@hustings/db/ids";

/** Names are made of these, so that how often a term occurs can be told beforehand. */
const SYLLABLES = [
  "lar",
  "ni",
  "ka",
  "to",
  "mi",
  "ve",
  "so",
  "ra",
  "el",
  "du",
  "pa",
  "ri",
  "no",
  "sta",
  "be",
  "lo",
  "fi",
  "gu",
  "ha",
  "zen",
];

/** Terms to search for, by how many contacts match. */
export const SEARCH_TERMS = {
  nobody: "qqxyzzy",
  /** One surname in 8,000. */
  rare: "zenzenzen",
  /** Some 0.7 %. */
  some: "larni",
  /** A fifth. */
  common: "gmail",
  /** The 0.8 % who came first, where a walk from the newest finds nobody for long. */
  oldOnly: "oldenwald",
} as const;

/** Tags of the workspace, each rarer than the one before: `tag-1` on a half, `tag-9` on a twentieth of all. */
const TAG_COUNT = 20;

/** Rows of one statement. */
const CHUNK = 20_000;

const FIELDS = [
  { name: "plan", fieldType: "select", options: ["free", "basic", "pro", "enterprise"] },
  { name: "score", fieldType: "number", options: [] },
  { name: "signup_date", fieldType: "date", options: [] },
  { name: "city", fieldType: "text", options: [] },
  { name: "source", fieldType: "text", options: [] },
] as const;

/**
 * Fills a database: six in ten contacts are in the workspace, six in ten in its neighbour, some in both. The same
 * people every time, in the order of their ids; 3 % said no to all email, 2 % of the addresses are suppressed.
 */
export async function insertPeople(
  ctx: WorkspaceContext,
  neighbour: WorkspaceContext,
  contacts: number,
): Promise<void> {
  for (const field of FIELDS)
    await ctx.db.fieldDefinition.create({
      data: {
        ...field,
        options: [...field.options],
        label: field.name,
        scope: "workspace",
        workspaceId: ctx.workspaceId,
      },
    });
  const tagIds = Array.from({ length: TAG_COUNT }, newId);
  await ctx.db.tag.createMany({
    data: tagIds.map((id, index) => ({ id, name: `tag-${index + 1}`, workspaceId: ctx.workspaceId })),
  });
  for (let first = 1; first <= contacts; first += CHUNK)
    await ctx.pool.query(INSERT_CHUNK, [
      ctx.workspaceId,
      neighbour.workspaceId,
      tagIds,
      SYLLABLES,
      first,
      Math.min(first + CHUNK - 1, contacts),
      contacts,
    ]);
  await ctx.pool.query(`
    insert into suppressions (id, email, reason)
    select uuidv7(), email, 'hard_bounce' from contacts where (hashtext(email) & 2147483647) % 50 = 0`);
  await ctx.pool.query("vacuum analyze");
}

/** A number below `below` that looks random and is the same every time. */
const roll = (seed: number, below: number | string): string =>
  `((hashint4(n * 31 + ${seed}) & 2147483647) % (${below}))`;
const syllable = (seed: number): string => `($4::text[])[1 + ${roll(seed, SYLLABLES.length)}]`;

/** Ids are made from the time of creation, a second apart. Arrays are set with the links, as an import does. */
const INSERT_CHUNK = `
  with people as materialized (
    select n, uuidv7((n - $7::int) * interval '1 second') as id,
      n % 10 < 6 as is_here, n % 10 >= 4 as is_there,
      initcap(${syllable(1)} || ${syllable(2)}) as first_name,
      case when n <= $7::int / 125 then 'Oldenwald' else initcap(${syllable(3)} || ${syllable(4)} || ${syllable(5)}) end as last_name,
      case when ${roll(6, 5)} = 0 then 'gmail.example' else 'post' || ${roll(7, 100)} || '.example' end as domain,
      case when ${roll(8, 100)} < 1 then 'enterprise' when ${roll(8, 100)} < 11 then 'pro' when ${roll(8, 100)} < 40 then 'basic' else 'free' end as plan,
      case when ${roll(9, 10)} > 0 then ${roll(10, 100)} end as score,
      case when ${roll(11, 10)} > 0 then date '2020-01-01' + ${roll(12, 2300)} end as signup_date,
      case when ${roll(13, 10)} > 1 then 'Town ' || ${roll(14, 1000)} end as city,
      case when ${roll(15, 10)} > 2 then (array['petition', 'event', 'web', 'paper'])[1 + ${roll(16, 4)}] end as source,
      array(select ($3::uuid[])[k] from generate_series(1, array_length($3::uuid[], 1)) k
        where n % 10 < 6 and ${roll(17, "2 * k + 2").replace("n * 31", "n * 31 + k * 7919")} = 0) as tag_ids
    from generate_series($5::int, $6::int) n),
  written as (
    insert into contacts (id, email, first_name, last_name, language, globally_unsubscribed, custom_fields, tag_ids, workspace_ids, created_at, updated_at)
    select id, lower(first_name || '.' || last_name || '.' || n || '@' || domain), first_name, last_name,
      (array['en', 'sl', 'de'])[1 + ${roll(18, 3)}], ${roll(19, 100)} < 3,
      (select coalesce(jsonb_object_agg((case when is_here then $1::uuid else $2::uuid end)::text || ':' || key, value), '{}') from jsonb_each_text(jsonb_strip_nulls(
        jsonb_build_object('plan', plan, 'score', score, 'signup_date', signup_date, 'city', city, 'source', source)))),
      tag_ids,
      array_remove(array[case when is_here then $1::uuid end, case when is_there then $2::uuid end], null),
      now() + (n - $7::int) * interval '1 second', now() + (n - $7::int) * interval '1 second'
    from people order by n),
  tagged as (insert into contact_tags (contact_id, tag_id) select id, t from people, unnest(tag_ids) t)
  insert into contact_workspaces (workspace_id, contact_id)
  select w.id, p.id from people p, unnest(array_remove(array[case when is_here then $1::uuid end, case when is_there then $2::uuid end], null)) w(id)
  order by w.id, p.n`;
