import { newId } from "@hustings/db/ids";
import { createTestDatabase } from "@hustings/db/test-database";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { WorkspaceContext } from "../context";
import { createInteraction } from "../interactions/commands";
import { createTag, deleteTag } from "../tags/commands";
import { createTestWorkspace } from "../testing/workspace";
import { tagContacts } from "./bulk";
import { createContact } from "./create-contact";
import { listOverviews } from "./overview";
import { addContactTag, listContactTags, listTagsByContact, removeContactTag } from "./tags";
import { updateContact } from "./update-contact";

let database: Awaited<ReturnType<typeof createTestDatabase>>;
let ctx: WorkspaceContext;
let other: WorkspaceContext;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());
beforeEach(async () => {
  ctx = (await createTestWorkspace(database)).ctx;
  other = (await createTestWorkspace(database)).ctx;
});

const RANGE = { limit: 1_000, offset: 0 };
const newEmail = () => `ana-${newId()}@example.org`;

describe("tags of a contact", () => {
  it("come and go, by name, and only once", async () => {
    const { id } = await createContact(ctx, { customFields: {} });
    const [volunteer, donor] = [
      await createTag(ctx, { name: "Volunteer", color: "#14513f" }),
      await createTag(ctx, { name: "donor" }),
    ];
    await addContactTag(ctx, { id, tagId: volunteer.id });
    expect(await addContactTag(ctx, { id, tagId: donor.id })).toEqual([donor, volunteer]);
    expect(await addContactTag(ctx, { id, tagId: donor.id })).toEqual([donor, volunteer]);
    expect((await database.prisma.contact.findUniqueOrThrow({ where: { id } })).tagIds).toHaveLength(2);
    expect(await removeContactTag(ctx, { id, tagId: volunteer.id })).toEqual([donor]);
    expect(await removeContactTag(ctx, { id, tagId: volunteer.id })).toEqual([donor]);
    expect(await listContactTags(ctx, { id, ...RANGE })).toEqual({ tags: [donor], total: 1 });
    const entries = await database.prisma.auditEntry.findMany({ where: { targetId: id }, orderBy: { id: "asc" } });
    expect(entries.map((entry) => entry.action)).toEqual([
      "contacts.create",
      "contacts.tag",
      "contacts.tag",
      "contacts.untag",
    ]);
  });

  it("never outlive their tag, also when it is deleted at that moment", async () => {
    const people = await Promise.all([1, 2, 3].map(() => createContact(ctx, { customFields: {} })));
    const ids = people.map(({ id }) => id);
    for (let round = 0; round < 10; round++) {
      const { id: tagId } = await createTag(ctx, { name: `round ${round}` });
      await Promise.allSettled([
        ...ids.map((id) => addContactTag(ctx, { id, tagId })),
        tagContacts(ctx, { selection: { ids }, tagId }),
        deleteTag(ctx, { id: tagId }),
      ]);
      expect(await database.prisma.contactTag.count({ where: { tagId } })).toBe(0);
      await expect(deleteTag(ctx, { id: tagId })).rejects.toMatchObject({ kind: "not_found" });
    }
  });

  it("are listed in parts, with how many there are", async () => {
    const { id } = await createContact(ctx, { customFields: {} });
    for (const name of ["b", "C", "a"]) await addContactTag(ctx, { id, tagId: (await createTag(ctx, { name })).id });
    const { tags, total } = await listContactTags(ctx, { id, limit: 1, offset: 1 });
    expect([tags.map(({ name }) => name), total]).toEqual([["b"], 3]);
  });

  it("are 404 for the contact and 400 for the tag of another workspace", async () => {
    const mine = await createContact(ctx, { customFields: {} });
    const theirs = await createContact(other, { customFields: {} });
    const [myTag, theirTag] = [await createTag(ctx, { name: "A" }), await createTag(other, { name: "A" })];
    const unknownTag = { kind: "invalid", details: ["tagId: not found"] };
    for (const change of [addContactTag, removeContactTag]) {
      await expect(change(ctx, { id: theirs.id, tagId: myTag.id })).rejects.toMatchObject({ kind: "not_found" });
      await expect(change(ctx, { id: mine.id, tagId: theirTag.id })).rejects.toMatchObject(unknownTag);
      await expect(change(ctx, { id: mine.id, tagId: newId() })).rejects.toMatchObject(unknownTag);
    }
    await expect(listContactTags(ctx, { id: theirs.id, ...RANGE })).rejects.toMatchObject({ kind: "not_found" });
    expect(await database.prisma.contactTag.count({ where: { contactId: { in: [mine.id, theirs.id] } } })).toBe(0);
  });

  it("of many contacts leave out the unknown, and what others put on the same person", async () => {
    const email = newEmail();
    const shared = await createContact(ctx, { email, customFields: {} });
    await createContact(other, { email, customFields: {} });
    const theirs = await createContact(other, { customFields: {} });
    const theirTag = await createTag(other, { name: "Secret" });
    await addContactTag(other, { id: shared.id, tagId: theirTag.id });
    expect(await listTagsByContact(ctx, [shared.id, theirs.id, newId()])).toEqual({ [shared.id]: [] });
    expect(await listTagsByContact(other, [shared.id])).toEqual({ [shared.id]: [theirTag] });
  });
});

