import type { FieldType } from "@hustings/contracts/fields";
import { type Filter, operator as operators } from "@hustings/contracts/filter";
import { newId } from "@hustings/db/ids";
import { createTestDatabase, type TestDatabase } from "@hustings/db/test-database";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { WorkspaceContext } from "../context";
import { DomainError } from "../errors";
import { type FieldCatalog, fieldCatalog } from "../fields/catalog";
import { insertNoise, insertPeople } from "../testing/insert-people";
import { type ModelContact, matchesFilter } from "../testing/reference-filter";
import { createTestWorkspace } from "../testing/workspace";
import { compileFilter } from "./compile-filter";
import { matchSegment } from "./match-segment";

const NOW = new Date("2026-03-31T12:00:00.000Z");
const DAY_MS = 86_400_000;
const ago = (ms: number) => new Date(NOW.getTime() - ms);

/** Values that meet each other, differ in case alone, or would mean something to LIKE, JSON or SQL. */
const TEXTS = [
  "Ana",
  "ana",
  "ANA",
  "Éva",
  "éva",
  "100%",
  "100",
  "a_b",
  "axb",
  "a\\b",
  "O'Hara",
  '"quoted"',
  "x; drop table contacts; --",
  "Straße",
  " padded ",
  "80",
  "true",
  "🙂 face",
];
const NUMBERS = ["80", "9", "-3.5", "1e2", "100", "0", "n/a", " 7 ", ".5", "12abc"];
const DATES = [
  "2024-01-01",
  "2024-01-31",
  "2024-02-29",
  "2025-12-31",
  "2026-03-31",
  "2026-03-01",
  "garbage",
  "2024-01-31T23:59:00Z",
];
const OPTIONS = ["red", "Green", "light blue", "100%"];
const CHOICES = ["red", "red;Green", "Green;light blue", "100%", "light blue;red"];
const TIMES = [
  ago(0),
  ago(30 * DAY_MS),
  ago(30 * DAY_MS - 1),
  ago(30 * DAY_MS + 1),
  new Date("2024-01-31T00:00:00.000Z"),
  new Date("2024-01-31T23:59:59.999Z"),
  new Date("2024-02-01T00:00:00.000Z"),
  new Date("2026-02-28T12:00:00.000Z"),
  new Date("2025-03-31T12:00:00.000Z"),
];
const TYPES: Record<string, FieldType> = {
  city: "text",
  link: "url",
  plan: "select",
  score: "number",
  joined: "date",
  vip: "boolean",
  colours: "multiselect",
  email: "text",
};
const INTERACTIONS = ["meeting", "call", "note"] as const;
const TAG_NAMES = ["VIP", "100% sure", "a_b"];
const OUTCOMES = ["sent", "delivered", "opened", "clicked", "bounced"];

const maybe = <T>(values: readonly T[]) => fc.option(fc.constantFrom(...values), { freq: 4 });

const contactModel = (tags: ModelContact["tags"], campaignId: string): fc.Arbitrary<Omit<ModelContact, "id">> =>
  fc.record({
    email: fc.constant(null),
    firstName: maybe([...TEXTS, ""]),
    lastName: maybe(TEXTS),
    language: maybe(["sl", "SL", "pt-BR"]),
    globallyUnsubscribed: fc.boolean(),
    createdAt: fc.constantFrom(...TIMES),
    updatedAt: fc.constantFrom(...TIMES),
    custom: fc
      .record({
        city: maybe(TEXTS),
        link: maybe(["https://example.org/a_b", "HTTPS://EXAMPLE.ORG/A%B"]),
        plan: maybe(OPTIONS),
        score: maybe(NUMBERS),
        joined: maybe(DATES),
        vip: maybe(["true", "false"]),
        colours: maybe(CHOICES),
        email: maybe(TEXTS),
        undefined_key: maybe([...TEXTS, ...NUMBERS, ...DATES, ...CHOICES]),
      })
      .map(
        (all) =>
          Object.fromEntries(Object.entries(all).filter(([, value]) => value !== null)) as Record<string, string>,
      ),
    tags: fc.subarray(tags),
    interactions: fc.array(
      fc.record({ type: fc.constantFrom(...INTERACTIONS), occurredAt: fc.constantFrom(...TIMES) }),
      { maxLength: 4 },
    ),
    campaigns: fc
      .option(fc.subarray(OUTCOMES))
      .map((outcomes): Record<string, string[]> => (outcomes ? { [campaignId]: outcomes } : {})),
  });

