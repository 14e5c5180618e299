import type { Filter } from "@hustings/contracts/filter";
import { createTestDatabase, type TestDatabase } from "@hustings/db/test-database";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTestWorkspace } from "../testing/workspace";
import { createSegment } from "./commands";
import { matchSavedSegment } from "./match-segment";

describe("plans of segments", () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database.drop());

  it("finds few among many through an index", async () => {
    const { ctx } = await createTestWorkspace(database);
    const tag = await ctx.db.tag.create({ data: { name: "few", workspaceId: ctx.workspaceId } });
    await ctx.db.$executeRaw`
      with people as (
        insert into contacts (id, email, first_name, last_name, custom_fields, workspace_ids, tag_ids)
        select gen_random_uuid(), 'plan-' || n || '@example.org', 'First' || n, 'Last' || n,
          jsonb_build_object(${`${ctx.workspaceId}:city`}::text, 'City' || n), array[${ctx.workspaceId}::uuid],
          case when n % 2000 = 0 then array[${tag.id}::uuid] else '{}' end
        from generate_series(1, 30000) n returning id)
      insert into contact_workspaces (workspace_id, contact_id) select ${ctx.workspaceId}::uuid, id from people`;
    await ctx.db.$executeRawUnsafe("vacuum analyze contacts");
    const plan = async (field: string, operator: string, value: unknown) => {
      const condition = await matchSavedSegment(
        ctx,
        (
          await createSegment(ctx, {
            name: "n",
            filter: { match: "all", conditions: [{ field, operator, value }] } as Filter,
          })
        ).id,
      );
      const rows = await ctx.db.$queryRaw<
        { "QUERY PLAN": string }[]
      >`explain select c.id from contacts c where ${condition}`;
      return rows.map((row) => row["QUERY PLAN"]).join("\n");
    };
    for (const [field, operator, value, index] of [
      ["email", "eq", "PLAN-77@example.org", "contacts_email"],
      ["email", "in", ["plan-7@example.org", "plan-8@example.org"], "contacts_email"],
      ["email", "starts_with", "plan-777@", "contacts_email_sort"],
      ["email", "contains", "777@exam", "contacts_search_trgm"],
      ["firstName", "eq", "first777", "contacts_first_name_sort"],
      ["lastName", "starts_with", "last777", "contacts_last_name_sort"],
      ["city", "eq", "CITY777", "contacts_custom_fields_folded"],
      ["city", "in", ["city777", "city778"], "contacts_custom_fields_folded"],
      ["tags", "has", "Few", "contacts_tag_ids_idx"],
    ] as const) {
      const lines = await plan(field, operator, value);
      expect(lines, `${field} ${operator}`).toContain(index);
      expect(lines, `${field} ${operator}`).not.toContain("Seq Scan on contacts");
    }
    // A page of people by what happened to them: each is asked about alone, nobody's history is joined with everybody's.
    for (const operator of ["lt", "gte"]) expect(await plan("interactionCount", operator, 3)).not.toContain("Join");
  });
});
