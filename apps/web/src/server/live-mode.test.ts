import { createTestDatabase, type TestDatabase } from "@hustings/db/test-database";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { call, exampleOf, sufficientKey } from "./conformance/calls";
import { sandboxRows } from "./conformance/operations/sandbox";
import { createWorld, type World } from "./conformance/world";
import { startServerForTests } from "./testing/start-server";

let database: TestDatabase;
let world: World;
beforeAll(async () => {
  database = await createTestDatabase();
  const sandbox = await createWorld(database);
  await sandbox.close();
  const server = await startServerForTests(database, { settings: { emailMode: "live" } });
  world = { ...sandbox, server, close: server.close };
});
afterAll(async () => {
  await world.close();
  await database.drop();
});

describe("in live mode", () => {
  const [status, ...others] = sandboxRows;

  it.each(others.map((row) => [row.operation, row] as const))(
    "%s is not there, and nothing changes",
    async (_, row) => {
      const example = await exampleOf(world, row);
      const before = await database.prisma.sandboxEmail.findMany();
      expect(before.length).toBeGreaterThan(0);
      const answer = await call(world, row, example, sufficientKey(world, row));
      expect([answer.status, answer.json()]).toEqual([404, { error: expect.stringContaining("not found") }]);
      expect(await database.prisma.sandboxEmail.findMany()).toEqual(before);
    },
  );

  it("the status says so", async () => {
    if (!status) throw new Error("the table lost its rows");
    expect(status.operation).toBe("GET /api/sandbox/status");
    expect((await call(world, status, {}, undefined)).json()).toEqual({ mode: "live" });
  });
});