const textValue = fc.constantFrom(
  ...TEXTS,
  "an",
  "_",
  "%",
  "\\",
  "0",
  80,
  true,
  "PERSON-3@Example.org",
  "person-1",
  "a_b.example",
);
const numberValue = fc.constantFrom<unknown>(80, 9, -3.5, 100, 0, "0.5", "1e2", 7, 80.5, " 9 ");
const dateValue = fc.constantFrom(
  "2024-01-31",
  "2024-02-29",
  "2026-03-01",
  "now",
  "-30d",
  "+1d",
  "-1m",
  "-1y",
  "-2w",
  "-12h",
  "2024-01-31T00:00:00Z",
  "2024-02-01T01:30:00+01:30",
  "2026-03-01T12:00:00.000Z",
  NOW.toISOString(),
);
const booleanValue = fc.constantFrom<unknown>(true, false, "TRUE", "false");
const optionValue = fc.constantFrom(...OPTIONS, "RED", "blue");
const listOf = (value: fc.Arbitrary<unknown>) => fc.array(value, { maxLength: 4 });
const textOperators = ["eq", "neq", "contains", "not_contains", "starts_with"];
const dateOperators = ["eq", "neq", "gt", "gte", "lt", "lte", "after", "before"];
const numberOperators = ["eq", "neq", "gt", "gte", "lt", "lte"];
const setOperators = ["is_set", "is_not_set", "is_empty", "is_not_empty"];

type RawCondition = { field: string; operator: string; value?: unknown };
const asks = (fields: string[], names: string[], value: fc.Arbitrary<unknown>): fc.Arbitrary<RawCondition> =>
  fc.record({ field: fc.constantFrom(...fields), operator: fc.constantFrom(...names), value });

function conditions(tags: ModelContact["tags"], campaignId: string): fc.Arbitrary<RawCondition> {
  const texts = [
    "email",
    "firstName",
    "lastName",
    "language",
    "city",
    "customFields.city",
    "link",
    "plan",
    "customFields.email",
    "undefined_key",
    "never_used",
  ];
  const tagValue = fc.constantFrom("vip", "VIP", "a_b", "100% sure", "nobody", ...tags.map((tag) => tag.id));
  return fc.oneof(
    asks(texts, textOperators, textValue),
    asks(texts, ["in"], listOf(textValue)),
    asks(
      ["city", "firstName"],
      ["in"],
      fc.constant(Array.from({ length: 60 }, (_, index) => TEXTS[index] ?? `other ${index}`)),
    ),
    asks(
      [
        ...texts,
        "email",
        "score",
        "joined",
        "vip",
        "colours",
        "tags",
        "lastInteractionAt",
        "interactionCount",
        "interaction.call",
        "globallyUnsubscribed",
        "createdAt",
      ],
      setOperators,
      fc.constant(undefined),
    ),
    asks(["score", "interactionCount", "undefined_key"], numberOperators.slice(2), numberValue),
    asks(["score", "interactionCount"], ["eq", "neq"], fc.oneof(numberValue, fc.nat({ max: 4 }))),
    asks(["score", "interactionCount"], ["in"], listOf(fc.oneof(numberValue, fc.nat({ max: 4 })))),
    asks(["joined", "createdAt", "updatedAt", "lastInteractionAt"], dateOperators, dateValue),
    asks(["joined", "createdAt", "lastInteractionAt"], ["in"], listOf(dateValue)),
    asks(["undefined_key"], ["after", "before", "gte", "lt"], dateValue),
    asks(["interaction.meeting", "interaction.call"], ["has", "not_has"], fc.constant(undefined)),
    asks(["interaction.meeting", "interaction.call"], ["after", "before"], dateValue),
    asks(["globallyUnsubscribed", "vip"], ["eq", "neq"], booleanValue),
    asks(["globallyUnsubscribed", "vip"], ["in"], listOf(booleanValue)),
    asks(["colours", "undefined_key"], ["has", "not_has"], fc.oneof(optionValue, listOf(optionValue))),
    asks(["colours"], ["in"], listOf(optionValue)),
    asks(["colours"], ["eq", "neq", "contains", "not_contains"], fc.constantFrom(...CHOICES, "Blue")),
    asks(["tags"], ["has", "not_has", "eq", "neq"], fc.oneof(tagValue, listOf(tagValue))),
    asks(["tags"], ["in"], listOf(tagValue)),
    asks(["tags"], ["contains", "not_contains", "starts_with"], fc.constantFrom("v", "100%", "%", "_")),
    asks([`campaign.${campaignId}`], ["has", "not_has"], fc.oneof(fc.constantFrom(...OUTCOMES), fc.subarray(OUTCOMES))),
  );
}

