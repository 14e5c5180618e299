import { newId } from "@hustings/db/ids";
import { createTestDatabase, type TestDatabase } from "@hustings/db/test-database";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { WorkspaceContext } from "../context";
import { createTestUser, createTestWorkspace, principalContext, testCoreContext } from "../testing/workspace";
import { deleteWorkspace } from "./delete-workspace";

describe("deleteWorkspace", () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database.drop());

  const globalAdmin = async () =>
    principalContext(testCoreContext(database), await createTestUser(database, "admin"), "admin");

  const addContact = async (scopes: WorkspaceContext[], email: string) => {
    const id = newId();
    const customFields = Object.fromEntries(scopes.map((ctx) => [`${ctx.workspaceId}:city`, "Celje"]));
    await database.prisma.contact.create({ data: { id, email, customFields } });
    for (const ctx of scopes) {
      await database.prisma.contactWorkspace.create({ data: { contactId: id, workspaceId: ctx.workspaceId } });
      const tag = await database.prisma.tag.create({ data: { name: `t ${id}`, workspaceId: ctx.workspaceId } });
      await database.prisma.contactTag.create({ data: { contactId: id, tagId: tag.id } });
      await database.prisma.interaction.create({
        data: { contactId: id, workspaceId: ctx.workspaceId, type: "note", occurredAt: new Date() },
      });
    }
    return id;
  };

  it("erases whom only it knew, keeps whom others know, and leaves nothing of its own", async () => {
    const { ctx } = await createTestWorkspace(database);
    const { ctx: other } = await createTestWorkspace(database);
    const id = ctx.workspaceId;
    const alone = await addContact([ctx], "alone@example.org");
    const shared = await addContact([ctx, other], "shared@example.org");
    const campaign = await database.prisma.campaign.create({
      data: { name: "n", subject: "s", body: "b", workspaceId: id, status: "scheduled", scheduledAt: new Date() },
    });
    await database.prisma.campaignEmail.create({ data: { campaignId: campaign.id, contactId: shared, batchNo: 0 } });
    await database.prisma.suppression.create({ data: { email: "x@example.org", reason: "manual", workspaceId: id } });
    await database.prisma.user.update({ where: { id: ctx.principal.userId ?? "" }, data: { lastWorkspaceId: id } });

    expect(await deleteWorkspace(await globalAdmin(), { id })).toEqual({ success: true, erased: 1, unlinked: 1 });

    expect(await database.prisma.contact.findUnique({ where: { id: alone } })).toBeNull();
    const left = await database.prisma.contact.findUniqueOrThrow({ where: { id: shared } });
    expect(left).toMatchObject({
      workspaceIds: [other.workspaceId],
      customFields: { [`${other.workspaceId}:city`]: "Celje" },
    });
    expect(left.tagIds).toHaveLength(1);
    const counts = await Promise.all([
      database.prisma.workspace.count({ where: { id } }),
      database.prisma.interaction.count({ where: { workspaceId: id } }),
      database.prisma.campaignEmail.count({ where: { campaignId: campaign.id } }),
      database.prisma.suppression.count({ where: { workspaceId: id } }),
      database.prisma.tag.count({ where: { workspaceId: id } }),
      database.prisma.user.count({ where: { lastWorkspaceId: id } }),
      database.prisma.workspaceStats.count({ where: { workspaceId: id } }),
    ]);
    expect(counts).toEqual([0, 0, 0, 0, 0, 0, 0]);
    expect(await database.prisma.interaction.count({ where: { workspaceId: other.workspaceId } })).toBe(1);
    expect(await database.prisma.erasedAddress.count()).toBe(1);
    expect(
      await database.prisma.auditEntry.findFirst({ where: { action: "workspaces.delete", targetId: id } }),
    ).toMatchObject({ workspaceId: null });
  });

  it("is for global admins, and not for the global workspace", async () => {
    const { ctx, workspaceId: id } = await createTestWorkspace(database);
    await expect(deleteWorkspace(ctx, { id })).rejects.toMatchObject({ kind: "forbidden" });
    const admin = await globalAdmin();
    const { workspaceId } = await createTestWorkspace(database, { global: true });
    await expect(deleteWorkspace(admin, { id: workspaceId })).rejects.toMatchObject({ kind: "invalid" });
    await expect(deleteWorkspace(admin, { id: newId() })).rejects.toMatchObject({ kind: "not_found" });
  });

  it("waits for nothing that runs: it refuses and names it", async () => {
    const { workspaceId: id } = await createTestWorkspace(database);
    await database.prisma.campaign.create({
      data: { name: "Now", subject: "s", body: "b", workspaceId: id, status: "sending" },
    });
    const scheduled = await database.prisma.campaign.create({
      data: { name: "Soon", subject: "s", body: "b", workspaceId: id, status: "scheduled" },
    });
    await expect(deleteWorkspace(await globalAdmin(), { id })).rejects.toMatchObject({
      kind: "invalid",
      details: ['campaign "Now": sending'],
    });
    expect((await database.prisma.campaign.findUniqueOrThrow({ where: { id: scheduled.id } })).status).toBe(
      "scheduled",
    );
  });

  it("is done once when two ask for it at the same time", async () => {
    const { ctx } = await createTestWorkspace(database);
    for (let person = 0; person < 5; person++) await addContact([ctx], `twice-${person}@example.org`);
    const admin = await globalAdmin();
    const results = await Promise.allSettled([1, 2, 3].map(() => deleteWorkspace(admin, { id: ctx.workspaceId })));
    const refusals = results.flatMap((result) => (result.status === "rejected" ? [result.reason] : []));
    expect(refusals).toEqual([
      expect.objectContaining({ kind: "not_found" }),
      expect.objectContaining({ kind: "not_found" }),
    ]);
  });
});
