import { createTestDatabase, type TestDatabase } from "@hustings/db/test-database";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createContact } from "../contacts/create-contact";
import { deleteContact } from "../contacts/delete-contact";
import { updateContact } from "../contacts/update-contact";
import type { WorkspaceContext } from "../context";
import { deleteInteraction } from "../interactions/commands";
import { listInteractions } from "../interactions/queries";
import { type MailboxWorld, openMailboxWorld } from "../testing/mailbox";
import { createTestWorkspace, joinTestWorkspace } from "../testing/workspace";
import { deleteEmailConnection, updateEmailConnection } from "./commands";
import { updateEmailContactSetting, updateEmailContactSettings } from "./contact-settings";
import { importGmailContacts } from "./import-contacts";
import { listGmailContacts } from "./queries";

let database: TestDatabase;
let world: MailboxWorld;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());
beforeEach(async () => {
  await database.prisma.emailConnection.deleteMany();
  await database.prisma.contact.deleteMany();
  world = await openMailboxWorld(database);
  world.mailbox.deliver({
    from: '"Doe, Ana" <ana@example.org>',
    to: ME,
    subject: "Boats",
    snippet: "How many?",
    at: hoursAgo(2),
  });
  world.mailbox.deliver({
    from: ME,
    to: "ana@example.org, bo@example.org",
    labels: ["SENT"],
    subject: "Re: Boats",
    at: hoursAgo(1),
  });
  await world.connect();
});
afterEach(() => world.fake.close());

const ME = "me@org.example";
const hoursAgo = (hours: number) => new Date(Date.now() - hours * 3_600_000);
const idOf = async () => (await world.connection()).id;
const addAna = async (ctx = world.ctx) => (await createContact(ctx, { email: "ana@example.org", customFields: {} })).id;
const words = async (id: string, ctx: WorkspaceContext = world.ctx) =>
  (await listInteractions(ctx, { id, page: 1, pageSize: 50 })).interactions.map(({ subject, body }) => [subject, body]);
const HIDDEN = [
  [null, null],
  [null, null],
];
const SHOWN = [
  ["Re: Boats", null],
  ["Boats", "How many?"],
];

