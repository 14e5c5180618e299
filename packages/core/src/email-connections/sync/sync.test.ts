import { describe, expect, it } from "vitest";
import { ME, useMailbox } from "../../testing/use-mailbox";
import { refreshEmailConnection } from "../commands";
import { beginSync, finishSync, readMail } from "./sync-connection";

const used = useMailbox();
const { addContact, timeline, met } = used;
const day = (number: number) => new Date(Date.now() - (30 - number) * 86_400_000);
const getsOf = () => used.world.fake.calls.filter(({ path }) => /messages\/./.test(path)).length;

describe("the sync of a mailbox", () => {
  it("reads the past and then what comes: sent and received, with contacts alone, once, without words", async () => {
    const ana = await addContact("ana@example.org");
    used.world.mailbox.deliver({
      from: ME,
      to: "Ana <ana@example.org>, bo@example.org",
      labels: ["SENT"],
      subject: "Hi",
      at: day(1),
    });
    used.world.mailbox.deliver({
      from: "Ana B <Ana@Example.org>",
      to: ME,
      subject: "Secret",
      snippet: "words",
      at: day(2),
    });
    await used.world.sync();
    await used.world.sync();
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
        metadata: { source: "gmail", colleague: used.world.ctx.principal.name },
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

    used.world.mailbox.deliver({ from: "ana@example.org", to: ME, at: day(3) });
    await used.world.sync();
    expect(await timeline(ana)).toHaveLength(3);
    expect(getsOf()).toBe(3);
    expect(await used.world.connection()).toMatchObject({ messageCount: 3, syncState: "idle", lastError: null });
    const audited = await used.database.prisma.auditEntry.findMany({ where: { action: "interactions.sync" } });
    expect(audited.length).toBeGreaterThan(0);
    expect(JSON.stringify(audited)).not.toMatch(/example|Secret/);
  });

  it("leaves out mail to many, by machines, of spam and bin, drafts, and the owner", async () => {
    const news = await addContact("news@example.org");
    const mailbox = used.world.mailbox;
    mailbox.deliver({ from: "news@example.org", to: ME, headers: { "List-Id": "<news>" } });
    mailbox.deliver({ from: "news@example.org", to: ME, labels: ["INBOX", "CATEGORY_PROMOTIONS"] });
    mailbox.deliver({ from: "no-reply@example.org", to: ME });
    mailbox.deliver({ from: "news@example.org", to: ME, labels: ["SPAM"] });
    mailbox.deliver({ from: ME, to: "news@example.org", labels: ["DRAFT"] });
    mailbox.deliver({ from: ME, to: ME, labels: ["SENT"] });
    mailbox.deliver({ from: "\u0000 nonsense <<>>", to: "undisclosed-recipients:;" });
    await used.world.sync();
    expect(await timeline(news)).toEqual([]);
    expect(await met()).toEqual([]);
  });

  it("misses nothing that comes while the past is read, and nothing that came back from spam", async () => {
    const ana = await addContact("ana@example.org");
    for (let index = 0; index < 101; index++) used.world.mailbox.deliver({ from: "x@example.org", to: ME, at: day(1) });
    const { id } = await used.world.connection();
    await readMail(used.world.ctx, id);
    const spam = used.world.mailbox.deliver({ from: "ana@example.org", to: ME, labels: ["SPAM"], at: day(2) });
    used.world.mailbox.deliver({ from: "ana@example.org", to: ME, at: day(3) });
    await used.world.sync();
    expect(await timeline(ana)).toHaveLength(1);
    used.world.mailbox.restore(spam);
    await used.world.sync();
    expect(await timeline(ana)).toHaveLength(2);
    expect(await met()).toMatchObject([{ messageCount: 2 }, { email: "x@example.org", messageCount: 101 }]);
  });

  it("reads all anew when Google has forgotten the history, without reading what it knows", async () => {
    const ana = await addContact("ana@example.org");
    used.world.mailbox.deliver({ from: "ana@example.org", to: ME, at: day(1) });
    await used.world.sync();
    used.world.mailbox.deliver({ from: "ana@example.org", to: ME, at: day(2) });
    used.world.mailbox.forgetHistory();
    await used.world.sync();
    expect(await timeline(ana)).toHaveLength(2);
    expect(getsOf()).toBe(2);
  });

  it("drops messages that vanish between the list and the reading", async () => {
    const ids = [1, 2].map((number) =>
      used.world.mailbox.deliver({ from: "ana@example.org", to: ME, at: day(number) }),
    );
    await readMail(used.world.ctx, (await used.world.connection()).id);
    const later = used.world.mailbox.deliver({ from: "ana@example.org", to: ME });
    used.world.mailbox.remove(later);
    await used.world.sync();
    expect((await met())[0]).toMatchObject({ messageCount: ids.length });
  });

  it("goes round once more when somebody asks while it is under way", async () => {
    const { id } = await used.world.connection();
    await beginSync(used.world.ctx, id);
    await refreshEmailConnection(used.world.ctx, { id });
    expect(await used.world.connection()).toMatchObject({ syncState: "queued" });
    expect(await finishSync(used.world.ctx, id)).toEqual({ isAskedAgain: true });
    expect(await finishSync(used.world.ctx, id)).toEqual({ isAskedAgain: false });
    expect(await used.world.connection()).toMatchObject({ syncState: "idle" });
  });

  it("goes on where it was after a failure in the middle, and counts nothing twice", async () => {
    const ana = await addContact("ana@example.org");
    for (let number = 0; number < 60; number++)
      used.world.mailbox.deliver({ from: "ana@example.org", to: ME, at: day(1) });
    const { id } = await used.world.connection();
    let reads = 0;
    // The first two chunks get through.
    used.world.fake.dial.push({
      mishap: "broken",
      path: { test: (path: string) => /messages\/./.test(path) && ++reads > 52 } as RegExp,
      times: 1,
    });
    await expect(readMail(used.world.ctx, id)).rejects.toMatchObject({ failure: "unavailable" });
    expect(await used.world.connection()).toMatchObject({ messageCount: 50, cursor: null });
    used.world.fake.dial.length = 0;
    const before = getsOf();
    await used.world.sync();
    expect(getsOf() - before).toBe(10);
    expect(await timeline(ana)).toHaveLength(60);
    expect(await met()).toMatchObject([{ messageCount: 60 }]);
  });
});
