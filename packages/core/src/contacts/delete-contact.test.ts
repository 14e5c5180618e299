import { newId } from "@hustings/db/ids";
import { createTestDatabase } from "@hustings/db/test-database";
import { parseMailersendEvent } from "@hustings/email/mailersend-webhook";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { EMAIL_STATUS } from "../campaigns/email-status";
import type { WorkspaceContext } from "../context";
import { createInteraction } from "../interactions/commands";
import { applyProviderEvents } from "../provider-events/apply-provider-events";
import { storeProviderEvents } from "../provider-events/store-provider-events";
import { createTag } from "../tags/commands";
import { createTestWorkspace, joinTestWorkspace } from "../testing/workspace";
import { createContact } from "./create-contact";
import { deleteContact } from "./delete-contact";
import { getContact } from "./queries";
import { addContactTag, listContactTags } from "./tags";
import { updateContact } from "./update-contact";

let database: Awaited<ReturnType<typeof createTestDatabase>>;
let ctx: WorkspaceContext;
let other: WorkspaceContext;
let globalAdmin: WorkspaceContext;
let email: string;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());
beforeEach(async () => {
  ctx = (await createTestWorkspace(database)).ctx;
  other = (await createTestWorkspace(database)).ctx;
  globalAdmin = (await joinTestWorkspace(database, ctx.workspaceId, { role: null, installationRole: "admin" })).ctx;
  email = `ana-${newId()}@example.org`;
});

/** A contact with something of everything in a workspace. */
async function makeContact(of: WorkspaceContext, address = email) {
  const contact = await createContact(of, { email: address, firstName: "Ana", customFields: { plan: "pro" } });
  const tag = await createTag(of, { name: `Tag ${newId()}` });
  await addContactTag(of, { id: contact.id, tagId: tag.id });
  await createInteraction(of, { id: contact.id, type: "note", body: "met", metadata: {} });
  return contact;
}

async function makeMail(of: WorkspaceContext, contactId: string, address: string) {
  const campaign = await database.prisma.campaign.create({
    data: { workspaceId: of.workspaceId, name: "News", subject: "Hi", body: "x" },
  });
  const key = { campaignId: campaign.id, contactId };
  await database.prisma.campaignEmail.create({
    data: { ...key, email: address, batchNo: 0, status: 10, error: `no such user ${address}` },
  });
  await database.prisma.emailEvent.create({
    data: { ...key, eventId: newId(), type: "hard_bounced", reason: `<${address}>`, occurredAt: new Date() },
  });
  await database.prisma.sandboxEmail.create({
    data: {
      ...key,
      workspaceId: of.workspaceId,
      messageId: newId(),
      to: address,
      from: "us@example.org",
      subject: "Hi",
      headers: {},
      html: "Ana",
      text: "Ana",
    },
  });
  return key;
}

/** A bounce as the provider tells it: it names the address, in its own spelling, and quotes it. */
async function tellBounce(messageId: string, address: string): Promise<string> {
  const spelled = address.toUpperCase();
  const body = {
    type: "activity.hard_bounced",
    data: {
      id: newId(),
      email: { message: { id: messageId }, recipient: { email: spelled } },
      morph: { reason: `<${spelled}>: no such user` },
    },
  };
  const event = parseMailersendEvent(body, new Date());
  if (!event) throw new Error("This is no event.");
  await storeProviderEvents(database.prisma, [{ event, body }]);
  return event.eventId;
}

async function findTablesWith(text: string): Promise<string[]> {
  const tables = await database.prisma.$queryRaw<{ name: string }[]>`
    select quote_ident(table_name) as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'`;
  const found: string[] = [];
  for (const { name } of tables) {
    const { rowCount } = await database.pool.query(`select 1 from ${name} t where t::text ilike $1`, [`%${text}%`]);
    if (rowCount !== 0) found.push(name);
  }
  return found;
}

const countOf = async (contactId: string) => ({
  contacts: await database.prisma.contact.count({ where: { id: contactId } }),
  links: await database.prisma.contactWorkspace.count({ where: { contactId } }),
  tags: await database.prisma.contactTag.count({ where: { contactId } }),
  interactions: await database.prisma.interaction.count({ where: { contactId } }),
});
const NOTHING = { contacts: 0, links: 0, tags: 0, interactions: 0 };

