import { appRouter } from "@hustings/api/router";
import { createCallerFactory } from "@hustings/api/trpc";
import {
  createTestUser,
  createTestWorkspace,
  principalContext,
  testCoreContext,
} from "@hustings/core/testing/workspace";
import { createTestDatabase } from "@hustings/db/test-database";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

let database: Awaited<ReturnType<typeof createTestDatabase>>;
let demoId: string;
let elsewhereId: string;

beforeAll(async () => {
  database = await createTestDatabase();
  demoId = (await database.prisma.workspace.create({ data: { name: "Demo", slug: "demo" } })).id;
  elsewhereId = (await createTestWorkspace(database)).workspaceId;
});
afterAll(() => database.drop());

const createCaller = createCallerFactory(appRouter);

/** Somebody without credentials, in a request that may or may not go without. */
const nobody = (isAnonymousAllowed: boolean, workspaceId?: string) =>
  createCaller({
    source: "caller",
    core: testCoreContext(database),
    headers: { "x-workspace-id": workspaceId },
    principal: null,
    isAnonymousAllowed,
    out: { headers: {} },
  });

const list = { page: 1, pageSize: 50, sortBy: "createdAt", sortOrder: "desc" } as const;

describe("contacts, interactions, tags and fields without credentials", () => {
  it("are closed unless the server allows it for this request", async () => {
    const caller = nobody(false);
    const calls = [
      () => caller.contacts.list(list),
      () => caller.contacts.create({}),
      () => caller.fields.list({}),
      () => caller.tags.list({}),
    ];
    for (const call of calls) await expect(call()).rejects.toMatchObject({ code: "UNAUTHORIZED" });
    expect(await database.prisma.contact.count()).toBe(0);
  });

  it("are a demo member's where it does, and of no other workspace", async () => {
    const caller = nobody(true);
    const contact = await caller.contacts.create({ firstName: "Ana" });
    const note = await caller.interactions.create({ id: contact.id, type: "note" });
    await caller.fields.create({ name: "city", label: "City", fieldType: "text" });
    expect((await caller.contacts.update({ id: contact.id, customFields: { city: "Celje" } })).customFields).toEqual({
      city: "Celje",
    });
    expect((await caller.interactions.list({ id: contact.id })).interactions).toEqual([note]);
    await caller.interactions.delete({ id: note.id });
    expect((await database.prisma.contact.findUniqueOrThrow({ where: { id: contact.id } })).workspaceIds).toEqual([
      demoId,
    ]);
    await expect(nobody(true, elsewhereId).contacts.list(list)).rejects.toMatchObject({ code: "FORBIDDEN" });
  });

  it("give nothing that needs more than a member, nor what is beyond the reference's open operations", async () => {
    const caller = nobody(true);
    const contact = await caller.contacts.create({ firstName: "Bo" });
    await expect(caller.contacts.delete({ id: contact.id })).rejects.toMatchObject({ code: "UNAUTHORIZED" });
    await expect(
      caller.contacts.bulkDelete({ selection: { ids: [contact.id] }, expectedCount: 1 }),
    ).rejects.toMatchObject({ code: "UNAUTHORIZED" });
    await expect(
      caller.fields.create({ name: "x", label: "x", fieldType: "text", scope: "core" }),
    ).rejects.toMatchObject({ code: "FORBIDDEN" });
    expect((await caller.contacts.get({ id: contact.id })).firstName).toBe("Bo");
  });
});

describe("people who are signed in", () => {
  it("without a membership see no contacts, and global admins see every workspace", async () => {
    const callerOf = async (installationRole: "member" | "admin") => {
      const user = await createTestUser(database, installationRole);
      const core = testCoreContext(database);
      const { principal } = principalContext(core, user, installationRole);
      return createCaller({
        source: "caller",
        core,
        headers: { "x-workspace-id": demoId },
        principal,
        isAnonymousAllowed: true,
        out: { headers: {} },
      });
    };
    await expect((await callerOf("member")).contacts.list(list)).rejects.toMatchObject({ code: "FORBIDDEN" });
    expect((await (await callerOf("admin")).contacts.list(list)).total).toBeGreaterThan(0);
  });
});
