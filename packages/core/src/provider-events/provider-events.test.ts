import { signMailersendBody } from "@hustings/crypto/webhook-signature";
import { createTestDatabase, type TestDatabase } from "@hustings/db/test-database";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { EMAIL_STATUS } from "../campaigns/email-status";
import { getCampaignStats } from "../campaigns/queries";
import type { WorkspaceContext } from "../context";
import { bodyOf, hear, readRow, receive, type Sent, sendOne } from "../testing/sent-message";
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

const [secret = ""] = testSettings.mailersendWebhookSecrets;
const storedEvents = () => ctx.db.providerEvent.count();

describe("a delivery of the webhook", () => {
  it("is refused without a good signature, and where no secret is set, and leaves nothing", async () => {
    const before = await storedEvents();
    const body = bodyOf(await sendOne(ctx), "opened", 1);
    const signature = signMailersendBody(secret, body);
    for (const wrong of ["", "0", signature.slice(1), signMailersendBody("another-secret", body)])
      await expect(receive(ctx, body, wrong)).rejects.toMatchObject({ kind: "unauthenticated" });
    await expect(receiveProviderEvent(ctx, Buffer.from(body), undefined)).rejects.toMatchObject({
      kind: "unauthenticated",
    });
    await expect(receive(ctx, `${body} `, signature)).rejects.toMatchObject({ kind: "unauthenticated" });
    ctx = { ...ctx, settings: { ...ctx.settings, mailersendWebhookSecrets: [] } };
    for (const any of [signature, "", signMailersendBody("", body)])
      await expect(receive(ctx, body, any)).rejects.toMatchObject({ kind: "unavailable" });
    expect(await storedEvents()).toBe(before);
  });

  it("counts once, however often and at however many places at once it comes", async () => {
    const sent = await sendOne(ctx);
    const body = bodyOf(sent, "delivered", 1);
    await Promise.all(Array.from({ length: 8 }, () => receive(ctx, body)));
    await Promise.all([applyProviderEvents(ctx), applyProviderEvents(ctx)]);
    await receive(ctx, body);
    await applyProviderEvents(ctx);
    expect(await getCampaignStats(ctx, sent.campaignId)).toMatchObject({ sent: 1, delivered: 1 });
    expect((await readRow(ctx, sent)).deliveredAt).toEqual(new Date("2026-11-02T10:00:01Z"));
  });

  it("is stored beside one that cannot be, in a storm of them", async () => {
    const bodies = await Promise.all(
      Array.from({ length: 20 }, async () => bodyOf(await sendOne(ctx), "delivered", 1)),
    );
    const idOf = (body: string | undefined): string => JSON.parse(body ?? "").data.id;
    const refusal = `alter table provider_events add constraint refusal check (event_id <> '${idOf(bodies[7])}')`;
    await ctx.db.$executeRawUnsafe(refusal);
    const answers = await Promise.allSettled(bodies.map((body) => receive(ctx, body)));
    await ctx.db.$executeRawUnsafe("alter table provider_events drop constraint refusal");
    expect(answers.flatMap(({ status }, index) => (status === "rejected" ? index : []))).toEqual([7]);
    expect(await applyProviderEvents(ctx)).toMatchObject({ applied: 19 });
  });

  it("leads to the same, whatever the order in which events arrive", async () => {
    const orders = [
      ["sent", "delivered", "opened", "clicked"],
      ["clicked", "opened", "delivered", "sent"],
      ["opened", "sent", "clicked", "delivered"],
    ];
    for (const order of orders) {
      const sent = await sendOne(ctx);
      for (const type of order) {
        const second = ["sent", "delivered", "opened", "clicked"].indexOf(type);
        await hear(ctx, bodyOf(sent, type, second, { meta: { user_agent: "Firefox" } }));
      }
      expect(await readRow(ctx, sent)).toMatchObject({
        status: EMAIL_STATUS.clicked,
        deliveredAt: new Date("2026-11-02T10:00:01Z"),
        openedAt: new Date("2026-11-02T10:00:02Z"),
        clickedAt: new Date("2026-11-02T10:00:03Z"),
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
    const sent = await sendOne(ctx);
    const odd = bodyOf(sent, "hard_bounced", 1, {
      subject: "\\u0000 stays, \u0000 and \ud800 go",
      meta: { bounce_reason: `${"x".repeat(1_999)}👋` },
    });
    await receive(ctx, odd);
    await receive(ctx, bodyOf(sent, "opened", 1).replace("2026-11-02", "+275000-01-01"));
    const { body } = await ctx.db.providerEvent.findFirstOrThrow({
      orderBy: { id: "asc" },
      where: { type: "activity.hard_bounced" },
    });
    expect(body).toMatchObject({ data: { subject: "\\u0000 stays, \ufffd and \ufffd go" } });
    expect(await applyProviderEvents(ctx)).toMatchObject({ applied: 2 });
    expect(await readRow(ctx, sent)).toMatchObject({
      status: EMAIL_STATUS.bounced,
      error: expect.stringContaining("xxx"),
    });
  });
});

describe("what a provider reports of an address", () => {
  const isSuppressed = async ({ email }: Sent) => (await ctx.db.suppression.findFirst({ where: { email } }))?.reason;

  it("suppresses it after three soft bounces in a row, and not when it was reached between", async () => {
    const worn = await sendOne(ctx);
    const reached = await sendOne(ctx);
    for (let second = 1; second <= 3; second++) {
      expect(await isSuppressed(worn)).toBeUndefined();
      for (const sent of [worn, reached]) await receive(ctx, bodyOf(sent, "soft_bounced", second));
      if (second === 2) await receive(ctx, bodyOf(reached, "delivered", 2));
      await applyProviderEvents(ctx);
    }
    expect(await isSuppressed(worn)).toBe("soft_bounces");
    expect(await isSuppressed(reached)).toBeUndefined();
  });

  it("suppresses it at once after a complaint", async () => {
    const sent = await sendOne(ctx);
    await hear(ctx, bodyOf(sent, "spam_complaint", 1));
    expect(await isSuppressed(sent)).toBe("complaint");
  });

  it("says no to the campaign's category for it, like the link, and the audit tells by whom", async () => {
    const category = await ctx.db.category.create({ data: { name: "News", workspaceId: ctx.workspaceId } });
    const sent = await sendOne(ctx, { categoryId: category.id });
    const body = bodyOf(sent, "unsubscribed", 1);
    await hear(ctx, body, body);
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
