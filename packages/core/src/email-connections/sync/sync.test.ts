import { createTestDatabase, type TestDatabase } from "@hustings/db/test-database";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Mishap } from "../../../../../tooling/fakes/google/dial";
import { createContact } from "../../contacts/create-contact";
import { listInteractions } from "../../interactions/queries";
import { type MailboxWorld, openMailboxWorld, withGmail } from "../../testing/mailbox";
import { refreshEmailConnection } from "../commands";
import { listGmailContacts } from "../queries";
import { beginSync, failSync, finishSync, listConnectionsToSync, readMail } from "./sync-connection";

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

describe("when Google does not answer as it should", () => {
  it("renews the access once, for all calls at a time, and keeps it sealed", async () => {
    for (let number = 0; number < 10; number++) world.mailbox.deliver({ from: "ana@example.org", to: ME });
    const before = await world.connection();
    world.fake.grants.accessTokens.clear();
    await world.sync();
    expect(world.fake.calls.filter(({ path }) => path === "/token")).toHaveLength(2);
    const after = await world.connection();
    expect(after.accessToken).not.toBe(before.accessToken);
    expect(after.refreshToken).toBe(before.refreshToken);
    for (const token of world.fake.grants.accessTokens.keys()) expect(JSON.stringify(after)).not.toContain(token);

    await world.ctx.db.emailConnection.update({ where: { id: after.id }, data: { accessExpiresAt: new Date() } });
    await world.sync();
    expect(world.fake.calls.filter(({ path }) => path === "/token")).toHaveLength(3);
  });

  it("stops when the access was taken back, keeps what it has, and goes on once it is connected again", async () => {
    const ana = await addContact("ana@example.org");
    world.mailbox.deliver({ from: "ana@example.org", to: ME, at: day(1) });
    await world.sync();
    world.fake.grants.refreshTokens.clear();
    world.fake.grants.accessTokens.clear();
    world.mailbox.deliver({ from: "ana@example.org", to: ME, at: day(2) });
    await world.sync();
    const { id, status, lastError, syncState } = await world.connection();
    expect({ status, lastError, syncState }).toEqual({
      status: "needs_reconnect",
      lastError: "Google says that the access was taken back.",
      syncState: "idle",
    });
    expect(await timeline(ana)).toHaveLength(1);
    expect(await met()).toHaveLength(1);
    const calls = world.fake.calls.length;
    await world.sync();
    expect(world.fake.calls).toHaveLength(calls);
    expect(await listConnectionsToSync(world.ctx, null, 10)).not.toContain(id);
    await expect(refreshEmailConnection(world.ctx, { id })).rejects.toMatchObject({ kind: "invalid" });

    await world.connect();
    await world.sync();
    expect(await timeline(ana)).toHaveLength(2);
  });

  it.each<[Mishap, string, string]>([
    ["limited", "limited", "Google limits how much is read at a time."],
    ["userLimited", "limited", "Google limits how much is read at a time."],
    ["forbidden", "refused", "Google refused to answer (403, accessNotConfigured)."],
    ["broken", "unavailable", "Google has trouble of its own (500)."],
    ["slow", "unavailable", "Google did not answer in time."],
    ["reset", "unavailable", "Google could not be reached."],
    ["garbage", "garbled", "Google answered something that is no answer."],
  ])("%s is told to the owner and tried again", async (mishap, failure, sentence) => {
    const ana = await addContact("ana@example.org");
    world.mailbox.deliver({ from: "ana@example.org", to: ME });
    world.fake.dial.push({ mishap, path: /messages/, times: 1 });
    // Nobody waits for the slow one.
    const ctx = mishap === "slow" ? withGmail(world.ctx, world.fake, 100) : world.ctx;
    const error = await world.sync(ctx).catch((thrown: unknown) => thrown as { failure: string; retryAt?: Date });
    expect(error).toMatchObject({ failure });
    if (failure === "limited")
      expect((error as { retryAt: Date }).retryAt.getTime()).toBeGreaterThan(Date.now() + 5_000);
    await failSync(world.ctx, (await world.connection()).id, sentence);
    expect(await world.connection()).toMatchObject({ status: "connected", lastError: sentence, syncState: "idle" });
    await world.sync();
    expect(await world.connection()).toMatchObject({ lastError: null });
    expect(await timeline(ana)).toHaveLength(1);
  });

  it("asks for its owner once the tokens cannot be read any more", async () => {
    await world.ctx.db.emailConnection.updateMany({ data: { refreshToken: "v1.broken", accessToken: "v1.broken" } });
    await world.sync();
    expect(await world.connection()).toMatchObject({ status: "needs_reconnect" });
  });
});
