import { newId } from "@hustings/db/ids";
import { createTestDatabase } from "@hustings/db/test-database";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { WorkspaceContext } from "../context";
import { createTestWorkspace } from "../testing/workspace";
import { createContact } from "./create-contact";
import { getContact } from "./queries";
import { updateContact } from "./update-contact";

let database: Awaited<ReturnType<typeof createTestDatabase>>;
let ctx: WorkspaceContext;
let other: WorkspaceContext;
let email: string;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());
beforeEach(async () => {
  ctx = (await createTestWorkspace(database, { role: "member" })).ctx;
  other = (await createTestWorkspace(database, { role: "member" })).ctx;
  email = `ana-${newId()}@example.org`;
});

const actionsOn = async (contactId: string) =>
  (await database.prisma.auditEntry.findMany({ where: { targetId: contactId }, orderBy: { id: "asc" } })).map(
    (entry) => entry.action,
  );
const stored = (id: string) => database.prisma.contact.findUniqueOrThrow({ where: { id } });

describe("createContact", () => {
  it("answers with every key, null when empty", async () => {
    const contact = await createContact(ctx, { customFields: {}, firstName: "" });
    expect(contact).toEqual({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      email: null,
      firstName: null,
      lastName: null,
      language: null,
      globallyUnsubscribed: false,
      customFields: {},
      communicationPreferences: {},
      createdAt: expect.stringMatching(/Z$/),
      updatedAt: contact.createdAt,
    });
    expect(await getContact(ctx, contact)).toEqual(contact);
    expect(await actionsOn(contact.id)).toEqual(["contacts.create"]);
  });

  it("refuses an address that the workspace has, and lets many go without one", async () => {
    await createContact(ctx, { email, customFields: {} });
    await expect(createContact(ctx, { email, customFields: {} })).rejects.toMatchObject({
      kind: "conflict",
      details: [`email: "${email}" is taken`],
    });
    await createContact(ctx, { customFields: {} });
    await createContact(ctx, { customFields: {} });
  });

  it("makes one contact of two calls at once", async () => {
    const results = await Promise.allSettled([1, 2, 3, 4].map(() => createContact(ctx, { email, customFields: {} })));
    expect(results.filter((result) => result.status === "fulfilled")).toHaveLength(1);
    for (const result of results)
      if (result.status === "rejected") expect(result.reason).toMatchObject({ kind: "conflict" });
    expect(await database.prisma.contact.count({ where: { email } })).toBe(1);
  });

  it("links an address that only another workspace has, fills what is empty, and shows nothing else of it", async () => {
    const category = await database.prisma.category.create({ data: { workspaceId: other.workspaceId, name: "News" } });
    const theirs = await createContact(other, { email, firstName: "Ana", customFields: { plan: "pro" } });
    await updateContact(other, { id: theirs.id, communicationPreferences: { [category.id]: "unsubscribed" } });
    const mine = await createContact(ctx, {
      email,
      firstName: "Anna",
      lastName: "Novak",
      customFields: { plan: "free" },
    });
    expect(mine).toMatchObject({
      id: theirs.id,
      firstName: "Ana",
      lastName: "Novak",
      customFields: { plan: "free" },
      communicationPreferences: {},
    });
    expect(await getContact(other, theirs)).toMatchObject({
      lastName: "Novak",
      customFields: { plan: "pro" },
      communicationPreferences: { [category.id]: "unsubscribed" },
    });
    expect(await actionsOn(theirs.id)).toContain("contacts.link");
    expect((await stored(theirs.id)).workspaceIds.sort()).toEqual([ctx.workspaceId, other.workspaceId].sort());
    const links = await database.prisma.contactWorkspace.count({ where: { contactId: theirs.id } });
    expect(links).toBe(2);
    await expect(createContact(ctx, { email, customFields: {} })).rejects.toMatchObject({ kind: "conflict" });
  });

  it("counts the workspace's contacts by the way", async () => {
    const before = await database.prisma.workspaceStats.findUnique({ where: { workspaceId: ctx.workspaceId } });
    expect(before).toBeNull();
    await createContact(ctx, { customFields: {} });
    await createContact(ctx, { email, customFields: {} });
    expect(
      (await database.prisma.workspaceStats.findUniqueOrThrow({ where: { workspaceId: ctx.workspaceId } })).contacts,
    ).toBe(2n);
  });
});

