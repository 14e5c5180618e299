import { type Filter, operator as operators } from "@hustings/contracts/filter";
import { newId } from "@hustings/db/ids";
import { createTestDatabase, type TestDatabase } from "@hustings/db/test-database";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { WorkspaceContext } from "../context";
import { conditions, contactModel, NOW, TAG_NAMES, TYPES } from "../testing/filter-samples";
import { insertNoise, insertPeople } from "../testing/insert-people";
import { type ModelContact, matchesFilter } from "../testing/reference-filter";
import { createTestWorkspace } from "../testing/workspace";
import { matchSegment } from "./match-segment";

describe("compileFilter", () => {
  let database: TestDatabase;
  let ctx: WorkspaceContext;
  let other: WorkspaceContext;
  let people: ModelContact[];
  let tags: ModelContact["tags"];
  const campaignId = newId();

  beforeAll(async () => {
    database = await createTestDatabase();
    const ports = { now: () => NOW };
    ctx = (await createTestWorkspace(database)).ctx;
    other = (await createTestWorkspace(database)).ctx;
    ctx = { ...ctx, ports: { ...ctx.ports, ...ports } };
    other = { ...other, ports: { ...other.ports, ...ports } };
    tags = TAG_NAMES.map((name) => ({ id: newId(), name }));
    await ctx.db.tag.createMany({ data: tags.map((tag) => ({ ...tag, workspaceId: ctx.workspaceId })) });
    for (const [name, fieldType] of Object.entries(TYPES))
      await ctx.db.fieldDefinition.create({ data: { name, label: name, fieldType, workspaceId: ctx.workspaceId } });
    await ctx.db.campaign.create({
      data: { id: campaignId, workspaceId: ctx.workspaceId, name: "News", subject: "News", body: "" },
    });
    people = fc.sample(contactModel(tags, campaignId), { numRuns: 250, seed: 7 }).map((model, index) => ({
      ...model,
      id: newId(),
      email: index % 9 === 0 ? null : `person-${index}@${index % 2 ? "example.org" : "a_b.example"}`,
    }));
    await insertPeople(ctx, people);
    await insertNoise(other, people);
  });
  afterAll(() => database.drop());

  const select = async (scope: WorkspaceContext, filter: Filter): Promise<string[]> => {
    const condition = await matchSegment(scope, { filter });
    const rows = await scope.db.$queryRaw<
      { id: string }[]
    >`select c.id from contacts c where ${condition} order by c.id`;
    return rows.map((row) => row.id);
  };

  it("finds exactly the contacts that a plain comparison finds, for every field and operator", async () => {
    const seen = new Set<string>();
    let telling = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom("all", "any"),
        fc.array(conditions(tags, campaignId), { minLength: 1, maxLength: 4 }),
        async (match, parts) => {
          for (const part of parts) seen.add(part.operator);
          const filter = { match, conditions: parts } as Filter;
          const expected = people
            .filter((person) => matchesFilter(person, filter, TYPES, NOW))
            .map((person) => person.id);
          expect(await select(ctx, filter)).toEqual(expected.sort());
          if (expected.length > 0 && expected.length < people.length) telling++;
        },
      ),
      { numRuns: 500, seed: 11 },
    );
    expect(telling).toBeGreaterThan(250);
    expect([...seen].sort()).toEqual([...operators.options].sort());
  });

  it("splits everybody exactly in two by a negative and its positive", async () => {
    for (const [positive, negative, value] of [
      ["eq", "neq", "ana"],
      ["contains", "not_contains", "a"],
      ["is_set", "is_not_set", undefined],
    ] as const) {
      for (const field of ["firstName", "city", "never_used"]) {
        const yes = await select(ctx, { match: "all", conditions: [{ field, operator: positive, value }] });
        const no = await select(ctx, { match: "all", conditions: [{ field, operator: negative, value }] });
        expect([...yes, ...no].sort()).toEqual(people.map((person) => person.id).sort());
      }
    }
  });

  it("takes no conditions as everyone with all and nobody with any", async () => {
    expect(await select(ctx, { match: "all", conditions: [] })).toHaveLength(people.length);
    expect(await select(ctx, { match: "any", conditions: [] })).toHaveLength(0);
  });

  it("keeps fields of the same name in different scopes and workspaces apart", async () => {
    const conditions = [{ field: "city", operator: "eq" as const, value: "elsewhere" }];
    expect(await select(ctx, { match: "all", conditions })).toHaveLength(0);
    expect(await select(other, { match: "all", conditions })).toHaveLength(people.length);
  });
});