describe("timelines", () => {
  it("get the earlier emails of people who are imported from the mailbox, or added otherwise", async () => {
    await world.sync();
    const id = await idOf();
    const input = { id, page: 1, pageSize: 50, match: "all" as const };
    expect(await importGmailContacts(world.ctx, { id, emails: ["ana@example.org", "ana@example.org"] })).toEqual({
      imported: 1,
      skipped: 1,
    });
    expect(await importGmailContacts(world.ctx, { id, emails: ["ana@example.org"] })).toEqual({
      imported: 0,
      skipped: 1,
    });
    const bo = (await createContact(world.ctx, { email: "bo@example.org", customFields: {} })).id;
    await world.sync();
    const list = await listGmailContacts(world.ctx, world.ctx.workspaceId, input);
    expect(list).toMatchObject({
      total: 2,
      contacts: [
        { email: "ana@example.org", contactName: "Ana Doe" },
        { email: "bo@example.org", contactId: bo },
      ],
    });
    expect(await words(list.contacts[0]?.contactId as string)).toEqual(HIDDEN);
    expect(await words(bo)).toEqual([[null, null]]);
    expect(await listGmailContacts(world.ctx, undefined, { ...input, search: "ANA@", match: "unknown" })).toMatchObject(
      {
        total: 0,
      },
    );
  });

  it("show subject and words where the owner says so, and lose them at once when not any more", async () => {
    const ana = await addAna();
    await world.sync();
    expect(await words(ana)).toEqual(HIDDEN);
    await updateEmailConnection(world.ctx, { id: await idOf(), interactionsVisible: true });
    await world.sync();
    expect(await words(ana)).toEqual(SHOWN);
    await updateEmailContactSetting(world.ctx, { contactId: ana, interactionsVisible: false });
    expect(await words(ana)).toEqual(HIDDEN);
    await world.sync();
    expect(await words(ana)).toEqual(HIDDEN);
    await updateEmailContactSettings(world.ctx, { settings: [{ contactId: ana, interactionsVisible: null }] });
    await world.sync();
    expect(await words(ana)).toEqual(SHOWN);
    await updateEmailConnection(world.ctx, { id: await idOf(), interactionsVisible: false });
    expect(await words(ana)).toEqual(HIDDEN);
    const left = await database.prisma.emailMessage.findMany();
    expect(JSON.stringify(left)).not.toMatch(/Boats|How many/);
  });

  it("get nothing of a contact that is taken out, whatever the account says, and the reverse", async () => {
    const ana = await addAna();
    await updateEmailContactSetting(world.ctx, { contactId: ana, syncInteractions: false });
    await world.sync();
    expect(await words(ana)).toEqual([]);
    await updateEmailConnection(world.ctx, { id: await idOf(), syncInteractions: false });
    expect(await updateEmailContactSetting(world.ctx, { contactId: ana, syncInteractions: true })).toMatchObject({
      contactId: ana,
      email: "ana@example.org",
      syncInteractions: true,
      interactionsVisible: null,
    });
    await createContact(world.ctx, { email: "bo@example.org", customFields: {} });
    await world.sync();
    expect(await words(ana)).toEqual(HIDDEN);
    expect(await database.prisma.interaction.count({ where: { workspaceId: world.ctx.workspaceId } })).toBe(2);
  });

  it("do not get back what somebody deleted there, nor twice what a new connection reads again", async () => {
    const ana = await addAna();
    await world.sync();
    const { interactions } = await listInteractions(world.ctx, { id: ana, page: 1, pageSize: 1 });
    await deleteInteraction(world.ctx, { id: interactions[0]?.id as string });
    await deleteEmailConnection(world.ctx, { id: await idOf() });
    await world.connect();
    await updateEmailConnection(world.ctx, { id: await idOf(), interactionsVisible: true });
    await world.sync();
    expect(await words(ana)).toEqual([["Boats", "How many?"]]);
  });

  it("are those of the connection's workspace, as long as its owner may write there, and of no other", async () => {
    const { ctx, fake } = world;
    const other = (await joinTestWorkspace(database, (await createTestWorkspace(database)).workspaceId)).ctx;
    const ana = await addAna();
    await addAna(other);
    const membership = { workspaceId_userId: { workspaceId: ctx.workspaceId, userId: ctx.principal.userId as string } };
    await ctx.db.membership.update({ where: membership, data: { role: "viewer" } });
    await world.sync();
    expect(await words(ana)).toEqual([]);
    await ctx.db.membership.update({ where: membership, data: { role: "member" } });
    await world.sync();
    expect([await words(ana), await words(ana, other)]).toEqual([HIDDEN, []]);
    const move = (targetWorkspaceId: string | null) =>
      idOf().then((id) => updateEmailConnection(ctx, { id, targetWorkspaceId }));
    await expect(move(other.workspaceId)).rejects.toMatchObject({ kind: "invalid" });
    await ctx.db.membership.create({
      data: { workspaceId: other.workspaceId, userId: ctx.principal.userId as string, role: "member" },
    });
    await move(other.workspaceId);
    await world.sync();
    expect([await words(ana), await words(ana, other)]).toEqual([HIDDEN, HIDDEN]);
    await move(null);
    world.mailbox.deliver({ from: "ana@example.org", to: ME });
    await world.sync();
    expect(await words(ana, other)).toEqual(HIDDEN);
    expect(fake.calls.every(({ status }) => status === 200)).toBe(true);
  });

  it("forget a contact who leaves, and begin again with one who comes back", async () => {
    const ana = await addAna();
    await updateEmailContactSetting(world.ctx, { contactId: ana, interactionsVisible: true });
    await world.sync();
    await deleteContact({ ...world.ctx, role: "admin" }, { id: ana });
    const where = { contactId: ana };
    expect(await database.prisma.emailInteraction.count({ where })).toBe(0);
    expect(await database.prisma.emailContactSetting.count({ where })).toBe(0);
    const again = await addAna();
    await world.sync();
    expect(await words(again)).toEqual(HIDDEN);
  });

  it("miss nothing of somebody whose address changes back and forth", async () => {
    const ana = await addAna();
    await world.sync();
    await updateContact(world.ctx, { id: ana, email: "new@example.org" });
    world.mailbox.deliver({ from: "ana@example.org", to: ME });
    await world.sync();
    expect(await words(ana)).toHaveLength(2);
    await updateContact(world.ctx, { id: ana, email: "ana@example.org" });
    await world.sync();
    expect(await words(ana)).toHaveLength(3);
  });
});
