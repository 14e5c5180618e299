import { createTestDatabase, type TestDatabase } from "@hustings/db/test-database";
import type { OutgoingMessage } from "@hustings/email/transport";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { MailDelayedError } from "../campaigns/hand-over";
import type { CoreContext, PrincipalContext } from "../context";
import { arrivals, fastPlan, openLiveWorkspace } from "../testing/live-mail";
import { createTestUser, principalContext, type TestCoreContext, testCoreContext } from "../testing/workspace";
import { createReply, createTicket, deleteTicket, updateTicket } from "./commands";
import { mailFollowers } from "./mail-followers";
import { toggleFollowingAll, unsubscribe } from "./subscriptions";
import { getTicketLinkPage, unsubscribeByLink } from "./unsubscribe-by-link";

let database: TestDatabase;
let core: TestCoreContext;
let owner: PrincipalContext;
let admin: PrincipalContext;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());
beforeEach(async () => {
  await database.prisma.ticket.deleteMany();
  await database.prisma.ticketFollower.deleteMany();
  await database.prisma.outboxEvent.deleteMany();
  core = testCoreContext(database);
  [owner, admin] = await Promise.all([signIn(), signIn("admin")]);
});

async function signIn(role: "member" | "admin" = "member"): Promise<PrincipalContext> {
  return principalContext(core, await createTestUser(database, role), role);
}
const signInMany = (count: number) => Promise.all(Array.from({ length: count }, () => signIn()));
const open = (title = "The export stops") => createTicket(owner, { title, description: "At row 4,012.", type: "bug" });

type Change = { ticketId: string; changeId: string };
/** The event that was written last. */
async function lastChange(): Promise<Change> {
  const event = await database.prisma.outboxEvent.findFirstOrThrow({ orderBy: { id: "desc" } });
  expect(event.name).toBe("ticket/changed");
  return event.data as Change;
}
/** What the job does. @returns the addresses that got mail. */
async function tell(change: Change, ctx: CoreContext = core): Promise<string[]> {
  const before = core.ports.mail.sent.length;
  while ((await mailFollowers(ctx, change)) > 0);
  return core.ports.mail.sent.slice(before).map(({ to }) => to);
}
const emailsOf = (...people: PrincipalContext[]) => people.map(({ principal }) => principal.email);
const onlyMail = (): OutgoingMessage => {
  expect(core.ports.mail.sent).toHaveLength(1);
  return core.ports.mail.sent[0] as OutgoingMessage;
};
const tokenIn = ({ headers }: OutgoingMessage): string =>
  new URL((headers["List-Unsubscribe"] ?? "").slice(1, -1)).searchParams.get("token") ?? "";

/** Answers for each message what is given, and takes none but the first `taken`. */
function mailWith(taken: number, outcome: Awaited<ReturnType<typeof core.ports.mail.send>>[number]): CoreContext {
  const send: typeof core.ports.mail.send = async (messages) => [
    ...(await core.ports.mail.send(messages.slice(0, taken))),
    ...messages.slice(taken).map(() => outcome),
  ];
  return { ...core, ports: { ...core.ports, mail: { ...core.ports.mail, send } } };
}

