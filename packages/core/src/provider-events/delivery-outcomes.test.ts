import { newId } from "@hustings/db/ids";
import { createTestDatabase, type TestDatabase } from "@hustings/db/test-database";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { EMAIL_STATUS } from "../campaigns/email-status";
import { settleMessages } from "../campaigns/hand-over";
import { getCampaignReport, getCampaignStats } from "../campaigns/queries";
import type { WorkspaceContext } from "../context";
import { bodyOf, hear, readRow, receive, type Sent, sendOne } from "../testing/sent-message";
import { createTestWorkspace } from "../testing/workspace";
import { applyProviderEvents } from "./apply-provider-events";
import { wakeUnmatched } from "./record-outcomes";

let database: TestDatabase;
let ctx: WorkspaceContext;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());
beforeEach(async () => {
  ({ ctx } = await createTestWorkspace(database));
  ctx = { ...ctx, settings: { ...ctx.settings, emailMode: "live" } };
});

const readDelivery = (body: string) =>
  ctx.db.providerEvent.findUniqueOrThrow({ where: { eventId: JSON.parse(body).data.id as string } });
const deliveredTo = async (sent: Sent) => (await getCampaignStats(ctx, sent.campaignId)).delivered;

describe("a message whose id the bulk call did not tell", () => {
  it("is found by tag and address, and by its id from then on", async () => {
    const sent = await sendOne(ctx, { isIdUnknown: true });
    await hear(ctx, bodyOf(sent, "delivered", 1));
    expect(await readRow(ctx, sent)).toMatchObject({ providerMessageId: sent.messageId, status: 4 });
    await hear(ctx, bodyOf(sent, "hard_bounced", 2, { tags: null, recipient: "other@example.org" }));
    expect(await readRow(ctx, sent)).toMatchObject({ status: EMAIL_STATUS.bounced });
  });

  it("is found by its domain in punycode, and by the address that it went to", async () => {
    const letters = await sendOne(ctx, { isIdUnknown: true, email: `ä-${newId()}@bücher.example` });
    const moved = await sendOne(ctx, { isIdUnknown: true });
    await ctx.db.contact.update({ where: { id: moved.contactId }, data: { email: `new-${moved.email}` } });
    // Somebody else has the address by now, and got the campaign at another.
    const heir = await ctx.db.contact.create({ data: { email: moved.email } });
    await ctx.db.campaignEmail.create({
      data: { campaignId: moved.campaignId, contactId: heir.id, email: "heir@example.org", batchNo: 0, status: 2 },
    });
    const punycode = letters.email.replace("bücher", "xn--bcher-kva");
    await hear(ctx, bodyOf(letters, "delivered", 1, { recipient: punycode }), bodyOf(moved, "delivered", 1));
    expect([await deliveredTo(letters), await deliveredTo(moved)]).toEqual([1, 1]);
    expect(await readRow(ctx, moved)).toMatchObject({ status: EMAIL_STATUS.delivered });
  });

  it("keeps the id that an event told before the call was noted down", async () => {
    const sent = await sendOne(ctx, { isIdUnknown: true });
    const { campaignId, contactId } = sent;
    const key = { contactId_campaignId: { campaignId, contactId } };
    await ctx.db.campaignEmail.update({ where: key, data: { status: EMAIL_STATUS.sending } });
    await ctx.db.campaignStats.update({ where: { campaignId }, data: { sent: 0 } });
    await hear(ctx, bodyOf(sent, "delivered", 1));
    await settleMessages(ctx, campaignId, [{ contactId, outcome: { kind: "accepted", messageId: null } }]);
    expect(await readRow(ctx, sent)).toMatchObject({ providerMessageId: sent.messageId, status: 4 });
    expect(await getCampaignStats(ctx, campaignId)).toMatchObject({ sent: 1, delivered: 1, queued: 0 });
  });
});