describe("compileFilter", () => {
  let database: TestDatabase;
  let ctx: WorkspaceContext;
  let other: WorkspaceContext;
  let catalog: FieldCatalog;
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
    catalog = await fieldCatalog(ctx);
    people = fc
      .sample(contactModel(tags, campaignId), { numRuns: 250, seed: 7 })
      .map((model, index) => ({
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

  it("keeps what a person typed out of the statement", () => {
    const evil = "'; drop table contacts; --";
    const compiled = compileFilter(ctx, catalog, {
      match: "any",
      conditions: [
        { field: "city", operator: "eq", value: evil },
        { field: `customFields.${evil}`, operator: "contains", value: evil },
        { field: evil, operator: "is_set" },
        { field: "tags", operator: "in", value: [evil] },
        { field: "firstName", operator: "starts_with", value: evil },
        { field: "colours", operator: "has", value: evil },
      ],
    });
    expect(compiled.sql).not.toContain("drop");
    expect(compiled.values.filter((value) => String(value).includes("drop"))).toHaveLength(8);
  });

  it.each([
    ["score", "gt", "dva", "filter.conditions.1.value: must be a number"],
    ["score", "gt", Number.POSITIVE_INFINITY, "filter.conditions.1.value: must be a number"],
    ["score", "in", 5, "filter.conditions.1.value: must be a list"],
    ["score", "in", [5, "x"], "filter.conditions.1.value.1: must be a number"],
    ["score", "contains", "5", "filter.conditions.1.operator: contains does not fit this field"],
    ["city", "gt", "x", "filter.conditions.1.operator: gt does not fit this field"],
    ["city", "eq", undefined, "filter.conditions.1.value: must not be empty"],
    ["city", "contains", "", "filter.conditions.1.value: must not be empty"],
    ["city", "eq", { a: 1 }, "filter.conditions.1.value: must be text"],
    ["city", "eq", "a\u0000b", "filter.conditions.1.value: must not contain control characters"],
    ["city", "in", ["a", "b\u001fc"], "filter.conditions.1.value.1: must not contain control characters"],
    ["createdAt", "after", "2024-02-30", "filter.conditions.1.value: must be a date"],
    ["createdAt", "after", "2024-02-01T10:00:00", "filter.conditions.1.value: must be a date"],
    ["createdAt", "after", "0000-01-01", "filter.conditions.1.value: must"],
    ["createdAt", "before", "-9999y", "filter.conditions.1.value: must lie between the years"],
    ["joined", "before", 20240101, "filter.conditions.1.value: must be a date"],
    ["vip", "eq", "maybe", "filter.conditions.1.value: must be true or false"],
    ["interaction.dance", "has", undefined, "filter.conditions.1.field: must name an interaction type"],
    ["campaign.nine", "has", "sent", "filter.conditions.1.field: must name a campaign"],
    [`campaign.${campaignId}`, "has", "eaten", "filter.conditions.1.value: must be one of sent"],
    ["customFields.", "is_set", undefined, "filter.conditions.1.field: must name a custom field"],
    ["never_used", "gt", "soon", "filter.conditions.1.value: must be a date"],
  ])("refuses %s %s %j and names the condition", (field, name, value, detail) => {
    const conditions = [
      { field: "city", operator: "is_set" },
      { field, operator: name, value },
    ];
    try {
      compileFilter(ctx, catalog, { match: "all", conditions } as Filter);
      expect.unreachable("it was accepted");
    } catch (error) {
      expect(error).toBeInstanceOf(DomainError);
      expect((error as DomainError).kind).toBe("invalid");
      expect((error as DomainError).details).toEqual([expect.stringContaining(detail)]);
    }
  });

  it("names every misfit at once", () => {
    const conditions = [
      { field: "score", operator: "gt", value: "x" },
      { field: "city", operator: "eq", value: "x" },
      { field: "joined", operator: "after", value: "x" },
    ];
    expect(() => compileFilter(ctx, catalog, { match: "all", conditions } as Filter, "config")).toThrow(
      expect.objectContaining({
        details: [
          expect.stringMatching(/^config\.conditions\.0\.value/),
          expect.stringMatching(/^config\.conditions\.2\.value/),
        ],
      }),
    );
  });

  it("keeps fields of the same name in different scopes and workspaces apart", async () => {
    const conditions = [{ field: "city", operator: "eq" as const, value: "elsewhere" }];
    expect(await select(ctx, { match: "all", conditions })).toHaveLength(0);
    expect(await select(other, { match: "all", conditions })).toHaveLength(people.length);
  });
});
