import { createTestDatabase, type TestDatabase } from "@hustings/db/test-database";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createTestUser, createTestWorkspace, principalContext, testCoreContext } from "../testing/workspace";
import { updateUser } from "./commands";
import { listUsers } from "./queries";
import { admitVisitor, recordSignIn, type Visitor } from "./sign-in";

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
    expect(users[0]).toMatchObject({ lastSignInAt: null, memberships: [] });
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

  it("are found by parts of name and address, with what they are where", async () => {
    const { ctx } = await asAdmin();
    const { user, workspaceId } = await createTestWorkspace(database, { role: "viewer" });
    await database.prisma.user.update({ where: { id: user.id }, data: { name: "Zora 100%_Sure" } });
    await recordSignIn(ctx, user.id, null);
    const find = async (search: string) => (await listUsers(ctx, { search, limit: 10, offset: 0 })).users;
    const [found, ...others] = await find("zora EXAMPLE.org");
    expect(others).toEqual([]);
    expect(found).toMatchObject({ id: user.id, memberships: [{ workspaceId, role: "viewer" }] });
    expect(found?.lastSignInAt).not.toBeNull();
    expect(await find("100%_s")).toHaveLength(1);
    for (const nobody of ["100_%", "zora elsewhere", "\\"]) expect(await find(nobody)).toEqual([]);
  });
});

describe("a visitor", () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database.drop());
  beforeEach(async () => {
    await database.prisma.user.deleteMany();
  });

  const rules = { allowed: ["river.example", "one@elsewhere.example"], bootstrapAdmin: "first@anywhere.example" };
  const visit = (email: string, changes: Partial<Visitor> = {}) =>
    admitVisitor(testCoreContext(database), rules, { email, name: null, isOfDomain: true, ...changes });
  const roles = async () =>
    (await database.prisma.user.findMany({ orderBy: { id: "asc" } })).map(({ email, role }) => `${email} ${role}`);

  it("who was invited comes in, and nobody else, unless the rules allow it", async () => {
    const invited = await createTestUser(database);
    expect(await visit(invited.email)).toEqual({ id: invited.id, name: invited.name });
    for (const email of ["a@deep.river.example", "a@driver.example", "two@elsewhere.example", "river.example", ""])
      expect(await visit(email)).toBeNull();
    expect(await visit("a@river.example", { isOfDomain: false })).toBeNull();
    expect(await database.prisma.user.count()).toBe(1);
  });

  it("who is allowed becomes a user without membership, once", async () => {
    const visits = await Promise.all([1, 2, 3].map(() => visit("ana@river.example", { name: " Ana\n Kovač " })));
    expect(new Set(visits.map((each) => each?.id)).size).toBe(1);
    expect(visits[0]?.name).toBe("Ana Kovač");
    expect(await visit("one@elsewhere.example", { isOfDomain: false })).toMatchObject({ name: "one" });
    expect(await roles()).toEqual(["ana@river.example member", "one@elsewhere.example member"]);
    expect(await database.prisma.membership.count()).toBe(0);
    const entries = await database.prisma.auditEntry.findMany({ where: { targetId: visits[0]?.id ?? "" } });
    expect(entries).toMatchObject([{ action: "users.create", actorKind: "system", actorName: "sign-in" }]);
  });

  it("who was deactivated stays out, whatever the rules say", async () => {
    const user = await createTestUser(database);
    for (const email of ["gone@river.example", rules.bootstrapAdmin]) {
      await database.prisma.user.update({ where: { id: user.id }, data: { email, isActive: false } });
      expect(await visit(email)).toBeNull();
    }
  });

  it("whom the operator names becomes global admin, as long as there is none", async () => {
    const visits = await Promise.all([1, 2, 3].map(() => visit(rules.bootstrapAdmin)));
    expect(new Set(visits.map((each) => each?.id)).size).toBe(1);
    expect(await roles()).toEqual([`${rules.bootstrapAdmin} admin`]);
    expect(
      await database.prisma.auditEntry.count({ where: { action: "users.update", targetId: visits[0]?.id ?? "" } }),
    ).toBe(1);
    await database.prisma.user.deleteMany();
    const admin = await createTestUser(database, "admin");
    expect(await visit(rules.bootstrapAdmin)).toBeNull();
    await database.prisma.user.update({
      where: { id: admin.id },
      data: { email: rules.bootstrapAdmin, role: "member" },
    });
    expect(await visit(rules.bootstrapAdmin)).toMatchObject({ id: admin.id });
    expect(await roles()).toEqual([`${rules.bootstrapAdmin} admin`]);
  });
});
