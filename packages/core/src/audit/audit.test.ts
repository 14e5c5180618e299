import { createTestDatabase, type TestDatabase } from "@hustings/db/test-database";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createCategory } from "../categories/commands";
import { createTestUser, createTestWorkspace } from "../testing/workspace";
import { updateUser } from "../users/commands";
import { listAudit } from "./queries";

const page = { page: 1, pageSize: 50 };

describe("listAudit", () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database.drop());

  it("shows what was done in the workspace, newest first, in pages", async () => {
    const { ctx, user } = await createTestWorkspace(database);
    const { ctx: other } = await createTestWorkspace(database);
    const { id } = await createCategory(ctx, { name: "A" });
    await createCategory(ctx, { name: "B" });
    await createCategory(other, { name: "C" });
    const all = await listAudit(ctx, page);
    expect(all).toMatchObject({ total: 2, page: 1, pageSize: 50 });
    expect(all.entries.map((entry) => entry.details)).toEqual([{ name: "B" }, { name: "A" }]);
    expect(all.entries[1]).toMatchObject({
      actorKind: "user",
      actorId: user.id,
      actorName: user.name,
      action: "categories.create",
      targetType: "category",
      targetId: id,
    });
    expect((await listAudit(ctx, { page: 2, pageSize: 1 })).entries.map((entry) => entry.targetId)).toEqual([id]);
    expect((await listAudit(ctx, { ...page, targetType: "category", targetId: id })).total).toBe(1);
    expect((await listAudit(ctx, { ...page, targetType: "tag" })).total).toBe(0);
  });

  it("shows what belongs to the installation to global admins in the global workspace alone", async () => {
    const { ctx: global } = await createTestWorkspace(database, { global: true, installationRole: "admin" });
    const { ctx: admin } = await createTestWorkspace(database, { installationRole: "admin" });
    const { ctx: plain } = await createTestWorkspace(database, { global: true });
    const { id } = await createTestUser(database);
    await updateUser(admin, { id, role: "viewer" });
    expect((await listAudit(global, { ...page, targetId: id })).entries).toMatchObject([{ action: "users.update" }]);
    expect((await listAudit(admin, { ...page, targetId: id })).total).toBe(0);
    expect((await listAudit(plain, { ...page, targetId: id })).total).toBe(0);
  });

  it("cannot be changed afterwards, by any statement", async () => {
    const { ctx } = await createTestWorkspace(database);
    await createCategory(ctx, { name: "A" });
    await expect(ctx.db.auditEntry.updateMany({ data: { actorName: "x" } })).rejects.toThrow(
      "audit entries are never changed",
    );
    await expect(ctx.db.auditEntry.deleteMany()).rejects.toThrow("audit entries are never changed");
  });
});
