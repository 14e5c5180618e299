import { listOperations, type Operation } from "@hustings/api/rest/endpoints";
import { appRouter } from "@hustings/api/router";
import { createTestUser } from "@hustings/core/testing/workspace";
import { createTestDatabase, type TestDatabase } from "@hustings/db/test-database";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { call, exampleOf, methodOf, pathOf } from "./calls";
import type { Example, Row } from "./row";
import { table } from "./table";
import { createKey, createSide, createWorld, type World } from "./world";

/** Requests per operation. Seeds are printed with a failure; `seed` and `path` of fc.assert repeat it. */
const RUNS = 20;
/** No URL can hold one. */
const LONE_SURROGATE = /\p{Surrogate}/gu;
/** Any of Unicode, and halves of pairs too; fast-check's own would list a million characters first. */
const character = fc.nat(0x10ffff).map((code) => String.fromCodePoint(code));
const operations = listOperations(appRouter);

let database: TestDatabase;
let world: World;
beforeAll(async () => {
  database = await createTestDatabase();
  world = await createWorld(database);
});
afterAll(async () => {
  await world.close();
  await database.drop();
});

/** What has broken servers before: types, sizes, encodings, dates and numbers at their ends. */
const nasty = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    "",
    " ",
    true,
    false,
    0,
    -1,
    1.5,
    2 ** 31,
    2 ** 53,
    1e308,
    -0,
    [],
    {},
    [[]],
    [null],
    { a: { b: {} } },
    "\u0000",
    "a\u0000b",
    "\ud800",
    "\u202e",
    "👩‍👩‍👧",
    "%00",
    "' or 1=1 --",
    "\\",
    "{{ x }}",
    "$\u007bx}",
    "../../etc/passwd",
    "<script>alert(1)</script>",
    "null",
    "undefined",
    "NaN",
    "true",
    "1e400",
    "0x10",
    "__proto__",
    "constructor",
    "0000-01-01T00:00:00Z",
    "9999-12-31T23:59:59.999Z",
    "2026-02-30T00:00:00Z",
    "-30d",
    "now",
    "2026-01-01T00:00:00+25:00",
    "00000000-0000-0000-0000-000000000000",
    "ffffffff-ffff-ffff-ffff-ffffffffffff",
    "not-a-uuid",
    "a@b.co",
    "a@b",
    `${"a".repeat(65)}@example.org`,
    "x".repeat(10_000),
  ),
  fc.string({ unit: character, maxLength: 40 }),
  fc.double(),
  fc.jsonValue({ maxDepth: 3 }),
);

/** The example with some of its properties, and some that the contract knows, replaced by something nasty. */
function mutations(operation: Operation, example: Example): fc.Arbitrary<Example> {
  const input = operation.kind === "procedure" ? operation.input : operation.raw.query;
  const names = Object.keys(input?.shape ?? {}).filter((name) => !operation.pathParameters.includes(name));
  const some = fc.dictionary(fc.constantFrom(...names, "workspaceId"), nasty, { maxKeys: 4 });
  const text = some.map((values) =>
    Object.fromEntries(
      Object.entries(values).map(([name, value]) => [
        name,
        typeof value === "string" ? value.replace(LONE_SURROGATE, "x") : JSON.stringify(value),
      ]),
    ),
  );
  const id = fc.oneof(
    { weight: 4, arbitrary: fc.constant(undefined) },
    { weight: 1, arbitrary: fc.string({ unit: character, minLength: 1, maxLength: 20 }) },
  );
  return fc
    .record({
      values: some,
      query: text,
      id,
      isWhole: fc.boolean(),
      workspace: fc.option(fc.constantFrom("", "1", "\u00e9", "x".repeat(500)), { freq: 8 }),
    })
    .map(({ values, query, id: wrongId, isWhole, workspace }) => ({
      parameters: Object.fromEntries(
        Object.entries(example.parameters ?? {}).map(([name, value]) => [
          name,
          wrongId?.replace(LONE_SURROGATE, "x") ?? value,
        ]),
      ),
      ...(operation.method === "GET"
        ? { query: { ...(isWhole ? example.query : {}), ...query } }
        : { body: { ...(isWhole ? example.body : {}), ...values } }),
      headers: { ...example.headers, ...(workspace === null ? {} : { "x-workspace-id": workspace }) },
    }));
}

/** People and a workspace of their own, so that whatever goes through (revoked keys, deleted workspaces) hurts nobody else. */
async function createVictims(): Promise<World> {
  const a = await createSide(database);
  const globalAdmin = await createTestUser(database, "admin");
  return { ...world, a, globalAdminKey: await createKey(database, globalAdmin, a.workspaceId) };
}

describe("no request makes the server fail", () => {
  it.each(table.map((row) => [row.operation, row] as const))("%s", async (_, row: Row) => {
    const operation = operations.find(
      ({ method, path }) => method === methodOf(row) && path === pathOf(row),
    ) as Operation;
    const victims = await createVictims();
    const example = await exampleOf(victims, row);
    const key = row.auth === "none" || row.auth === "signature" ? undefined : victims.globalAdminKey;
    await fc.assert(
      fc.asyncProperty(mutations(operation, example), async (mutation) => {
        const answer = await call(victims, row, mutation, key);
        expect(answer.status, answer.text).toBeLessThan(500);
        if (answer.status >= 400 && pathOf(row).startsWith("/api/"))
          expect(answer.json()).toEqual({
            error: expect.any(String),
            ...(answer.text.includes('"details"') ? { details: expect.any(Array) } : {}),
          });
      }),
      { numRuns: RUNS },
    );
  });

  it("whatever the path", async () => {
    await fc.assert(
      fc.asyncProperty(fc.stringMatching(/^[\x21-\x22\x24-\x7e]{0,40}$/), async (rest) => {
        const answer = await world.server.send("GET", `/api/${rest}`, { key: world.globalAdminKey });
        expect(answer.status, answer.text).toBeLessThan(500);
      }),
      { numRuns: 300 },
    );
  });
});
