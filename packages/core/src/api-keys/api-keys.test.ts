import { hashApiKey } from "@hustings/crypto/api-key";
import { createTestDatabase, type TestDatabase } from "@hustings/db/test-database";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTestWorkspace, joinTestWorkspace, testCoreContext, testSettings } from "../testing/workspace";
import { openWorkspaceAsSystem } from "../workspaces/access";
import { createApiKey, revokeApiKey } from "./commands";
import { findApiKeyPrincipal } from "./principal";
import { listApiKeys } from "./queries";

const range = { limit: 100, offset: 0 };

describe("API keys", () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database.drop());

  it("are shown once, stored as a hash, and act as their creator", async () => {
    const { ctx, workspaceId, user } = await createTestWorkspace(database);
    const made = await createApiKey(ctx, { name: "CI" });
    expect(made.rawKey).toMatch(/^pai_/);
    expect(made.rawKey.startsWith(made.keyPrefix)).toBe(true);
    const row = await ctx.db.apiKey.findUniqueOrThrow({ where: { id: made.id } });
    expect(JSON.stringify(row)).not.toContain(made.rawKey);
    const { keys, total } = await listApiKeys(ctx, range);
    expect(total).toBe(1);
    expect(keys[0]).toEqual({
      id: made.id,
      name: "CI",
      keyPrefix: made.keyPrefix,
      userId: user.id,
      workspaceId,
      isActive: true,
      lastUsedAt: null,
      createdAt: made.createdAt,
      creatorName: user.name,
      creatorEmail: user.email,
      creatorIsActive: true,
    });
    expect(JSON.stringify(await ctx.db.auditEntry.findMany({ where: { targetId: made.id } }))).not.toContain(
      made.rawKey,
    );
    const found = await findApiKeyPrincipal(ctx, hashApiKey(testSettings.apiKeySecret, made.rawKey));
    expect(found?.principal).toMatchObject({
      userId: user.id,
      via: { kind: "apiKey", apiKeyId: made.id, workspaceId },
    });
    await ctx.db.user.update({ where: { id: user.id }, data: { isActive: false } });
    expect(await findApiKeyPrincipal(ctx, hashApiKey(testSettings.apiKeySecret, made.rawKey))).toBeNull();
    expect((await listApiKeys(ctx, range)).keys).toMatchObject([{ isActive: true, creatorIsActive: false }]);
  });

  it("are revoked for good by an admin of the key's workspace: 403 below, 404 without a role", async () => {
    const { ctx, workspaceId } = await createTestWorkspace(database);
    const { ctx: member } = await joinTestWorkspace(database, workspaceId, { role: "member" });
    const { ctx: stranger } = await createTestWorkspace(database);
    const { id, rawKey } = await createApiKey(ctx, { name: "CI" });
    await expect(revokeApiKey(member, { id })).rejects.toMatchObject({ kind: "forbidden" });
    await expect(revokeApiKey(stranger, { id })).rejects.toMatchObject({ kind: "not_found" });
    await expect(revokeApiKey(ctx, { id: workspaceId })).rejects.toMatchObject({ kind: "not_found" });
    await revokeApiKey(ctx, { id });
    await revokeApiKey(ctx, { id });
    expect((await listApiKeys(ctx, range)).keys).toMatchObject([{ id, isActive: false }]);
    expect(await findApiKeyPrincipal(ctx, hashApiKey(testSettings.apiKeySecret, rawKey))).toBeNull();
    expect(await ctx.db.auditEntry.count({ where: { targetId: id, action: "api-keys.revoke" } })).toBe(1);
  });

  it("are made by users alone", async () => {
    const { workspaceId } = await createTestWorkspace(database);
    const system = await openWorkspaceAsSystem(testCoreContext(database), workspaceId, "job");
    await expect(createApiKey(system, { name: "x" })).rejects.toMatchObject({ kind: "forbidden" });
  });
});