describe("what becomes of a delivery", () => {
  it("is written down, with whose it is; only what nobody could use is kept whole", async () => {
    const sent = await sendOne(ctx);
    const applied = bodyOf(sent, "delivered", 1);
    const again = bodyOf(sent, "opened", 60);
    const own = bodyOf(sent, "clicked", 70, { meta: { url: `${ctx.settings.appUrl}/u/token` } });
    const unique = bodyOf(sent, "opened_unique", 60);
    const foreign = bodyOf({ ...sent, messageId: newId() }, "opened", 60, { tags: [] });
    await hear(ctx, applied, again, own, unique, foreign, applied);
    // As after a month: the delivery is forgotten, the event is not.
    await ctx.db.providerEvent.delete({ where: { eventId: JSON.parse(again).data.id } });
    await hear(ctx, again);
    const { workspaceId } = ctx;
    const { messageId } = sent;
    expect(await readDelivery(applied)).toMatchObject({
      outcome: "applied",
      repeats: 1,
      workspaceId,
      messageId,
      body: null,
    });
    expect(await readDelivery(again)).toMatchObject({ outcome: "duplicate", workspaceId, body: null });
    expect(await readDelivery(own)).toMatchObject({ outcome: "ignored", workspaceId, body: null });
    expect(await readDelivery(unique)).toMatchObject({ outcome: "ignored", body: null });
    expect(await readDelivery(foreign)).toMatchObject({
      outcome: "unmatched",
      workspaceId: null,
      body: JSON.parse(foreign),
    });
    expect(await getCampaignStats(ctx, sent.campaignId)).toMatchObject({ delivered: 1, opened: 1, clicked: 0 });
  });

  it("is looked at again once its message is known", async () => {
    const sent = await sendOne(ctx, { isIdUnknown: true });
    const untagged = bodyOf(sent, "delivered", 1, { tags: null });
    const foreign = bodyOf({ ...sent, messageId: newId() }, "delivered", 1, { tags: [] });
    await hear(ctx, untagged, foreign);
    expect(await wakeUnmatched(ctx.db)).toBe(0);
    await hear(ctx, bodyOf(sent, "opened", 60));
    expect([await wakeUnmatched(ctx.db, 60_000), await wakeUnmatched(ctx.db, 60_000)]).toEqual([1, 0]);
    await applyProviderEvents(ctx);
    expect(await readDelivery(untagged)).toMatchObject({ outcome: "applied", body: null });
    expect((await readRow(ctx, sent)).deliveredAt).toEqual(new Date("2026-11-02T10:00:01Z"));
  });

  it("is a failure with its reason where it cannot be applied, and holds up no other", async () => {
    const sent = await Promise.all(Array.from({ length: 7 }, () => sendOne(ctx)));
    const bodies = sent.map((each) => bodyOf(each, "delivered", 1));
    const poison = JSON.parse(bodies[4] as string).data.id as string;
    await ctx.db.$executeRawUnsafe(`alter table email_events add constraint poison check (event_id <> '${poison}')`);
    for (const body of bodies) await receive(ctx, body);
    expect(await applyProviderEvents(ctx)).toEqual({ applied: 7, changedMails: 0 });
    await ctx.db.$executeRawUnsafe("alter table email_events drop constraint poison");
    expect(await Promise.all(sent.map(deliveredTo))).toEqual([1, 1, 1, 1, 0, 1, 1]);
    const failed = await readDelivery(bodies[4] as string);
    expect(failed).toMatchObject({ outcome: "failed", body: JSON.parse(bodies[4] as string) });
    expect(failed.error).toContain("poison");
  });
});

describe("opens and clicks of machines", () => {
  const FIREFOX = { user_agent: "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0" };
  const click = (sent: Sent, at: number, link: string) =>
    bodyOf(sent, "clicked", at, { meta: { ...FIREFOX, url: `https://example.org/${link}` } });
  const figures = async (sent: Sent) => {
    const { opened, clicked, verifiedOpened, verifiedClicked } = await getCampaignStats(ctx, sent.campaignId);
    return [opened, clicked, verifiedOpened, verifiedClicked];
  };

  it("count apart from people's, by program, by haste, and by many links at once", async () => {
    const sent = await sendOne(ctx);
    await hear(
      ctx,
      bodyOf(sent, "delivered", 0),
      bodyOf(sent, "opened", 60, { meta: { user_agent: "Mozilla/5.0" } }),
      bodyOf(sent, "opened", 3, { meta: FIREFOX }),
      ...["a", "b", "c"].map((link, index) => click(sent, 90 + index, link)),
    );
    expect(await figures(sent)).toEqual([1, 1, 0, 0]);
    await hear(ctx, click(sent, 4_000, "a"));
    expect((await getCampaignReport(ctx, sent.campaignId)).links).toEqual([
      { url: "https://example.org/a", people: 1, clicks: 1, machineClicks: 1 },
      { url: "https://example.org/b", people: 0, clicks: 0, machineClicks: 1 },
      { url: "https://example.org/c", people: 0, clicks: 0, machineClicks: 1 },
    ]);
    expect(await figures(sent)).toEqual([1, 1, 1, 1]);
    expect((await readRow(ctx, sent)).verifiedClickedAt).toEqual(new Date("2026-11-02T11:06:40Z"));
  });

  it("are unmasked by what is heard later, and count no more", async () => {
    const [hasty, scanned] = [await sendOne(ctx), await sendOne(ctx)];
    await hear(ctx, bodyOf(hasty, "opened", 4, { meta: FIREFOX }), click(scanned, 90, "a"), click(scanned, 91, "b"));
    expect([await figures(hasty), await figures(scanned)]).toEqual([
      [1, 0, 1, 0],
      [1, 1, 1, 1],
    ]);
    await hear(ctx, bodyOf(hasty, "delivered", 0), click(scanned, 92, "c"));
    expect([await figures(hasty), await figures(scanned)]).toEqual([
      [1, 0, 0, 0],
      [1, 1, 0, 0],
    ]);
    expect(await ctx.db.emailEvent.count({ where: { contactId: scanned.contactId, likelyMachine: true } })).toBe(3);
    expect(await readRow(ctx, scanned)).toMatchObject({ status: EMAIL_STATUS.clicked, verifiedOpenedAt: null });
  });
});
