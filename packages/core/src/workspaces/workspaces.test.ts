import { createTestDatabase, type TestDatabase } from "@hustings/db/test-database";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  createTestUser,
  createTestWorkspace,
  joinTestWorkspace,
  principalContext,
  testCoreContext,
} from "../testing/workspace";
import { openWorkspace } from "./access";
import { createWorkspace, updateWorkspace } from "./commands";
import { addMember, listMembers, removeMember, updateMember } from "./members";
import { listWorkspaces } from "./queries";
import { firstFreeSlug, toSlug } from "./slug";

const range = { limit: 1_000, offset: 0 };

describe("workspaces", () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database.drop());

  const person = async (installationRole: "admin" | "member" | "viewer" = "member") => {
    const user = await createTestUser(database, installationRole);
    return { user, ctx: principalContext(testCoreContext(database), user, installationRole) };
  };

  it("are listed to whoever has a role there, with the effective role", async () => {
    const { workspaceId, ctx: member } = await createTestWorkspace(database, { role: "member" });
    const { ctx: capped } = await joinTestWorkspace(database, workspaceId, {
      role: "admin",
      installationRole: "viewer",
    });
    const { ctx: admin } = await person("admin");
    const { ctx: outsider } = await person();
    expect((await listWorkspaces(member, range)).workspaces).toMatchObject([
      { id: workspaceId, role: "member", isGlobal: false },
    ]);
    expect((await listWorkspaces(capped, range)).workspaces).toMatchObject([{ id: workspaceId, role: "viewer" }]);
    expect((await listWorkspaces(admin, range)).workspaces.find((each) => each.id === workspaceId)?.role).toBe("admin");
    expect(await listWorkspaces(outsider, range)).toEqual({ workspaces: [], total: 0 });
  });

  it("are made by global admins, who become their admins", async () => {
    const { ctx: member } = await createTestWorkspace(database);
    await expect(createWorkspace(member, { name: "Mine" })).rejects.toMatchObject({ kind: "forbidden" });
    const { ctx, user } = await person("admin");
    const made = await createWorkspace(ctx, { name: "Žabja vas 1" });
    expect(made).toMatchObject({ name: "Žabja vas 1", slug: "zabja-vas-1", role: "admin", isGlobal: false });
    expect((await createWorkspace(ctx, { name: "Žabja vas 1" })).slug).toBe("zabja-vas-1-2");
    const atOnce = await Promise.all([1, 2, 3].map(() => createWorkspace(ctx, { name: "At once" })));
    expect(atOnce.map(({ slug }) => slug).sort()).toEqual(["at-once", "at-once-2", "at-once-3"]);
    await expect(createWorkspace(ctx, { name: "x", slug: "zabja-vas-1" })).rejects.toMatchObject({
      kind: "conflict",
      details: [expect.stringMatching(/^slug/)],
    });
    expect((await listMembers(ctx, { id: made.id, ...range })).members).toMatchObject([
      { userId: user.id, role: "admin" },
    ]);
  });

  it("are renamed by their admins: 403 below, 404 without a role", async () => {
    const { ctx, workspaceId } = await createTestWorkspace(database);
    const { ctx: member } = await joinTestWorkspace(database, workspaceId, { role: "member" });
    const { ctx: stranger, workspaceId: taken } = await createTestWorkspace(database);
    expect(await updateWorkspace(ctx, { id: workspaceId, name: "New" })).toMatchObject({
      name: "New",
      slug: `w-${workspaceId}`,
      role: "admin",
    });
    await expect(updateWorkspace(ctx, { id: workspaceId, slug: `w-${taken}` })).rejects.toMatchObject({
      kind: "conflict",
    });
    await expect(updateWorkspace(member, { id: workspaceId, name: "x" })).rejects.toMatchObject({ kind: "forbidden" });
    await expect(updateWorkspace(stranger, { id: workspaceId, name: "x" })).rejects.toMatchObject({
      kind: "not_found",
    });
  });

  it("makes slugs of names", () => {
    expect(toSlug("  Open Rivers: Network! ")).toBe("open-rivers-network");
    expect(toSlug("日本")).toBe("workspace");
    expect(toSlug("x".repeat(90))).toHaveLength(60);
    expect(firstFreeSlug("x".repeat(60), new Set(["x".repeat(60)]))).toBe(`${"x".repeat(58)}-2`);
  });

  describe("members", () => {
    it("are invited by address: the user exists from then on", async () => {
      const { ctx, workspaceId: id } = await createTestWorkspace(database);
      const email = `invited-${id}@example.org`;
      const member = await addMember(ctx, { id, email, role: "member" });
      expect(member).toEqual({ userId: expect.any(String), name: `invited-${id}`, email, role: "member" });
      expect(await database.prisma.user.findUnique({ where: { email } })).toMatchObject({
        role: "member",
        isActive: true,
      });
      await expect(addMember(ctx, { id, email, role: "viewer" })).rejects.toMatchObject({ kind: "conflict" });
      expect((await listMembers(ctx, { id, ...range })).members.map((each) => [each.email, each.role])).toEqual([
        [email, "member"],
        [ctx.principal.email, "admin"],
      ]);
      const { ctx: other, workspaceId } = await createTestWorkspace(database);
      expect((await addMember(other, { id: workspaceId, email, role: "admin", name: "Other name" })).userId).toBe(
        member.userId,
      );
      expect((await database.prisma.user.findUniqueOrThrow({ where: { email } })).name).toBe(`invited-${id}`);
    });

    it("who are deactivated are not invited", async () => {
      const { ctx, workspaceId: id } = await createTestWorkspace(database);
      const { user } = await person();
      await database.prisma.user.update({ where: { id: user.id }, data: { isActive: false } });
      await expect(addMember(ctx, { id, email: user.email, role: "member" })).rejects.toMatchObject({
        kind: "invalid",
      });
    });

    it("change role and leave, which holds at the next request", async () => {
      const { ctx, workspaceId: id } = await createTestWorkspace(database);
      const { ctx: member, user } = await joinTestWorkspace(database, id, { role: "member" });
      expect(await updateMember(ctx, { id, userId: user.id, role: "viewer" })).toMatchObject({
        userId: user.id,
        role: "viewer",
      });
      expect((await openWorkspace(member, id)).role).toBe("viewer");
      await removeMember(ctx, { id, userId: user.id });
      await expect(openWorkspace(member, id)).rejects.toMatchObject({ kind: "forbidden" });
      await expect(removeMember(ctx, { id, userId: user.id })).rejects.toMatchObject({ kind: "not_found" });
      await expect(updateMember(ctx, { id, userId: user.id, role: "admin" })).rejects.toMatchObject({
        kind: "not_found",
      });
    });

    it("are for admins of the workspace in the path, whatever else they are elsewhere", async () => {
      const { workspaceId: id, user } = await createTestWorkspace(database);
      const { ctx: member } = await joinTestWorkspace(database, id, { role: "member" });
      const { ctx: stranger } = await createTestWorkspace(database);
      for (const [ctx, kind] of [
        [member, "forbidden"],
        [stranger, "not_found"],
      ] as const) {
        await expect(listMembers(ctx, { id, ...range })).rejects.toMatchObject({ kind });
        await expect(addMember(ctx, { id, email: "x@example.org", role: "admin" })).rejects.toMatchObject({ kind });
        await expect(updateMember(ctx, { id, userId: user.id, role: "viewer" })).rejects.toMatchObject({ kind });
        await expect(removeMember(ctx, { id, userId: user.id })).rejects.toMatchObject({ kind });
      }
      expect(await database.prisma.user.count({ where: { email: "x@example.org" } })).toBe(0);
    });
  });
});
