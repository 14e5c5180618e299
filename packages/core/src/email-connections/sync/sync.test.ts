import { createTestDatabase, type TestDatabase } from "@hustings/db/test-database";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createContact } from "../../contacts/create-contact";
import { listInteractions } from "../../interactions/queries";
import { type MailboxWorld, openMailboxWorld } from "../../testing/mailbox";
import { refreshEmailConnection } from "../commands";
import { listGmailContacts } from "../queries";
import { beginSync, finishSync, readMail } from "./sync-connection";

let database: TestDatabase;
let world: MailboxWorld;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());
beforeEach(async () => {
  await database.prisma.contact.deleteMany();
  world = await openMailboxWorld(database);
  await world.connect();
});
afterEach(async () => {
  await world.fake.close();
  await database.prisma.emailConnection.deleteMany();
});

const ME = "me@org.example";
const day = (number: number) => new Date(Date.now() - (30 - number) * 86_400_000);
const addContact = async (email: string) => (await createContact(world.ctx, { email, customFields: {} })).id;
const timeline = async (id: string) => (await listInteractions(world.ctx, { id, page: 1, pageSize: 100 })).interactions;
const met = async () => {
  const { id } = await world.connection();
  return (await listGmailContacts(world.ctx, world.ctx.workspaceId, { id, page: 1, pageSize: 50, match: "all" }))
    .contacts;
};
const getsOf = () => world.fake.calls.filter(({ path }) => /messages\/./.test(path)).length;