describe("mail about tickets", () => {
  it("goes to who follows the ticket or all, never to the author, the deactivated, the muted and the unreachable", async () => {
    const [replier, follower, muted, gone, bounced] = (await signInMany(5)) as [
      PrincipalContext,
      PrincipalContext,
      PrincipalContext,
      PrincipalContext,
      PrincipalContext,
    ];
    const { id } = await open();
    for (const each of [replier, follower, muted, gone, bounced]) await toggleFollowingAll(each);
    await unsubscribe(muted, { id });
    await database.prisma.user.update({ where: { id: gone.principal.userId ?? "" }, data: { isActive: false } });
    await database.prisma.suppression.create({ data: { email: bounced.principal.email ?? "", reason: "hard_bounce" } });
    await createReply(replier, { id, body: "Here too." });
    const change = await lastChange();
    expect(await tell(change)).toEqual(emailsOf(owner, follower));
    expect(await tell(change)).toEqual([]);
    await createReply(owner, { id, body: "Thanks." });
    expect(await tell(await lastChange())).toEqual(emailsOf(replier, follower));
  });

  it("tells of a new status, once it is another one", async () => {
    const { id } = await open();
    await updateTicket(admin, { id, status: "in_progress", priority: "high" });
    const change = await lastChange();
    await updateTicket(admin, { id, status: "in_progress", type: "feature" });
    expect(await database.prisma.outboxEvent.count()).toBe(1);
    expect(await tell(change)).toEqual(emailsOf(owner));
    expect(onlyMail()).toMatchObject({
      subject: "“The export stops” is now in progress",
      from: { name: "Support tickets", email: "no-reply@localhost" },
      campaignId: null,
      workspaceId: null,
    });
    expect(onlyMail().text).toContain(`${admin.principal.name} moved “The export stops” from open to in progress.`);
    expect(onlyMail().text).toContain(`<http://localhost:3000/tickets/${id}>`);
  });

  it("shows what people typed as text, whatever it is, in every part", async () => {
    const { id } = await open('<script>alert("t")</script> {{ contact.email }}');
    const name = "<img src=x onerror=alert(1)>";
    const writer = await signIn();
    await database.prisma.user.update({ where: { id: writer.principal.userId ?? "" }, data: { name } });
    await createReply(writer, { id, body: '"><svg onload=alert(2)>\n<!-- {% raw %} {{ x }}' });
    await tell(await lastChange());
    const { html, text, subject, headers } = onlyMail();
    expect(html).not.toMatch(/<(script|img|svg|!--)/i);
    expect(html).toContain("&#34;&gt;&lt;svg onload=alert(2)&gt;<br>");
    for (const part of [html, text, subject]) expect(part).not.toMatch(/\{[{%]/);
    expect(text).toContain("<svg onload=alert(2)>");
    for (const value of Object.values(headers)) expect(value).not.toMatch(/[\r\n<>]{2}|script/);
  });

  it("carries a signed way out, which shows by GET, acts by POST, and holds for who follows all", async () => {
    await toggleFollowingAll(owner);
    const { id } = await open();
    await createReply(admin, { id, body: "Thanks." });
    await tell(await lastChange());
    const { headers, html } = onlyMail();
    expect(headers).toMatchObject({ "List-Unsubscribe-Post": "List-Unsubscribe=One-Click" });
    expect(headers["Auto-Submitted"]).toBe("auto-generated");
    const link = headers["List-Unsubscribe"]?.slice(1, -1) ?? "";
    expect(link).toMatch(/^http:\/\/localhost:3000\/api\/support-tickets\/unsubscribe\?token=/);
    expect(html).toContain(`href="${link}"`);

    const token = tokenIn(onlyMail());
    expect(await getTicketLinkPage(core, token)).toEqual({
      title: "The export stops",
      maskedEmail: "u…@example.org",
      isFollowingAll: true,
    });
    await createReply(admin, { id, body: "More." });
    expect(await tell(await lastChange())).toEqual(emailsOf(owner));
    await unsubscribeByLink(core, token);
    await unsubscribeByLink(core, token);
    await createReply(admin, { id, body: "Still more." });
    expect(await tell(await lastChange())).toEqual([]);

    for (const forged of ["", `${token}x`, token.slice(0, -1)]) {
      await expect(getTicketLinkPage(core, forged)).rejects.toMatchObject({ kind: "forbidden" });
      await expect(unsubscribeByLink(core, forged)).rejects.toMatchObject({ kind: "forbidden" });
    }
    await deleteTicket(admin, { id });
    expect(await getTicketLinkPage(core, token)).toMatchObject({ title: null });
    await unsubscribeByLink(core, token);
  });

  it("goes to nobody twice when the process dies in the middle, and to everybody else after it", async () => {
    const followers = await signInMany(5);
    const { id } = await open();
    for (const each of followers) await toggleFollowingAll(each);
    await createReply(owner, { id, body: "Thanks." });
    const change = await lastChange();
    const send: typeof core.ports.mail.send = async (messages) => {
      await core.ports.mail.send(messages.slice(0, 1));
      throw new Error("killed");
    };
    const dying = { ...core, ports: { ...core.ports, mail: { ...core.ports.mail, claimSize: 2, send } } };
    await expect(mailFollowers(dying, change)).rejects.toThrow("killed");
    const after = await tell(change);
    expect(after).toHaveLength(3);
    expect(new Set([core.ports.mail.sent[0]?.to, ...after]).size).toBe(4);
    expect(await database.prisma.ticketMail.count({ where: { outcome: null } })).toBe(2);
  });

  it("waits where the provider wants it later, and then goes to those who did not get it", async () => {
    const followers = await signInMany(3);
    const { id } = await open();
    for (const each of followers) await toggleFollowingAll(each);
    await createReply(owner, { id, body: "Thanks." });
    const change = await lastChange();
    const busy = mailWith(1, { kind: "deferred", reason: "Too many", retryAt: new Date(Date.now() + 60_000) });
    await expect(mailFollowers(busy, change)).rejects.toThrow(MailDelayedError);
    expect(await tell(change)).toEqual(emailsOf(...followers.slice(1)));
    expect(await database.prisma.ticketMail.groupBy({ by: ["outcome"], _count: true })).toEqual([
      { outcome: "sent", _count: 3 },
    ]);
  });

  it("writes down what the provider refused, and tries nobody again", async () => {
    const { id } = await open();
    await createReply(admin, { id, body: "Thanks." });
    const change = await lastChange();
    expect(await tell(change, mailWith(0, { kind: "rejected", reason: "No such domain" }))).toEqual([]);
    expect(await tell(change)).toEqual([]);
    const row = { outcome: "failed", error: "No such domain", userId: owner.principal.userId };
    expect(await database.prisma.ticketMail.findMany()).toMatchObject([row]);
  });

  it("goes by the mail provider in live mode, with the way out in its headers", async () => {
    const plan = { ...fastPlan, hasHeaders: true };
    const { fake, ctx: live } = await openLiveWorkspace(database, {}, { plan });
    const followers = await signInMany(7);
    const { id } = await open();
    for (const each of followers) await toggleFollowingAll(each);
    await createReply(owner, { id, body: "Thanks." });
    const change = await lastChange();
    expect([await mailFollowers(live, change), await mailFollowers(live, change)]).toEqual([7, 0]);
    expect(arrivals(fake)).toEqual(emailsOf(...followers).sort());
    for (const { email } of fake.mailbox()) {
      expect(email.from).toEqual({ name: "Support tickets", email: "no-reply@mail.example.org" });
      expect(email.list_unsubscribe).toMatch(/unsubscribe\?token=/);
      expect(email.headers).toContainEqual({ name: "List-Unsubscribe-Post", value: "List-Unsubscribe=One-Click" });
    }
    await fake.close();
  });

  it("has nobody left to go to once the ticket is deleted", async () => {
    const { id } = await open();
    await createReply(admin, { id, body: "Thanks." });
    const change = await lastChange();
    await deleteTicket(admin, { id });
    expect(await tell(change)).toEqual([]);
  });
});