describe("the overview of contacts", () => {
  const emailabilityOf = async (id: string, of = ctx) => (await listOverviews(of, [id]))[id]?.emailability;

  it("says whether a campaign could reach them, and why not", async () => {
    const email = newEmail();
    const contact = await createContact(ctx, { email, customFields: {} });
    expect(await emailabilityOf(contact.id)).toBe("yes");
    await database.prisma.suppression.create({ data: { email, reason: "manual", workspaceId: other.workspaceId } });
    expect(await emailabilityOf(contact.id)).toBe("yes");
    await database.prisma.suppression.create({ data: { email, reason: "manual", workspaceId: ctx.workspaceId } });
    expect(await emailabilityOf(contact.id)).toBe("suppressed");
    await database.prisma.suppression.create({ data: { email, reason: "hard_bounce" } });
    expect(await emailabilityOf(contact.id)).toBe("hard_bounce");
    await updateContact(ctx, { id: contact.id, globallyUnsubscribed: true });
    expect(await emailabilityOf(contact.id)).toBe("unsubscribed");
    await updateContact(ctx, { id: contact.id, email: null });
    expect(await emailabilityOf(contact.id)).toBe("no_email");
    expect(await emailabilityOf(contact.id, other)).toBeUndefined();
  });

  it("tells the last thing that happened in this workspace", async () => {
    const email = newEmail();
    const contact = await createContact(ctx, { email, customFields: {} });
    await createContact(other, { email, customFields: {} });
    const lastOf = async () => (await listOverviews(ctx, [contact.id]))[contact.id]?.lastActivity;
    expect(await lastOf()).toBeNull();
    const at = (day: number) => new Date(Date.UTC(2026, 9, day)).toISOString();
    await createInteraction(ctx, { id: contact.id, type: "call", occurredAt: at(1), metadata: {} });
    await createInteraction(other, {
      id: contact.id,
      type: "note",
      subject: "Theirs",
      occurredAt: at(9),
      metadata: {},
    });
    expect(await lastOf()).toEqual({ type: "call", label: "Phone call", at: at(1) });
    // Whether it answers anything is not known.
    const received = await createContact(ctx, { email: newEmail(), customFields: {} });
    await createInteraction(ctx, { id: received.id, type: "email_received", occurredAt: at(1), metadata: {} });
    expect((await listOverviews(ctx, [received.id]))[received.id]?.lastActivity?.label).toBe("Email received");
    const campaign = await database.prisma.campaign.create({
      data: { workspaceId: ctx.workspaceId, name: "November news", subject: "Hi", body: "x" },
    });
    await database.prisma.campaignEmail.create({
      data: {
        campaignId: campaign.id,
        contactId: contact.id,
        email,
        batchNo: 0,
        status: 5,
        sentAt: at(2),
        openedAt: at(8),
        verifiedOpenedAt: at(3),
      },
    });
    expect(await lastOf()).toEqual({ type: "campaign_opened", label: "Opened November news", at: at(3) });
    await createInteraction(ctx, {
      id: contact.id,
      type: "note",
      subject: "Wants a poster",
      occurredAt: at(4),
      metadata: {},
    });
    expect(await lastOf()).toEqual({ type: "note", label: "Wants a poster", at: at(4) });
  });
});