describe("the sync of a mailbox", () => {
  it("reads the past and then what comes: sent and received, with contacts alone, once, without words", async () => {
    const ana = await addContact("ana@example.org");
    world.mailbox.deliver({
      from: ME,
      to: "Ana <ana@example.org>, bo@example.org",
      labels: ["SENT"],
      subject: "Hi",
      at: day(1),
    });
    world.mailbox.deliver({ from: "Ana B <Ana@Example.org>", to: ME, subject: "Secret", snippet: "words", at: day(2) });
    await world.sync();
    await world.sync();
    expect(await timeline(ana)).toMatchObject([
      {
        type: "email_received",
        subject: null,
        body: null,
        occurredAt: expect.stringContaining(day(2).toISOString().slice(0, 10)),
      },
      {
        type: "email_sent",
        subject: null,
        body: null,
        metadata: { source: "gmail", colleague: world.ctx.principal.name },
      },
    ]);
    expect(await met()).toMatchObject([
      {
        email: "ana@example.org",
        name: "Ana B",
        messageCount: 2,
        sentCount: 1,
        receivedCount: 1,
        inCrm: true,
        contactId: ana,
      },
      {
        email: "bo@example.org",
        name: null,
        messageCount: 1,
        sentCount: 1,
        receivedCount: 0,
        inCrm: false,
        contactId: null,
      },
    ]);

    world.mailbox.deliver({ from: "ana@example.org", to: ME, at: day(3) });
    await world.sync();
    expect(await timeline(ana)).toHaveLength(3);
    expect(getsOf()).toBe(3);
    expect(await world.connection()).toMatchObject({ messageCount: 3, syncState: "idle", lastError: null });
    const audited = await database.prisma.auditEntry.findMany({ where: { action: "interactions.sync" } });
    expect(audited.length).toBeGreaterThan(0);
    expect(JSON.stringify(audited)).not.toMatch(/example|Secret/);
  });

  it("leaves out mail to many, by machines, of spam and bin, drafts, and the owner", async () => {
    const news = await addContact("news@example.org");
    const mailbox = world.mailbox;
    mailbox.deliver({ from: "news@example.org", to: ME, headers: { "List-Id": "<news>" } });
    mailbox.deliver({ from: "news@example.org", to: ME, labels: ["INBOX", "CATEGORY_PROMOTIONS"] });
    mailbox.deliver({ from: "no-reply@example.org", to: ME });
    mailbox.deliver({ from: "news@example.org", to: ME, labels: ["SPAM"] });
    mailbox.deliver({ from: ME, to: "news@example.org", labels: ["DRAFT"] });
    mailbox.deliver({ from: ME, to: ME, labels: ["SENT"] });
    mailbox.deliver({ from: "\u0000 nonsense <<>>", to: "undisclosed-recipients:;" });
    await world.sync();
    expect(await timeline(news)).toEqual([]);
    expect(await met()).toEqual([]);
  });

  it("misses nothing that comes while the past is read, and nothing that came back from spam", async () => {
    const ana = await addContact("ana@example.org");
    for (let index = 0; index < 101; index++) world.mailbox.deliver({ from: "x@example.org", to: ME, at: day(1) });
    const { id } = await world.connection();
    await readMail(world.ctx, id);
    const spam = world.mailbox.deliver({ from: "ana@example.org", to: ME, labels: ["SPAM"], at: day(2) });
    world.mailbox.deliver({ from: "ana@example.org", to: ME, at: day(3) });
    await world.sync();
    expect(await timeline(ana)).toHaveLength(1);
    world.mailbox.restore(spam);
    await world.sync();
    expect(await timeline(ana)).toHaveLength(2);
    expect(await met()).toMatchObject([{ messageCount: 2 }, { email: "x@example.org", messageCount: 101 }]);
  });

  it("reads all anew when Google has forgotten the history, without reading what it knows", async () => {
    const ana = await addContact("ana@example.org");
    world.mailbox.deliver({ from: "ana@example.org", to: ME, at: day(1) });
    await world.sync();
    world.mailbox.deliver({ from: "ana@example.org", to: ME, at: day(2) });
    world.mailbox.forgetHistory();
    await world.sync();
    expect(await timeline(ana)).toHaveLength(2);
    expect(getsOf()).toBe(2);
  });

  it("drops messages that vanish between the list and the reading", async () => {
    const ids = [1, 2].map((number) => world.mailbox.deliver({ from: "ana@example.org", to: ME, at: day(number) }));
    await readMail(world.ctx, (await world.connection()).id);
    const later = world.mailbox.deliver({ from: "ana@example.org", to: ME });
    world.mailbox.remove(later);
    await world.sync();
    expect((await met())[0]).toMatchObject({ messageCount: ids.length });
  });

  it("goes round once more when somebody asks while it is under way", async () => {
    const { id } = await world.connection();
    await beginSync(world.ctx, id);
    await refreshEmailConnection(world.ctx, { id });
    expect(await world.connection()).toMatchObject({ syncState: "queued" });
    expect(await finishSync(world.ctx, id)).toEqual({ isAskedAgain: true });
    expect(await finishSync(world.ctx, id)).toEqual({ isAskedAgain: false });
    expect(await world.connection()).toMatchObject({ syncState: "idle" });
  });

  it("goes on where it was after a failure in the middle, and counts nothing twice", async () => {
    const ana = await addContact("ana@example.org");
    for (let number = 0; number < 60; number++) world.mailbox.deliver({ from: "ana@example.org", to: ME, at: day(1) });
    const { id } = await world.connection();
    let reads = 0;
    // The first two chunks get through.
    world.fake.dial.push({
      mishap: "broken",
      path: { test: (path: string) => /messages\/./.test(path) && ++reads > 52 } as RegExp,
      times: 1,
    });
    await expect(readMail(world.ctx, id)).rejects.toMatchObject({ failure: "unavailable" });
    expect(await world.connection()).toMatchObject({ messageCount: 50, cursor: null });
    world.fake.dial.length = 0;
    const before = getsOf();
    await world.sync();
    expect(getsOf() - before).toBe(10);
    expect(await timeline(ana)).toHaveLength(60);
    expect(await met()).toMatchObject([{ messageCount: 60 }]);
  });
});
