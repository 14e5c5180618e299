import type { Filter } from "@hustings/contracts/filter";
import { newId } from "@hustings/db/ids";
import { createTestDatabase, type TestDatabase } from "@hustings/db/test-database";
import type { Prisma } from "@hustings/db/types";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { WorkspaceContext } from "../context";
import { createSegment } from "../segments/commands";
import { draftCampaign, openSandboxWorkspace, runCampaignJobs } from "../testing/campaigns";
import { bodyOf, hear, type Sent, sendOne } from "../testing/sent-message";
import { createTestWorkspace } from "../testing/workspace";
import { deleteCampaign } from "./commands";
import { EMAIL_STATUS } from "./email-status";
import { explainRecipient } from "./explain-recipient";
import { sendCampaign } from "./send-campaign";

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

const at = (minute: number) => new Date(Date.parse("2026-11-02T09:00:00Z") + minute * 60_000);
const launch = async (sent: Sent) =>
  ctx.db.campaign.update({ where: { id: sent.campaignId }, data: { launchedAt: at(0) } });
const setRow = async ({ campaignId, contactId }: Sent, data: object) =>
  ctx.db.campaignEmail.update({ where: { contactId_campaignId: { campaignId, contactId } }, data });
const explain = async ({ campaignId, contactId }: { campaignId: string; contactId: string }) => {
  const { outcome, reason, events } = await explainRecipient(ctx, { id: campaignId, contactId });
  return { outcome, reason, events: events.map(({ type, reason: why }) => (why ? `${type}: ${why}` : type)) };
};

describe("of a recipient", () => {
  it("tells everything in its order: chosen, handed over, and what the provider told", async () => {
    const sent = await sendOne(ctx);
    await launch(sent);
    await setRow(sent, { sentAt: at(1) });
    await hear(ctx, bodyOf(sent, "opened", 5, { meta: { user_agent: "Mozilla/5.0" } }), bodyOf(sent, "delivered", 2));
    expect(await explain(sent)).toEqual({
      outcome: "opened",
      reason: "Reached the mailbox; so far only a machine has opened it.",
      events: ["chosen", "handed_over", "delivered", "opened"],
    });
    await hear(ctx, bodyOf(sent, "opened", 500, { meta: { user_agent: "Firefox" } }));
    expect((await explain(sent)).reason).toBe("Reached the mailbox and was opened.");
  });

  it("tells of a call that nobody answered, why it is unknown, and what was heard after all", async () => {
    const sent = await sendOne(ctx, { isIdUnknown: true });
    const { campaignId, contactId } = sent;
    await launch(sent);
    await ctx.db.mailHandOver.create({ data: { id: newId(), campaignId, contactIds: [contactId], startedAt: at(1) } });
    const error = "MailerSend does not say.";
    await setRow(sent, { status: EMAIL_STATUS.unknown, sentAt: null, failedAt: at(7), error });
    await ctx.db.campaignStats.update({ where: { campaignId }, data: { sent: 0, unknown: 1 } });
    const unknown = ["chosen", "called: No answer came.", `unknown: ${error}`];
    expect(await explain(sent)).toEqual({ outcome: "unknown", reason: error, events: unknown });
    await hear(ctx, bodyOf(sent, "delivered", 0));
    expect(await explain(sent)).toEqual({
      outcome: "delivered",
      reason: "Reached the mailbox.",
      events: [...unknown.slice(0, 2), "delivered"],
    });
  });
});

describe("of somebody who was no recipient", () => {
  const addPerson = async (joinedAt: Date, changes: Prisma.ContactUpdateInput = {}) => {
    const data = { email: `${newId()}@example.org`, firstName: "Ana" };
    const { id: contactId } = await ctx.db.contact.create({ data });
    await ctx.db.contact.update({ where: { id: contactId }, data: changes });
    await ctx.db.contactWorkspace.create({ data: { contactId, workspaceId: ctx.workspaceId, createdAt: joinedAt } });
    return { contactId, email: data.email };
  };

  it("tells what was so at the launch, whatever has become of it", async () => {
    ctx = await openSandboxWorkspace(database);
    const filter: Filter = { match: "all", conditions: [{ field: "firstName", operator: "eq", value: "Ana" }] };
    const segment = await createSegment(ctx, { name: "Anas", filter });
    await addPerson(at(-60));
    const unsubscribed = await addPerson(at(-60), { globallyUnsubscribed: true });
    const suppressed = await addPerson(at(-60));
    await ctx.db.suppression.create({ data: { email: suppressed.email, reason: "hard_bounce", createdAt: at(-30) } });
    const bo = await addPerson(at(-60), { firstName: "Bo" });
    const { id } = await draftCampaign(ctx, { segmentId: segment.id });
    await sendCampaign(ctx, id);
    await runCampaignJobs(ctx, id);
    const of = async ({ contactId }: { contactId: string }) => explain({ campaignId: id, contactId });
    await ctx.db.contact.update({ where: { id: unsubscribed.contactId }, data: { globallyUnsubscribed: false } });

    expect(await of(unsubscribed)).toEqual({
      outcome: "excluded",
      reason: "Left out at the launch. Had said no to all email.",
      events: ["joined", "launched"],
    });
    expect(await of(suppressed)).toEqual({
      outcome: "excluded",
      reason: "Left out at the launch. The address was suppressed, since it had bounced for good.",
      events: ["joined", "suppressed: hard bounce", "launched"],
    });
    expect(await of(bo)).toEqual({
      outcome: "not_matched",
      reason: "Did not match the campaign's segment when it was launched.",
      events: ["joined", "launched"],
    });
    expect(await of(await addPerson(new Date(Date.now() + 60_000)))).toEqual({
      outcome: "not_matched",
      reason: "Came to this workspace after the campaign was launched.",
      events: ["launched", "joined"],
    });
    await deleteCampaign(ctx, { id });
    expect(await ctx.db.campaignExclusion.count({ where: { campaignId: id } })).toBe(0);
  });

  it("answers also where the segment can no longer be read", async () => {
    const { contactId } = await addPerson(at(0));
    const filter = { match: "all", conditions: [{ field: "campaign.nine", operator: "has", value: "sent" }] };
    const segment = await ctx.db.segment.create({ data: { name: "s", workspaceId: ctx.workspaceId, filter } });
    const { id: campaignId } = await ctx.db.campaign.create({
      data: { name: "n", subject: "s", body: "b", workspaceId: ctx.workspaceId, segmentId: segment.id },
    });
    expect(await explain({ campaignId, contactId })).toMatchObject({
      outcome: "not_matched",
      reason: expect.stringContaining("can no longer be read"),
    });
  });
});
