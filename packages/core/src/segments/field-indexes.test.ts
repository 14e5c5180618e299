import type { Filter } from "@hustings/contracts/filter";
import { createTestDatabase, type TestDatabase } from "@hustings/db/test-database";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { WorkspaceContext } from "../context";
import { createField, deleteField } from "../fields/commands";
import { createTestWorkspace, testCoreContext } from "../testing/workspace";
import { createSegment, deleteSegment, updateSegment } from "./commands";
import { reconcileFieldIndexes } from "./field-indexes";
import { matchSegment } from "./match-segment";
import { previewSegment } from "./preview-segment";

const FILTER: Filter = {
  match: "any",
  conditions: [
    { field: "plan", operator: "eq", value: "enterprise" },
    { field: "score", operator: "gte", value: 2_999 },
    { field: "customFields.joined", operator: "after", value: "2031-12-01" },
  ],
};

describe("indexes for the fields of segments", () => {
  let database: TestDatabase;
  let ctx: WorkspaceContext;
  beforeAll(async () => {
    database = await createTestDatabase();
    ({ ctx } = await createTestWorkspace(database));
    for (const [name, fieldType] of [
      ["score", "number"],
      ["joined", "date"],
      ["plan", "text"],
    ] as const)
      await createField(ctx, { name, label: name, fieldType, sortOrder: 0 });
    const key = (name: string) => `${ctx.workspaceId}:${name}`;
    await ctx.db.$executeRaw`
      with people as (
        insert into contacts (id, email, custom_fields, workspace_ids)
        select gen_random_uuid(), 'field-' || n || '@example.org', jsonb_build_object(
            ${key("score")}::text, case when n % 7 = 0 then 'n/a' else (n / 10)::text end,
            ${key("joined")}::text, (date '2024-01-01' + n / 10)::text,
            ${key("plan")}::text, case when n % 5000 = 0 then 'Enterprise' else 'free' end),
          array[${ctx.workspaceId}::uuid]
        from generate_series(1, 30000) n returning id)
      insert into contact_workspaces (workspace_id, contact_id) select ${ctx.workspaceId}::uuid, id from people`;
    await ctx.db.$executeRawUnsafe("vacuum analyze contacts");
  });
  afterAll(() => database.drop());

  const core = () => testCoreContext(database);
  const explain = async (): Promise<string> => {
    const condition = await matchSegment(ctx, { filter: FILTER });
    const rows = await ctx.db.$queryRaw<
      { "QUERY PLAN": string }[]
    >`explain select c.id from contacts c where ${condition}`;
    return rows.map((row) => row["QUERY PLAN"]).join("\n");
  };

  it("are made for what a saved segment compares, serve it, and go with it", async () => {
    expect(await reconcileFieldIndexes(core())).toEqual({ made: 0, dropped: 0 });
    const before = await previewSegment(ctx, { filter: FILTER });
    const segment = await createSegment(ctx, { name: "Any of three", filter: FILTER });
    expect(await ctx.db.outboxEvent.count({ where: { name: "segments/changed" } })).toBe(1);

    expect(await reconcileFieldIndexes(core())).toEqual({ made: 2, dropped: 0 });
    expect(await reconcileFieldIndexes(core())).toEqual({ made: 0, dropped: 0 });
    expect(await explain()).not.toContain("Seq Scan on contacts");
    expect((await explain()).match(/contacts_field_[0-9a-f]{16}/g)).toHaveLength(2);
    expect(await previewSegment(ctx, { filter: FILTER })).toEqual(before);
    // The last 1,081 joined later, the highest scores among them; five of the six enterprises joined before.
    expect(before.count).toBe(1_081 + 5);

    await updateSegment(ctx, { id: segment.id, filter: { match: "all", conditions: FILTER.conditions.slice(0, 2) } });
    expect(await reconcileFieldIndexes(core())).toEqual({ made: 0, dropped: 1 });
    await deleteSegment(ctx, { id: segment.id });
    expect(await reconcileFieldIndexes(core())).toEqual({ made: 0, dropped: 1 });
  });

  it("are made again where a crash left half of one, and go with their field", async () => {
    await createSegment(ctx, { name: "By score", filter: { match: "all", conditions: FILTER.conditions.slice(1, 2) } });
    expect(await reconcileFieldIndexes(core())).toEqual({ made: 1, dropped: 0 });
    await ctx.db.$executeRawUnsafe(
      "update pg_index set indisvalid = false where indexrelid in (select oid from pg_class where relname like 'contacts_field_%')",
    );
    expect(await reconcileFieldIndexes(core())).toEqual({ made: 1, dropped: 1 });
    const field = await ctx.db.fieldDefinition.findFirstOrThrow({ where: { name: "score" } });
    await deleteField(ctx, { id: field.id });
    expect(await reconcileFieldIndexes(core())).toEqual({ made: 0, dropped: 1 });
  });
});
