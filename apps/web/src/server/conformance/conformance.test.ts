import { listOperations, type Operation } from "@hustings/api/rest/endpoints";
import { appRouter } from "@hustings/api/router";
import { testSettings } from "@hustings/core/testing/workspace";
import { hashApiKey } from "@hustings/crypto/api-key";
import { newId } from "@hustings/db/ids";
import { createTestDatabase, type TestDatabase } from "@hustings/db/test-database";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { TEST_SESSION_SECRET } from "../testing/start-server";
import {
  call,
  exampleOf,
  insufficientKey,
  isOfWorkspace,
  methodOf,
  pathOf,
  requiredRole,
  sufficientKey,
} from "./calls";
import { digestDatabase } from "./database-digest";
import type { Row } from "./row";
import { table } from "./table";
import { createWorld, type World } from "./world";

const operations = listOperations(appRouter);
const operationOf = (row: Row): Operation => {
  const found = operations.find(({ method, path }) => `${method} ${path}` === row.operation);
  if (!found) throw new Error(`Nothing answers ${row.operation}`);
  return found;
};

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

/** What no answer may hold: keys, raw and as they are stored, and everything that signs or seals. */
function secretsOf({ a, b, globalAdminKey, outsiderKey }: World): string[] {
  const keys = [...Object.values(a.keys), ...Object.values(b.keys), globalAdminKey, outsiderKey];
  const { apiKeySecret, unsubscribeSecrets, mailersendWebhookSecrets, tallyWebhookSecrets = [] } = testSettings;
  return [
    ...keys.flatMap((key) => [key, hashApiKey(apiKeySecret, key)]),
    ...[apiKeySecret, "test-client-secret", ...unsubscribeSecrets, ...mailersendWebhookSecrets],
    ...[...tallyWebhookSecrets, TEST_SESSION_SECRET],
  ];
}

/** Runs what must be refused, and proves that it wrote nothing. */
async function expectUnchanged(work: () => Promise<void>): Promise<void> {
  const before = await digestDatabase(database.pool);
  await work();
  expect(await digestDatabase(database.pool)).toEqual(before);
}

describe.each(table.map((row) => [row.operation, row] as const))("%s", (_, row) => {
  const method = methodOf(row);
  const needsSomebody = row.auth !== "none" && row.auth !== "signature";

  it(`answers ${row.status} in the shape of the reference`, async () => {
    const example = await exampleOf(world, row);
    const answer = await call(world, row, example, sufficientKey(world, row));
    expect(answer.status, answer.text).toBe(row.status);
    expect(answer.headers["x-request-id"]).toMatch(/^[0-9a-f-]{36}$/);
    for (const secret of secretsOf(world)) expect(answer.text).not.toContain(secret);
  });

  if (method === "GET")
    it("changes nothing", async () => {
      const example = await exampleOf(world, row);
      await expectUnchanged(async () => {
        expect((await call(world, row, example, sufficientKey(world, row))).status).toBe(row.status);
      });
    });

  it("answers 401 to a bad key, whoever else may call", async () => {
    const example = await exampleOf(world, row);
    await expectUnchanged(async () => {
      for (const authorization of ["Bearer pai_nonsense", `Bearer pai_${"0".repeat(43)}`, "Basic YTpi", ""]) {
        const answer = await call(world, row, example, undefined, { authorization });
        expect([answer.status, answer.json()], authorization).toEqual([401, { error: expect.any(String) }]);
      }
    });
  });

  if (needsSomebody)
    it("answers 401 to nobody, and changes nothing", async () => {
      const example = await exampleOf(world, row);
      await expectUnchanged(async () => {
        expect((await call(world, row, example, undefined)).status).toBe(401);
      });
    });

  const role = requiredRole(row);
  if (role)
    it("answers 403 to a role that is too low, and changes nothing", async () => {
      const example = await exampleOf(world, row);
      await expectUnchanged(async () => {
        expect((await call(world, row, example, insufficientKey(world, role))).status).toBe(403);
      });
    });

  if (isOfWorkspace(row)) describeWorkspaceWalls(row);
  if (row.auth === "recordAdmin") describeRecordWalls(row);
  if (pathOf(row).includes("{")) describeWrongIds(row);
  if (method !== "GET") describeBodies(row);

  const { refused } = row;
  if (refused)
    it("names what is wrong", async () => {
      for (const { details, ...wrong } of await refused(world)) {
        const example = { ...(await exampleOf(world, row)), ...wrong };
        const answer = await call(world, row, example, sufficientKey(world, row));
        expect(answer.status, answer.text).toBe(400);
        const named = answer.json<{ details?: string[] }>().details ?? [];
        for (const detail of details)
          expect(
            named.some((one) => one.startsWith(detail)),
            `${detail} in ${JSON.stringify(named)}`,
          ).toBe(true);
      }
    });

  const { untimely, forbidden } = row;
  if (untimely)
    it("answers 400 where things stand otherwise, and changes nothing", async () => {
      const example = await untimely(world);
      await expectUnchanged(async () => {
        expect((await call(world, row, example, sufficientKey(world, row))).status).toBe(400);
      });
    });

  if (forbidden)
    it("answers 403 where it is another person's, and changes nothing", async () => {
      const example = await forbidden(world);
      await expectUnchanged(async () => {
        expect((await call(world, row, example, sufficientKey(world, row))).status).toBe(403);
      });
    });

  if (row.errors.includes(409))
    it("answers 409 where the same thing is there already, and changes nothing", async () => {
      if (!row.conflicting) throw new Error("The row needs `conflicting`");
      const example = await row.conflicting(world);
      await expectUnchanged(async () => {
        expect((await call(world, row, example, sufficientKey(world, row))).status).toBe(409);
      });
    });

  it("answers 405 with Allow to a verb that is not there", async () => {
    const answer = await world.server.send("PATCH", pathOf(row).replace(/\{\w+\}/g, newId()));
    expect(answer.status).toBe(405);
    expect(answer.json()).toEqual({ error: expect.any(String) });
    expect(answer.headers.allow).toContain(method);
  });
});

