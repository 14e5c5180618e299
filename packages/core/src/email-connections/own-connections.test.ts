import { createTestDatabase, type TestDatabase } from "@hustings/db/test-database";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createContact } from "../contacts/create-contact";
import type { WorkspaceContext } from "../context";
import { listInteractions } from "../interactions/queries";
import { type MailboxWorld, openMailboxWorld, withGmail } from "../testing/mailbox";
import { createTestWorkspace, joinTestWorkspace } from "../testing/workspace";
import { deleteEmailConnection, refreshEmailConnection, updateEmailConnection } from "./commands";
import { listEmailContactSettings, updateEmailContactSetting, updateEmailContactSettings } from "./contact-settings";
import { importGmailContacts } from "./import-contacts";
import { listEmailConnections, listGmailContacts } from "./queries";

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

describe("disconnecting", () => {
  it("revokes the access and deletes tokens and what was read; timelines keep what they have", async () => {
    const ana = await addAna();
    await world.sync();
    await deleteEmailConnection(world.ctx, { id: await idOf() });
    expect(world.fake.grants.refreshTokens.size).toBe(0);
    expect((await listEmailConnections(world.ctx, { limit: 1, offset: 0 })).total).toBe(0);
    for (const count of [database.prisma.emailMessage.count(), database.prisma.emailAddress.count()])
      expect(await count).toBe(0);
    expect(await words(ana)).toEqual(HIDDEN);
  });

  it("deletes the tokens also when Google is away, or knows them no more", async () => {
    world.fake.dial.push({ mishap: "broken", path: /revoke/, times: 1 });
    await deleteEmailConnection(world.ctx, { id: await idOf() });
    await world.connect();
    world.fake.grants.refreshTokens.clear();
    await deleteEmailConnection(world.ctx, { id: await idOf() });
    expect(await database.prisma.emailConnection.count()).toBe(0);
  });
});

describe("somebody else's connection", () => {
  it("is forbidden, and one that is not there is not found", async () => {
    const id = await idOf();
    const { ctx: theirs } = await joinTestWorkspace(database, world.ctx.workspaceId);
    const stranger = withGmail(theirs, world.fake);
    const calls = [
      (ctx: WorkspaceContext, of: string) => deleteEmailConnection(ctx, { id: of }),
      (ctx: WorkspaceContext, of: string) => updateEmailConnection(ctx, { id: of, interactionsVisible: true }),
      (ctx: WorkspaceContext, of: string) => refreshEmailConnection(ctx, { id: of }),
      (ctx: WorkspaceContext, of: string) =>
        listGmailContacts(ctx, undefined, { id: of, page: 1, pageSize: 1, match: "all" }),
      (ctx: WorkspaceContext, of: string) => importGmailContacts(ctx, { id: of, emails: ["ana@example.org"] }),
    ];
    for (const call of calls) {
      await expect(call(stranger, id)).rejects.toMatchObject({ kind: "forbidden" });
      await expect(call(world.ctx, world.ctx.workspaceId)).rejects.toMatchObject({ kind: "not_found" });
    }
    expect(await world.connection()).toMatchObject({ interactionsVisible: false });
  });

  it("has settings of its owner's alone, for contacts within reach", async () => {
    const ana = await addAna();
    const { ctx: elsewhere } = await createTestWorkspace(database);
    await expect(updateEmailContactSetting(elsewhere, { contactId: ana })).rejects.toMatchObject({ kind: "not_found" });
    await expect(
      updateEmailContactSettings(elsewhere, { settings: [{ contactId: ana }, { contactId: elsewhere.workspaceId }] }),
    ).rejects.toMatchObject({
      kind: "invalid",
      details: ["settings.0.contactId: not found", "settings.1.contactId: not found"],
    });
    await updateEmailContactSetting(world.ctx, { contactId: ana, syncInteractions: false });
    expect(
      await updateEmailContactSettings(world.ctx, { settings: [{ contactId: ana, interactionsVisible: true }] }),
    ).toBe(1);
    const range = { limit: 10, offset: 0 };
    expect(await listEmailContactSettings(world.ctx, range)).toMatchObject({
      total: 1,
      settings: [{ contactId: ana, syncInteractions: false, interactionsVisible: true }],
    });
    expect(await listEmailContactSettings(elsewhere, range)).toEqual({ total: 0, settings: [] });
  });
});
