import { listOperations } from "@hustings/api/rest/endpoints";
import { errorStatusesOf } from "@hustings/api/rest/error-responses";
import { appRouter } from "@hustings/api/router";
import type { AuthLevel } from "@hustings/api/trpc";
import { createTestDatabase, type TestDatabase } from "@hustings/db/test-database";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type RunningServer, startServerForTests } from "../testing/start-server";
import { table } from "./table";

const operations = listOperations(appRouter);
/** Those that every operation may answer. */
const UNIVERSAL = [413, 415, 429, 500, 503];

let database: TestDatabase;
let server: RunningServer;
beforeAll(async () => {
  database = await createTestDatabase();
  server = await startServerForTests(database);
});
afterAll(async () => {
  await server.close();
  await database.drop();
});

describe("the table", () => {
  it("has every operation once, and no other", () => {
    const expected = operations.map(({ method, path }) => `${method} ${path}`).sort();
    expect(table.map((row) => row.operation).sort()).toEqual(expected);
  });

  it.each(table.map((row) => [row.operation, row] as const))("%s agrees with the router", (_, row) => {
    const operation = operations.find(({ method, path }) => `${method} ${path}` === row.operation);
    if (!operation) throw new Error(`Nothing answers ${row.operation}`);
    const errors = errorStatusesOf(operation)
      .map(([, status]) => status)
      .filter((status) => !UNIVERSAL.includes(status));
    expect({ auth: operation.auth, status: operation.status, errors }).toEqual({
      auth: row.auth,
      status: row.status,
      errors: row.errors,
    });
  });

  it("knows who may call every procedure, also those of the dashboard alone, and lets nobody else in", async () => {
    const open: AuthLevel[] = ["none", "signature"];
    const procedures = Object.entries(
      appRouter._def.procedures as unknown as Record<string, { _def: { type: string; meta?: { auth?: AuthLevel } } }>,
    );
    for (const [id, { _def }] of procedures) {
      expect(_def.meta?.auth, `${id} is made without a level`).toBeDefined();
      if (open.includes(_def.meta?.auth as AuthLevel)) continue;
      const answer = await server.send(
        _def.type === "query" ? "GET" : "POST",
        `/api/trpc/${id}`,
        _def.type === "query" ? {} : { body: {} },
      );
      expect(answer.status, id).toBe(401);
    }
  });
});
