import type { Filter } from "@hustings/contracts/filter";
import { createSegment } from "@hustings/core/segments/commands";
import { reconcileFieldIndexes } from "@hustings/core/segments/field-indexes";
import { previewSegment } from "@hustings/core/segments/preview-segment";
import type { Installation } from "./installation";
import { interleave, repeating } from "./measure";
import { ms, type Row, type Target } from "./report";

const ROUNDS = 9;

type Case = {
  number: string;
  name: string;
  filter: Filter;
  /** The same on the narrow table. */
  where: string;
  target: Target;
};

const CASES: readonly Case[] = [
  {
    number: "6",
    name: "Segment, all of 4 conditions: count and 50",
    filter: {
      match: "all",
      conditions: [
        { field: "plan", operator: "eq", value: "pro" },
        { field: "score", operator: "gte", value: 80 },
        { field: "tags", operator: "has", value: "tag-9" },
        { field: "signup_date", operator: "after", value: "2024-01-01" },
      ],
    },
    where: "plan = 'pro' and score >= 80 and has_tag_9 and signup_date > '2024-01-01'",
    target: { atMost: 0.6 },
  },
  {
    number: "7",
    name: "Segment, any of 4 selective conditions: count and 50",
    filter: {
      match: "any",
      conditions: [
        { field: "plan", operator: "eq", value: "enterprise" },
        { field: "score", operator: "gte", value: 99 },
        { field: "tags", operator: "has", value: "tag-20" },
        { field: "city", operator: "eq", value: "Town 7" },
      ],
    },
    where: "plan = 'enterprise' or score >= 99 or has_tag_20 or city = 'Town 7'",
    target: { atMost: 2 },
  },
  {
    number: "7",
    name: "Segment, any of 4 conditions, half of the workspace: count and 50",
    filter: {
      match: "any",
      conditions: [
        { field: "plan", operator: "eq", value: "pro" },
        { field: "score", operator: "gte", value: 80 },
        { field: "tags", operator: "has", value: "tag-9" },
        { field: "signup_date", operator: "after", value: "2024-01-01" },
      ],
    },
    where: "plan = 'pro' or score >= 80 or has_tag_9 or signup_date > '2024-01-01'",
    target: { atMost: 8 },
  },
];

/**
 * Targets 6 and 7: filters over custom fields and tags against one pass over a narrow table with typed columns. The
 * segments are saved before, and the job that follows has made the indexes that their fields want.
 */
export async function measureSegments({ large: { ctx, database } }: Installation): Promise<Row[]> {
  for (const { name, filter } of CASES) await createSegment(ctx, { name, filter });
  await reconcileFieldIndexes(ctx);
  await database.pool.query(NARROW_TABLE.replaceAll(":workspace", `'${ctx.workspaceId}'`));
  await database.pool.query("vacuum analyze bench_narrow");
  const rows: Row[] = [];
  for (const { number, name, filter, where, target } of CASES) {
    const scan = `
      with m as materialized (select id from bench_narrow where is_here and (${where}))
      select (select count(*) from m)::int as count, array(select id from m order by id desc limit 50) as ids`;
    assertSameMatches(
      name,
      (await previewSegment(ctx, { filter })).count,
      (await database.pool.query(scan)).rows[0].count,
    );
    const times = await interleave(ROUNDS, {
      preview: repeating(() => previewSegment(ctx, { filter })),
      scan: repeating(() => database.pool.query(scan)),
    });
    rows.push({
      number,
      measure: name,
      measured: ms(times.preview),
      limit: `${ms(times.scan)}: scan of a narrow typed table`,
      ratio: times.preview / times.scan,
      target,
    });
  }
  return rows;
}

/** Two queries that answer differently are not to be compared. */
function assertSameMatches(name: string, counted: number, expected: number): void {
  if (counted !== expected) throw new Error(`${name}: ${counted} contacts match, and ${expected} of the narrow table`);
}

const NARROW_TABLE = `
  drop table if exists bench_narrow;
  create table bench_narrow as
  select c.id, c.workspace_ids @> array[:workspace::uuid] as is_here,
    c.custom_fields ->> (:workspace || ':plan') as plan,
    (c.custom_fields ->> (:workspace || ':score'))::int as score,
    (c.custom_fields ->> (:workspace || ':signup_date'))::date as signup_date,
    c.custom_fields ->> (:workspace || ':city') as city,
    exists (select 1 from contact_tags l join tags t on t.id = l.tag_id where l.contact_id = c.id and t.name = 'tag-9') as has_tag_9,
    exists (select 1 from contact_tags l join tags t on t.id = l.tag_id where l.contact_id = c.id and t.name = 'tag-20') as has_tag_20
  from contacts c order by c.id`;
