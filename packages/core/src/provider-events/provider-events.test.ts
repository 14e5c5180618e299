import { signMailersendBody } from "@hustings/crypto/webhook-signature";
import { newId } from "@hustings/db/ids";
import { createTestDatabase, type TestDatabase } from "@hustings/db/test-database";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { EMAIL_STATUS } from "../campaigns/email-status";
import { getCampaignStats } from "../campaigns/queries";
import type { WorkspaceContext } from "../context";
import { createTestWorkspace, testSettings } from "../testing/workspace";
import { applyProviderEvents } from "./apply-provider-events";
import { receiveProviderEvent } from "./receive-provider-events";

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

type Sent = { campaignId: string; contactId: string; messageId: string; email: string };

/** A campaign that has handed its one message over. */
async function sendOne(changes: { categoryId?: string } = {}): Promise<Sent> {
  const email = `${newId()}@example.org`;
  const contact = await ctx.db.contact.create({ data: { email } });
  await ctx.db.contactWorkspace.create({ data: { contactId: contact.id, workspaceId: ctx.workspaceId } });
  const campaign = await ctx.db.campaign.create({
    data: { name: "n", subject: "s", body: "b", workspaceId: ctx.workspaceId, status: "sent", ...changes },
  });
  const messageId = newId();
  await ctx.db.campaignEmail.create({
    data: {
      campaignId: campaign.id,
      contactId: contact.id,
      email,
      batchNo: 0,
      status: EMAIL_STATUS.sent,
      providerMessageId: messageId,
      sentAt: new Date("2026-11-01T10:00:00Z"),
    },
  });
  await ctx.db.campaignStats.create({ data: { campaignId: campaign.id, recipients: 1, sent: 1 } });
  return { campaignId: campaign.id, contactId: contact.id, messageId, email };
}

function bodyOf(sent: Sent, type: string, minute: number, data: object = {}): string {
  return JSON.stringify({
    type: `activity.${type}`,
    created_at: `2026-11-02T10:${String(minute).padStart(2, "0")}:00.000000Z`,
    data: { id: newId(), message_id: sent.messageId, recipient: sent.email, tags: [], ...data },
  });
}

const [secret = ""] = testSettings.mailersendWebhookSecrets;
const receive = (body: string, signature: string | undefined = signMailersendBody(secret, body)) =>
  receiveProviderEvent(ctx, Buffer.from(body), signature);
const readRow = ({ campaignId, contactId }: Sent) =>
  ctx.db.campaignEmail.findUniqueOrThrow({ where: { contactId_campaignId: { campaignId, contactId } } });
const storedEvents = () => ctx.db.providerEvent.count();