function describeWorkspaceWalls(row: Row): void {
  const hasRecord = pathOf(row).includes("{") && !row.isInstallationWide;

  it("keeps the other workspace out, and changes nothing", async () => {
    const example = await exampleOf(world, row);
    await expectUnchanged(async () => {
      for (const key of [world.b.keys.admin, world.outsiderKey]) {
        const inOurs = await call(world, row, example, key, { "x-workspace-id": world.a.workspaceId });
        const inNone = await call(world, row, example, key, { "x-workspace-id": newId() });
        expect([inOurs.status, inNone.status]).toEqual([403, 403]);
        expect(inOurs.json()).toEqual(inNone.json());
      }
      if (hasRecord) {
        const fromTheirs = await call(world, row, example, world.b.keys.admin);
        expect(fromTheirs.status, fromTheirs.text).toBe(404);
      }
    });
  });
}

function describeRecordWalls(row: Row): void {
  it("is not there for who has no role in the record's workspace, whatever the header says, and changes nothing", async () => {
    const example = await exampleOf(world, row);
    await expectUnchanged(async () => {
      for (const key of [world.b.keys.admin, world.outsiderKey])
        for (const workspaceId of [undefined, world.a.workspaceId, world.b.workspaceId]) {
          const answer = await call(world, row, example, key, workspaceId ? { "x-workspace-id": workspaceId } : {});
          expect(answer.status, answer.text).toBe(404);
        }
    });
  });
}

function describeWrongIds(row: Row): void {
  it("answers 404 to ids that are not there or no ids at all, and changes nothing", async () => {
    const example = await exampleOf(world, row);
    await expectUnchanged(async () => {
      for (const wrong of [newId(), "42", "x".repeat(300)])
        for (const name of Object.keys(example.parameters ?? {})) {
          const parameters = { ...example.parameters, [name]: wrong };
          const answer = await call(world, row, { ...example, parameters }, sufficientKey(world, row));
          expect(answer.status, `${name}=${wrong}: ${answer.text}`).toBe(404);
          // The pages behind signed links are for people, and say it in HTML.
          if (pathOf(row).startsWith("/api/")) expect(Object.keys(answer.json<object>())).toEqual(["error"]);
          else expect(answer.text).toContain("This link does not work");
        }
    });
  });
}

function describeBodies(row: Row): void {
  const operation = operationOf(row);
  if (operation.kind === "raw" || row.auth === "signature") return;

  it("refuses properties that it does not know, malformed JSON and other types, and changes nothing", async () => {
    const example = await exampleOf(world, row);
    const key = sufficientKey(world, row);
    const known = Object.keys(operation.input?.shape ?? {}).filter((name) => !operation.pathParameters.includes(name));
    const smuggled = ["workspaceId", "id", "role", "createdBy", "isAdmin"].filter((name) => !known.includes(name));
    await expectUnchanged(async () => {
      for (const name of smuggled) {
        const answer = await call(
          world,
          row,
          { ...example, body: { ...example.body, [name]: world.b.workspaceId } },
          key,
        );
        expect([answer.status, answer.json<{ details: string[] }>().details], name).toEqual([
          400,
          expect.arrayContaining([`${name}: unknown property`]),
        ]);
      }
      const path = pathOf(row).replace(/\{(\w+)\}/g, (_, name: string) => example.parameters?.[name] ?? "");
      const raw = (body: string, type: string) =>
        world.server.send(operation.method, path, { body, key, headers: { "content-type": type } });
      expect((await raw("{", "application/json")).status).toBe(400);
      expect((await raw("[]", "application/json")).status).toBe(400);
      expect((await raw("a=b", "application/x-www-form-urlencoded")).status).toBe(415);
    });
  });
}