describe("deleteContact", () => {
  it("takes a contact that others know out of this workspace alone", async () => {
    const contact = await makeContact(ctx);
    await createContact(other, { email, customFields: { plan: "free" } });
    await createInteraction(other, { id: contact.id, type: "call", metadata: {} });
    await deleteContact(ctx, contact);
    await expect(getContact(ctx, contact)).rejects.toMatchObject({ kind: "not_found" });
    expect(await getContact(other, contact)).toMatchObject({ firstName: "Ana", customFields: { plan: "free" } });
    expect(await countOf(contact.id)).toEqual({ contacts: 1, links: 1, tags: 0, interactions: 1 });
    // Linked again, it starts anew here.
    expect(await createContact(ctx, { email, customFields: {} })).toMatchObject({ id: contact.id, customFields: {} });
    expect((await listContactTags(ctx, { id: contact.id, limit: 1, offset: 0 })).total).toBe(0);
  });

  it("erases a contact that no other workspace has", async () => {
    const contact = await makeContact(ctx);
    await deleteContact(ctx, contact);
    expect(await countOf(contact.id)).toEqual(NOTHING);
    const stats = await database.prisma.workspaceStats.findUniqueOrThrow({ where: { workspaceId: ctx.workspaceId } });
    expect(stats.contacts).toBe(0n);
  });

  it("erases everywhere by a global admin's hand", async () => {
    const contact = await makeContact(ctx);
    await createContact(other, { email, customFields: {} });
    await deleteContact(globalAdmin, contact);
    expect(await countOf(contact.id)).toEqual(NOTHING);
    await expect(getContact(other, contact)).rejects.toMatchObject({ kind: "not_found" });
  });

  it("does not touch another workspace's contact", async () => {
    const contact = await makeContact(other);
    await expect(deleteContact(ctx, contact)).rejects.toMatchObject({ kind: "not_found" });
    expect(await countOf(contact.id)).toEqual({ contacts: 1, links: 1, tags: 1, interactions: 1 });
  });

  it("leaves the address and the words about it nowhere, and campaigns their rows", async () => {
    const contact = await makeContact(ctx);
    const key = await makeMail(ctx, contact.id, `earlier-${email}`);
    await database.prisma.suppression.create({ data: { email, reason: "hard_bounce" } });
    await database.prisma.softBounce.create({ data: { email, count: 1, lastAt: new Date() } });
    await deleteContact(ctx, contact);
    expect(
      await database.prisma.campaignEmail.findUniqueOrThrow({ where: { contactId_campaignId: key } }),
    ).toMatchObject({ email: null, error: null, status: 10 });
    expect(await findTablesWith(email)).toEqual([]);
  });

  it("takes the address out of what the provider told before and tells after, and counts it all the same", async () => {
    const contact = await makeContact(ctx);
    const key = await makeMail(ctx, contact.id, email);
    const messageId = newId();
    await database.prisma.campaignEmail.update({
      where: { contactId_campaignId: key },
      data: { providerMessageId: messageId, status: EMAIL_STATUS.sent },
    });
    const before = await tellBounce(messageId, email);
    await deleteContact(ctx, contact);
    expect(await findTablesWith(email)).toEqual([]);
    const after = await tellBounce(messageId, email);
    await applyProviderEvents(ctx);
    expect(await findTablesWith(email)).toEqual([]);
    const events = await database.prisma.providerEvent.findMany({ where: { eventId: { in: [before, after] } } });
    expect(events.map(({ outcome }) => outcome)).toEqual(["applied", "applied"]);
    expect(
      await database.prisma.campaignEmail.findUniqueOrThrow({ where: { contactId_campaignId: key } }),
    ).toMatchObject({ status: EMAIL_STATUS.bounced, error: null });
  });

  it("takes the person out of the rows that an import shows, and leaves the others", async () => {
    const contact = await makeContact(ctx);
    const other = { line: 3, label: "Bo Berg", detail: `New · bo-${newId()}@example.org` };
    const named = { line: 2, label: "Ana", detail: `New · ${email}` };
    const { id } = await database.prisma.import.create({
      data: {
        workspaceId: ctx.workspaceId,
        fileName: "people.csv",
        options: {},
        actor: {},
        total: 2,
        examples: { created: [named, other], updated: [{ line: 9, label: email, detail: "Updated" }] },
      },
    });
    await deleteContact(ctx, contact);
    expect(await findTablesWith(email)).toEqual([]);
    const { examples } = await database.prisma.import.findUniqueOrThrow({ where: { id } });
    expect(examples).toEqual({ created: [other], updated: [] });
  });

  it("keeps opt-outs and suppressions under a hash, and gives them back with the address", async () => {
    const category = await database.prisma.category.create({ data: { workspaceId: ctx.workspaceId, name: "News" } });
    const contact = await makeContact(ctx);
    await updateContact(ctx, {
      id: contact.id,
      globallyUnsubscribed: true,
      communicationPreferences: { [category.id]: "unsubscribed" },
    });
    await database.prisma.suppression.createMany({
      data: [
        { email, reason: "complaint" },
        { email, reason: "manual", workspaceId: other.workspaceId },
      ],
    });
    await deleteContact(ctx, contact);
    expect(await database.prisma.suppression.count({ where: { email } })).toBe(0);

    const again = await createContact(ctx, { email, customFields: {} });
    expect(again.id).not.toBe(contact.id);
    expect(again).toMatchObject({
      globallyUnsubscribed: true,
      communicationPreferences: { [category.id]: "unsubscribed" },
    });
    const suppressions = await database.prisma.suppression.findMany({ where: { email }, orderBy: { reason: "asc" } });
    expect(suppressions.map(({ reason, workspaceId }) => [reason, workspaceId])).toEqual([
      ["complaint", null],
      ["manual", other.workspaceId],
    ]);
    // Erased and back again: nothing is lost on the way.
    await deleteContact(ctx, again);
    expect(await createContact(ctx, { email, customFields: {} })).toMatchObject({ globallyUnsubscribed: true });
    expect(await database.prisma.suppression.count({ where: { email } })).toBe(2);
  });

  it("gives them back to a contact that takes the address over, and to nobody else", async () => {
    const contact = await makeContact(ctx);
    await updateContact(ctx, { id: contact.id, globallyUnsubscribed: true });
    await deleteContact(ctx, contact);
    const heir = await createContact(ctx, { email: `other-${email}`, customFields: {} });
    expect(heir.globallyUnsubscribed).toBe(false);
    expect(await updateContact(ctx, { id: heir.id, email })).toMatchObject({ email, globallyUnsubscribed: true });
  });

  it("hangs nothing on a contact that is being erased", async () => {
    const contact = await makeContact(ctx);
    const tag = await createTag(ctx, { name: `Late ${newId()}` });
    await Promise.allSettled([
      deleteContact(ctx, contact),
      ...Array.from({ length: 5 }, () => createInteraction(ctx, { id: contact.id, type: "note", metadata: {} })),
      ...Array.from({ length: 3 }, () => addContactTag(ctx, { id: contact.id, tagId: tag.id })),
    ]);
    expect(await countOf(contact.id)).toEqual(NOTHING);
  });
});
