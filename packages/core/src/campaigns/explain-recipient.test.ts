import { newId } from "@hustings/db/ids";
import { createTestDatabase, type TestDatabase } from "@hustings/db/test-database";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { WorkspaceContext } from "../context";
import { bodyOf, hear, type Sent, sendOne } from "../testing/sent-message";
import { createTestWorkspace } from "../testing/workspace";
import { EMAIL_STATUS } from "./email-status";
import { explainRecipient } from "./explain-recipient";

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
  const addPerson = async (joinedAt: Date) => {
    const { id: contactId, email } = await ctx.db.contact.create({ data: { email: `${newId()}@example.org` } });
    await ctx.db.contactWorkspace.create({ data: { contactId, workspaceId: ctx.workspaceId, createdAt: joinedAt } });
    return { contactId, email: email ?? "" };
  };

  it("tells from rows what was so at the launch, and else what holds now", async () => {
    const sent = await sendOne(ctx);
    await launch(sent);
    const of = async ({ contactId }: { contactId: string }) => explain({ campaignId: sent.campaignId, contactId });
    expect(await of(await addPerson(at(60)))).toEqual({
      outcome: "not_matched",
      reason: "Came to this workspace after the campaign was launched.",
      events: ["launched", "joined"],
    });
    const suppressed = await addPerson(at(-60));
    await ctx.db.suppression.create({
      data: { email: suppressed.email, reason: "hard_bounce", createdAt: at(-30) },
    });
    expect(await of(suppressed)).toEqual({
      outcome: "excluded",
      reason: "The address was on the suppression list when the campaign was launched.",
      events: ["joined", "suppressed: hard bounce", "launched"],
    });
    const gone = await addPerson(at(-60));
    await ctx.db.contact.update({ where: { id: gone.contactId }, data: { globallyUnsubscribed: true } });
    expect(await of(gone)).toMatchObject({ outcome: "excluded", reason: expect.stringContaining("Now: Said no to") });
    expect(await of(await addPerson(at(-60)))).toEqual({
      outcome: "not_matched",
      reason: "Was not among the recipients when the campaign was launched.",
      events: ["joined", "launched"],
    });
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
