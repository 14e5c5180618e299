import type { Principal } from "@hustings/core/context";
import { createTestWorkspace, testCoreContext } from "@hustings/core/testing/workspace";
import { createTestDatabase, type TestDatabase } from "@hustings/db/test-database";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ApiContext } from "../context";
import { createCallerFactory } from "../trpc";
import { apiKeysRouter } from "./api-keys";

const createCaller = createCallerFactory(apiKeysRouter);

describe("API key operations", () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database.drop());

  const callAs = (principal: Principal, headers: ApiContext["headers"] = {}) =>
    createCaller({
      source: "rest",
      core: testCoreContext(database),
      headers,
      principal,
      isAnonymousAllowed: false,
      out: { headers: {} },
    });

  it("ask a session for its workspace, and take it from a key", async () => {
    const { ctx, workspaceId } = await createTestWorkspace(database);
    const missing = { code: "BAD_REQUEST", message: "Missing workspace" };
    await expect(callAs(ctx.principal).list({})).rejects.toMatchObject(missing);
    await expect(callAs(ctx.principal).create({ name: "CI" })).rejects.toMatchObject(missing);
    const made = await callAs(ctx.principal, { "x-workspace-id": workspaceId }).create({ name: "CI" });
    const withKey = callAs({ ...ctx.principal, via: { kind: "apiKey", apiKeyId: made.id, workspaceId } });
    expect(await withKey.list({})).toMatchObject([{ id: made.id }]);
    // A record tells its workspace by itself.
    expect(await callAs(ctx.principal).revoke({ id: made.id })).toEqual({ success: true });
  });
});
