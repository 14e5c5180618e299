import { newId } from "@hustings/db/ids";
import { createTestDatabase } from "@hustings/db/test-database";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import type { WorkspaceContext } from "../context";
import { createTag } from "../tags/commands";
import { createTestWorkspace, joinTestWorkspace } from "../testing/workspace";
import { deleteContacts, tagContacts, untagContacts } from "./bulk";
import { createContact } from "./create-contact";
import { listContacts } from "./queries";

vi.setConfig({ testTimeout: 60_000 });

let database: Awaited<ReturnType<typeof createTestDatabase>>;
let ctx: WorkspaceContext;
let other: WorkspaceContext;
let tagId: string;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());
beforeEach(async () => {
  ctx = (await createTestWorkspace(database)).ctx;
  other = (await createTestWorkspace(database)).ctx;
  tagId = (await createTag(ctx, { name: "Volunteer" })).id;
});

/** More than one chunk of the work. */
async function addMany(of: WorkspaceContext, count: number): Promise<string[]> {
  const ids = Array.from({ length: count }, () => newId());
  const workspaceIds = [of.workspaceId];
  await database.prisma.contact.createMany({
    data: ids.map((id, index) => ({ id, firstName: index % 2 ? "Odd" : "Even", lastName: "Novak", workspaceIds })),
  });
  await database.prisma.contactWorkspace.createMany({
    data: ids.map((contactId) => ({ contactId, workspaceId: of.workspaceId })),
  });
  return ids;
}
const totalOf = async (of: WorkspaceContext, filters: { tagId?: string; search?: string } = {}) =>
  (await listContacts(of, { ...filters, page: 1, pageSize: 1, sortBy: "createdAt", sortOrder: "desc" })).total;
const auditOf = (of: WorkspaceContext, action: string) =>
  database.prisma.auditEntry.findMany({ where: { workspaceId: of.workspaceId, action } });

describe("bulk work", () => {
  it("tags everyone that the filters match, once, with one audit entry", async () => {
    await addMany(ctx, 4_100);
    const selection = { filters: { search: "even" } };
    expect(await tagContacts(ctx, { selection, tagId })).toBe(2_050);
    expect(await tagContacts(ctx, { selection, tagId })).toBe(0);
    expect(await totalOf(ctx, { tagId })).toBe(2_050);
    const entries = await auditOf(ctx, "contacts.bulkTag");
    expect(entries.map((entry) => entry.details)).toEqual(
      Array(2).fill({
        selected: 2_050,
        by: "filters",
        hasSearch: true,
        tagId: null,
        segmentId: null,
        hasFilter: false,
      }),
    );
    expect(await untagContacts(ctx, { selection: { filters: { tagId } }, tagId })).toBe(2_050);
    expect(await totalOf(ctx, { tagId })).toBe(0);
    expect(await database.prisma.contactTag.count({ where: { tagId } })).toBe(0);
  });

  it("touches nobody of another workspace, and takes no tag or segment of it", async () => {
    const [mine] = await addMany(ctx, 1);
    const [theirs] = await addMany(other, 1);
    const theirTag = await createTag(other, { name: "Theirs" });
    expect(await tagContacts(ctx, { selection: { ids: [mine!, theirs!] }, tagId })).toBe(1);
    expect(await database.prisma.contactTag.findMany()).not.toContainEqual({ contactId: theirs, tagId });
    await expect(tagContacts(ctx, { selection: { ids: [mine!] }, tagId: theirTag.id })).rejects.toMatchObject({
      kind: "invalid",
      details: ["tagId: not found"],
    });
    await expect(untagContacts(ctx, { selection: { filters: { tagId: theirTag.id } }, tagId })).rejects.toMatchObject({
      kind: "invalid",
    });
    await expect(deleteContacts(ctx, { selection: { ids: [theirs!] }, expectedCount: 1 })).rejects.toMatchObject({
      kind: "conflict",
    });
    expect(await totalOf(other)).toBe(1);
  });

  it("deletes exactly those whose number was confirmed", async () => {
    await addMany(ctx, 2_501);
    const selection = { filters: { search: "odd" } };
    await expect(deleteContacts(ctx, { selection, expectedCount: 1_251 })).rejects.toMatchObject({
      kind: "conflict",
      details: ["expectedCount: 1250 match now"],
    });
    expect(await totalOf(ctx)).toBe(2_501);
    expect(await deleteContacts(ctx, { selection, expectedCount: 1_250 })).toBe(1_250);
    expect(await totalOf(ctx)).toBe(1_251);
    expect(await totalOf(ctx, { search: "odd" })).toBe(0);
    expect(await auditOf(ctx, "contacts.bulkDelete")).toHaveLength(1);
  });

  it("unlinks for a workspace's admin and erases for a global one, as one by one", async () => {
    const email = `ana-${newId()}@example.org`;
    const shared = await createContact(ctx, { email, customFields: {} });
    await createContact(other, { email, customFields: {} });
    const selection = { ids: [shared.id] };
    expect(await deleteContacts(ctx, { selection, expectedCount: 1 })).toBe(1);
    expect(await totalOf(other)).toBe(1);
    const globalAdmin = await joinTestWorkspace(database, other.workspaceId, { role: null, installationRole: "admin" });
    await createContact(ctx, { email, customFields: {} });
    expect(await deleteContacts(globalAdmin.ctx, { selection, expectedCount: 1 })).toBe(1);
    expect([await totalOf(ctx), await totalOf(other)]).toEqual([0, 0]);
  });
});