describe("a delivery of the webhook", () => {
  it("is refused without a good signature, and where no secret is set, and leaves nothing", async () => {
    const before = await storedEvents();
    const body = bodyOf(await sendOne(), "opened", 1);
    const signature = signMailersendBody(secret, body);
    for (const wrong of ["", "0", signature.slice(1), signMailersendBody("another-secret", body)])
      await expect(receive(body, wrong)).rejects.toMatchObject({ kind: "unauthenticated" });
    await expect(receiveProviderEvent(ctx, Buffer.from(body), undefined)).rejects.toMatchObject({
      kind: "unauthenticated",
    });
    await expect(receive(`${body} `, signature)).rejects.toMatchObject({ kind: "unauthenticated" });
    ctx = { ...ctx, settings: { ...ctx.settings, mailersendWebhookSecrets: [] } };
    for (const any of [signature, "", signMailersendBody("", body)])
      await expect(receive(body, any)).rejects.toMatchObject({ kind: "unavailable" });
    expect(await storedEvents()).toBe(before);
  });

  it("counts once, however often and at however many places at once it comes", async () => {
    const sent = await sendOne();
    const body = bodyOf(sent, "delivered", 1);
    await Promise.all(Array.from({ length: 8 }, () => receive(body)));
    await Promise.all([applyProviderEvents(ctx), applyProviderEvents(ctx)]);
    await receive(body);
    await applyProviderEvents(ctx);
    expect(await getCampaignStats(ctx, sent.campaignId)).toMatchObject({ sent: 1, delivered: 1 });
    expect((await readRow(sent)).deliveredAt).toEqual(new Date("2026-11-02T10:01:00Z"));
  });

  it("leads to the same, whatever the order in which events arrive", async () => {
    const orders = [
      ["sent", "delivered", "opened", "clicked"],
      ["clicked", "opened", "delivered", "sent"],
      ["opened", "sent", "clicked", "delivered"],
    ];
    for (const order of orders) {
      const sent = await sendOne();
      for (const type of order) {
        const minute = ["sent", "delivered", "opened", "clicked"].indexOf(type);
        await receive(bodyOf(sent, type, minute, { meta: { user_agent: "Firefox" } }));
        await applyProviderEvents(ctx);
      }
      expect(await readRow(sent)).toMatchObject({
        status: EMAIL_STATUS.clicked,
        deliveredAt: new Date("2026-11-02T10:01:00Z"),
        openedAt: new Date("2026-11-02T10:02:00Z"),
        clickedAt: new Date("2026-11-02T10:03:00Z"),
      });
      expect(await getCampaignStats(ctx, sent.campaignId)).toMatchObject({
        sent: 1,
        delivered: 1,
        opened: 1,
        clicked: 1,
      });
    }
  });

  it("is taken with what Postgres stores in no text, and with times beyond its calendar", async () => {
    const sent = await sendOne();
    const odd = bodyOf(sent, "hard_bounced", 1, {
      subject: "\\u0000 stays, \u0000 and \ud800 go",
      meta: { bounce_reason: `${"x".repeat(1_999)}👋` },
    });
    await receive(odd);
    await receive(bodyOf(sent, "opened", 1).replace("2026-11-02", "+275000-01-01"));
    const { body } = await ctx.db.providerEvent.findFirstOrThrow({
      orderBy: { id: "asc" },
      where: { type: "activity.hard_bounced" },
    });
    expect(body).toMatchObject({ data: { subject: "\\u0000 stays, \ufffd and \ufffd go" } });
    expect(await applyProviderEvents(ctx)).toMatchObject({ applied: 2 });
    expect(await readRow(sent)).toMatchObject({ status: EMAIL_STATUS.bounced, error: expect.stringContaining("xxx") });
  });
});

describe("what a provider reports of an address", () => {
  const isSuppressed = async ({ email }: Sent) => (await ctx.db.suppression.findFirst({ where: { email } }))?.reason;

  it("suppresses it after three soft bounces in a row, and not when it was reached between", async () => {
    const worn = await sendOne();
    const reached = await sendOne();
    for (let minute = 1; minute <= 3; minute++) {
      expect(await isSuppressed(worn)).toBeUndefined();
      for (const sent of [worn, reached]) await receive(bodyOf(sent, "soft_bounced", minute));
      if (minute === 2) await receive(bodyOf(reached, "delivered", 2));
      await applyProviderEvents(ctx);
    }
    expect(await isSuppressed(worn)).toBe("soft_bounces");
    expect(await isSuppressed(reached)).toBeUndefined();
  });

  it("suppresses it at once after a complaint", async () => {
    const sent = await sendOne();
    await receive(bodyOf(sent, "spam_complaint", 1));
    await applyProviderEvents(ctx);
    expect(await isSuppressed(sent)).toBe("complaint");
  });

  it("says no to the campaign's category for it, like the link, and the audit tells by whom", async () => {
    const category = await ctx.db.category.create({ data: { name: "News", workspaceId: ctx.workspaceId } });
    const sent = await sendOne({ categoryId: category.id });
    const body = bodyOf(sent, "unsubscribed", 1);
    for (let delivery = 0; delivery < 2; delivery++) {
      await receive(body);
      await applyProviderEvents(ctx);
    }
    expect(await ctx.db.contact.findUniqueOrThrow({ where: { id: sent.contactId } })).toMatchObject({
      communicationPreferences: { [category.id]: "unsubscribed" },
      globallyUnsubscribed: false,
    });
    const entries = await ctx.db.auditEntry.findMany({ where: { workspaceId: ctx.workspaceId } });
    expect(entries).toEqual([
      expect.objectContaining({
        actorKind: "system",
        actorName: "mail service",
        action: "contacts.unsubscribe",
        targetId: sent.contactId,
        details: { campaignId: sent.campaignId, by: "mail service" },
      }),
    ]);
  });
});
