import { newId } from "@hustings/db/ids";
import { describe, expect, it } from "vitest";
import { createCampaign } from "../campaigns/commands";
import { previewCampaign } from "../campaigns/preview";
import { listCampaignEmails } from "../campaigns/queries";
import { sendCampaign } from "../campaigns/send-campaign";
import { applyProviderEvents } from "../provider-events/apply-provider-events";
import { arrivals, countPosts, fastFakePlan, launchLiveCampaign, readLedger, runToTheEnd } from "../testing/live-mail";
import { useLiveWorkspaces } from "../testing/use-live-workspaces";
import { pruneHandOvers } from "./journal";

const open = useLiveWorkspaces();

describe("a live campaign", () => {
  it("reaches everyone once by bulk calls, and tells who was suppressed or refused", async () => {
    const { fake, ctx } = await open();
    const { id, emails } = await launchLiveCampaign(ctx, 620);
    const [suppressed = "", refused = "", ...others] = emails;
    fake.account.suppressions.set(suppressed, "spam_complaint");
    await ctx.db.campaignEmail.updateMany({ where: { campaignId: id, email: refused }, data: { email: "p@nowhere" } });
    await runToTheEnd(ctx, id);

    expect(arrivals(fake)).toEqual(others);
    expect(countPosts(fake)).toBe(2);
    expect(await readLedger(ctx, id)).toMatchObject({ recipients: 620, queued: 0, sent: 618, skipped: 1, failed: 1 });
    const rows = (await listCampaignEmails(ctx, { id, limit: 700, offset: 0 })).emails;
    expect(rows.find((row) => row.email === suppressed)).toMatchObject({
      status: "skipped",
      error: "MailerSend does not mail this address (spam complaint).",
    });
    expect(rows.find((row) => row.email === "p@nowhere")?.error).toContain("#MS42208");
    expect(rows.find((row) => row.email === others[0])).toMatchObject({ status: "sent", sentAt: expect.any(String) });
  });

  it("learns what happened to a message whose id it was not told, by tag and address", async () => {
    const { fake, ctx } = await open();
    const { id, emails } = await launchLiveCampaign(ctx, 6);
    await runToTheEnd(ctx, id);
    const [mail] = fake.mailbox();
    const type = "activity.delivered";
    const data = { id: newId(), message_id: mail?.messageId, recipient: mail?.to, tags: mail?.email.tags, meta: [] };
    await ctx.db.providerEvent.create({ data: { eventId: data.id, type, body: { type, data } } });
    await applyProviderEvents(ctx);
    expect(emails).toContain(mail?.to);
    expect(await readLedger(ctx, id)).toMatchObject({ sent: 6, delivered: 1 });
  });

  it("to a few people goes one by one, each with its message id", async () => {
    const { fake, ctx } = await open();
    const { id } = await launchLiveCampaign(ctx, 3);
    await runToTheEnd(ctx, id);
    const rows = await ctx.db.campaignEmail.findMany({ where: { campaignId: id } });
    expect(new Set(rows.map((row) => row.providerMessageId))).toEqual(
      new Set(fake.mailbox().map((mail) => mail.messageId)),
    );
  });

  it("goes one by one when a call is refused as a whole", async () => {
    const { fake, ctx } = await open({ plan: { ...fastFakePlan, bulkObjects: 5 } });
    const { id, emails } = await launchLiveCampaign(ctx, 20);
    await ctx.db.campaignEmail.updateMany({
      where: { campaignId: id, email: emails[7] },
      data: { email: "p@nowhere" },
    });
    await runToTheEnd(ctx, id);
    expect(arrivals(fake)).toEqual(emails.filter((_, index) => index !== 7));
    expect(countPosts(fake)).toBe(21);
    expect(await readLedger(ctx, id)).toMatchObject({ sent: 19, failed: 1, queued: 0 });
  });

  it("sends a test from the workspace's address, else from a default one of the sender's domain", async () => {
    const { fake, ctx } = await open();
    const { id } = await createCampaign(ctx, { name: "News", subject: "Hello", body: "<p>Hello</p>" });
    await previewCampaign(ctx, { id, email: "me@example.com" });
    await ctx.db.workspace.update({ where: { id: ctx.workspaceId }, data: { senderEmail: null } });
    await previewCampaign(ctx, { id, email: "me@example.com" });
    expect(fake.mailbox()).toMatchObject([
      { to: "me@example.com", email: { from: { email: "news@mail.example.org" } } },
      { to: "me@example.com", email: { from: { email: "no-reply@mail.example.org" } } },
    ]);
  });

  it("is refused before it starts when its sender is of another domain", async () => {
    const { ctx } = await open();
    const { id } = await createCampaign(ctx, {
      name: "News",
      subject: "Hello",
      body: "<p>Hello</p>",
      fromEmail: "hello@other.example",
    });
    await expect(sendCampaign(ctx, id)).rejects.toMatchObject({
      kind: "invalid",
      details: ["fromEmail: must be an address of mail.example.org, which this server sends from"],
    });
  });
});

it("forgets calls after a month", async () => {
  const { ctx } = await open();
  const entry = { campaignId: newId(), contactIds: [newId()] };
  await ctx.db.mailHandOver.create({ data: { ...entry, startedAt: new Date(Date.now() - 32 * 24 * 60 * 60_000) } });
  await ctx.db.mailHandOver.create({ data: entry });
  await pruneHandOvers(ctx);
  expect(await ctx.db.mailHandOver.count({ where: { campaignId: entry.campaignId } })).toBe(1);
});