describe("updateContact", () => {
  it("changes what is named, clears by null, and keeps the rest", async () => {
    const contact = await createContact(ctx, {
      email,
      firstName: "Ana",
      lastName: "Novak",
      language: "sl",
      customFields: {},
    });
    const changed = await updateContact(ctx, { id: contact.id, firstName: null, lastName: "Kos" });
    expect(changed).toMatchObject({ email, firstName: null, lastName: "Kos", language: "sl" });
    expect(changed.updatedAt > contact.updatedAt).toBe(true);
    expect(changed.createdAt).toBe(contact.createdAt);
    expect(await updateContact(ctx, { id: contact.id })).toEqual(changed);
  });

  it("merges custom fields and preferences key by key; an empty value removes one", async () => {
    const [news, alerts] = await Promise.all(
      ["News", "Alerts"].map((name) =>
        database.prisma.category.create({ data: { workspaceId: ctx.workspaceId, name } }),
      ),
    );
    const contact = await createContact(ctx, { customFields: { city: "Celje", plan: "pro" } });
    const changed = await updateContact(ctx, {
      id: contact.id,
      customFields: { city: "", size: "M" },
      communicationPreferences: { [news!.id]: "unsubscribed", [alerts!.id]: "subscribed" },
    });
    expect(changed.customFields).toEqual({ plan: "pro", size: "M" });
    const { communicationPreferences } = await updateContact(ctx, {
      id: contact.id,
      communicationPreferences: { [news!.id]: "" },
    });
    expect(communicationPreferences).toEqual({ [alerts!.id]: "subscribed" });
  });

  it("takes this workspace's categories alone, and names every problem at once", async () => {
    const theirs = await database.prisma.category.create({ data: { workspaceId: other.workspaceId, name: "News" } });
    await database.prisma.fieldDefinition.create({
      data: { workspaceId: ctx.workspaceId, name: "age", label: "Age", fieldType: "number" },
    });
    const contact = await createContact(ctx, { customFields: {} });
    await expect(
      updateContact(ctx, {
        id: contact.id,
        firstName: "Ana",
        customFields: { age: "old" },
        communicationPreferences: { [theirs.id]: "subscribed" },
      }),
    ).rejects.toMatchObject({
      kind: "invalid",
      details: ["customFields.age: must be a number", `communicationPreferences.${theirs.id}: not found`],
    });
    expect((await getContact(ctx, contact)).firstName).toBeNull();
  });

  it("leaves what the caller cannot see as it is", async () => {
    const contact = await createContact(ctx, { email, customFields: { plan: "pro" } });
    await createContact(other, { email, customFields: { plan: "free" } });
    await updateContact(ctx, { id: contact.id, customFields: { plan: "" } });
    expect((await getContact(other, contact)).customFields).toEqual({ plan: "free" });
    expect((await stored(contact.id)).customFields).toEqual({ [`${other.workspaceId}:plan`]: "free" });
  });

  it("refuses an address in use anywhere, and another workspace's contact", async () => {
    const contact = await createContact(ctx, { email, customFields: {} });
    const theirs = await createContact(other, { email: `x-${email}`, customFields: {} });
    await expect(updateContact(ctx, { id: contact.id, email: `x-${email}` })).rejects.toMatchObject({
      kind: "conflict",
    });
    await expect(updateContact(ctx, { id: theirs.id, firstName: "Eve" })).rejects.toMatchObject({ kind: "not_found" });
    expect((await getContact(other, theirs)).firstName).toBeNull();
  });

  it("writes names of fields into the audit, never what they hold", async () => {
    const contact = await createContact(ctx, { customFields: {} });
    await updateContact(ctx, { id: contact.id, firstName: "Secretname", customFields: { city: "Secrettown" } });
    const entries = await database.prisma.auditEntry.findMany({ where: { targetId: contact.id } });
    expect(JSON.stringify(entries)).not.toMatch(/Secret/);
    expect(entries.at(-1)?.details).toEqual({ fields: ["firstName", "customFields.city"] });
  });
});
