import { createTestDatabase, type TestDatabase } from "@hustings/db/test-database";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createTestUser, principalContext, testCoreContext } from "../testing/workspace";
import { updateUser } from "./commands";
import { listUsers } from "./queries";

describe("users", () => {
  let database: TestDatabase;
  beforeEach(async () => {
    database = await createTestDatabase();
  });
  afterEach(() => database.drop());

  const asAdmin = async () => {
    const user = await createTestUser(database, "admin");
    return { user, ctx: principalContext(testCoreContext(database), user, "admin") };
  };

  it("are listed and changed by global admins alone", async () => {
    const { ctx, user: admin } = await asAdmin();
    const user = await createTestUser(database);
    const plain = principalContext(testCoreContext(database), user);
    await expect(listUsers(plain, { limit: 10, offset: 0 })).rejects.toMatchObject({ kind: "forbidden" });
    await expect(updateUser(plain, { id: user.id, role: "admin" })).rejects.toMatchObject({ kind: "forbidden" });
    const { users, total } = await listUsers(ctx, { limit: 10, offset: 0 });
    expect([total, ...users.map((each) => each.id)]).toEqual([2, user.id, admin.id]);
    expect(await updateUser(ctx, { id: user.id, role: "admin" })).toMatchObject({
      id: user.id,
      isAdmin: true,
      isActive: true,
    });
    expect(await updateUser(ctx, { id: user.id, role: "viewer", isActive: false })).toMatchObject({
      isAdmin: false,
      role: "viewer",
      isActive: false,
    });
    const entries = await database.prisma.auditEntry.findMany({ where: { targetId: user.id }, orderBy: { id: "asc" } });
    expect(entries.map((entry) => [entry.action, entry.workspaceId])).toEqual([
      ["users.update", null],
      ["users.update", null],
    ]);
    expect(entries[1]?.details).toEqual({ role: "viewer", isActive: false, before: { role: "admin", isActive: true } });
  });

  it("keep the last active global admin", async () => {
    const { ctx, user } = await asAdmin();
    const { user: other } = await asAdmin();
    await updateUser(ctx, { id: other.id, role: "admin", isActive: false });
    await expect(updateUser(ctx, { id: user.id, role: "member" })).rejects.toMatchObject({ kind: "invalid" });
    await expect(updateUser(ctx, { id: user.id, role: "admin", isActive: false })).rejects.toMatchObject({
      kind: "invalid",
    });
    expect(await database.prisma.user.findUnique({ where: { id: user.id } })).toMatchObject({
      role: "admin",
      isActive: true,
    });
  });

  it("keep one global admin when two demote each other at once", async () => {
    const a = await asAdmin();
    const b = await asAdmin();
    const outcomes = await Promise.allSettled([
      updateUser(a.ctx, { id: b.user.id, role: "member" }),
      updateUser(b.ctx, { id: a.user.id, role: "member" }),
    ]);
    expect(outcomes.map((outcome) => outcome.status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(await database.prisma.user.count({ where: { role: "admin" } })).toBe(1);
  });

  it("are not found under another id", async () => {
    const { ctx } = await asAdmin();
    await expect(updateUser(ctx, { id: "018f0000-0000-7000-8000-000000000000", role: "member" })).rejects.toMatchObject(
      { kind: "not_found" },
    );
  });
});
