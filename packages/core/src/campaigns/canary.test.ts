import type { CanaryInput } from "@hustings/contracts/campaign-safety";
import { createTestDatabase, type TestDatabase } from "@hustings/db/test-database";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { WorkspaceContext } from "../context";
import { simulateBulk } from "../sandbox/simulate";
import { addPeople, draftCampaign, listCaught, openSandboxWorkspace, runCampaignJobs } from "../testing/campaigns";
import { updateCampaign } from "./commands";
import { explainRecipient } from "./explain-recipient";
import { getCampaign, getCampaignStats, listCampaignEmails } from "./queries";
import { getCampaignSafety } from "./safety";
import { sendBatch } from "./send-batch";
import {
  cancelCampaign,
  launchScheduledCampaign,
  pauseCampaign,
  recallCampaign,
  resumeCampaign,
  sendCampaign,
} from "./send-campaign";
import { listOpenBatches, startCampaign } from "./start-campaign";
import { reviveStuckCampaigns } from "./sweep-campaigns";

const PEOPLE = 40;
const FIRST = 10;
const MINUTE_MS = 60_000;
const CANARY: CanaryInput = { people: FIRST, waitMinutes: 15, bouncePercent: 15 };

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());
// A sweep looks at every workspace: what one test leaves behind is none of the next one's business.
afterEach(() => database.prisma.campaign.deleteMany());

const later = (ctx: WorkspaceContext, minutes: number): WorkspaceContext => ({
  ...ctx,
  ports: { ...ctx.ports, now: () => new Date(Date.now() + minutes * MINUTE_MS) },
});
const canaryOf = async (ctx: WorkspaceContext, id: string) => (await getCampaignSafety(ctx, id)).canary;
const audited = (ctx: WorkspaceContext, targetId: string, action: string) =>
  ctx.db.auditEntry.findMany({ where: { workspaceId: ctx.workspaceId, targetId, action } });
const requestsFor = (ctx: WorkspaceContext, campaignId: string) =>
  ctx.db.outboxEvent.count({
    where: { name: "campaign/send.requested", data: { path: ["campaignId"], equals: campaignId } },
  });

/** Sent with a first wave, which is out. */
async function sendFirstWave(canary = CANARY, people = PEOPLE) {
  const ctx = await openSandboxWorkspace(database);
  const ids = await addPeople(ctx, people);
  const { id } = await draftCampaign(ctx);
  await sendCampaign(ctx, id, { canary });
  await runCampaignJobs(ctx, id);
  return { ctx, id, ids };
}

async function bounce(
  ctx: WorkspaceContext,
  campaignId: string,
  count: number,
  event: "bounced" | "complained" = "bounced",
) {
  for (const { to } of (await listCaught(ctx, campaignId)).slice(0, count))
    await simulateBulk(ctx, { filter: { to }, event });
}

describe("a campaign of which some go first", () => {
  it("waits after them, and goes on by itself when few bounced, to everybody once", async () => {
    const { ctx, id, ids } = await sendFirstWave();
    const first = (await listCaught(ctx, id)).map((mail) => mail.contactId);
    // From all over, not the oldest.
    expect(first).toHaveLength(FIRST);
    expect(first.map((contactId) => Math.floor(ids.indexOf(contactId ?? "") / 4))).toEqual([
      0, 1, 2, 3, 4, 5, 6, 7, 8, 9,
    ]);
    expect(await canaryOf(ctx, id)).toMatchObject({ state: "waiting", recipients: FIRST, measured: null });
    expect(await getCampaign(ctx, id)).toMatchObject({ status: "sending" });
    const waiting = ids.find((contactId) => !first.includes(contactId)) ?? "";
    expect(await explainRecipient(ctx, { id, contactId: waiting })).toMatchObject({
      outcome: "queued",
      reason: "Waits for what becomes of those who go first.",
    });
    expect(await requestsFor(ctx, id)).toBe(2);

    await bounce(ctx, id, 1);
    await runCampaignJobs(later(ctx, 14), id);
    expect(await listCaught(ctx, id)).toHaveLength(FIRST);
    await runCampaignJobs(later(ctx, 16), id);
    expect((await listCaught(ctx, id)).map((mail) => mail.contactId).sort()).toEqual([...ids].sort());
    expect(await getCampaign(ctx, id)).toMatchObject({ status: "sent", stopReason: null });
    const reason = "1 of the first 10 bounced (10%), nobody marked it as spam.";
    const measured = { sent: FIRST, bounced: 1, complained: 0, failed: 0 };
    expect(await canaryOf(ctx, id)).toMatchObject({ state: "went_on", reason, measured });
    expect(await audited(ctx, id, "campaigns.goOn")).toMatchObject([{ details: { wave: "first", reason, measured } }]);
    const { emails, total } = await listCampaignEmails(ctx, { id, limit: 100, offset: 0 });
    expect([total, new Set(emails.map(({ contactId }) => contactId)).size]).toEqual([PEOPLE, PEOPLE]);
  });

  it.each([
    ["bounced", 2, "2 of the first 10 bounced (20%), more than 15%."],
    ["complained", 1, "1 of the first 10 marked it as spam; it stops at 1."],
  ] as const)("stops by itself when too many %s, until a person lets the rest follow", async (event, count, reason) => {
    const { ctx, id } = await sendFirstWave();
    await bounce(ctx, id, count, event);
    await runCampaignJobs(later(ctx, 16), id);
    expect(await listCaught(ctx, id)).toHaveLength(FIRST);
    expect(await getCampaign(ctx, id)).toMatchObject({ status: "paused", stopReason: reason });
    expect(await canaryOf(ctx, id)).toMatchObject({ state: "stopped", reason });
    expect(await audited(ctx, id, "campaigns.stop")).toMatchObject([
      { actorKind: "user", details: { wave: "first", reason } },
    ]);

    await resumeCampaign(ctx, id);
    await runCampaignJobs(ctx, id);
    expect(await getCampaign(ctx, id)).toMatchObject({ status: "sent", stopReason: null });
    expect(await getCampaignStats(ctx, id)).toMatchObject({ recipients: PEOPLE, sent: PEOPLE, queued: 0 });
    expect(await canaryOf(ctx, id)).toMatchObject({ state: "overruled", reason });
    expect(await audited(ctx, id, "campaigns.resume")).toMatchObject([{ details: { despite: reason } }]);
  });

  it("hands nothing of the rest out before, whoever asks for it", async () => {
    const { ctx, id } = await sendFirstWave();
    expect(await listOpenBatches(ctx, id, -1, 10)).toEqual([]);
    expect(await sendBatch(ctx, { campaignId: id, generation: 1, batchNo: 1 })).toMatchObject({
      sent: 0,
      isStopped: true,
    });
    expect(await getCampaignStats(ctx, id)).toMatchObject({ sent: FIRST, queued: PEOPLE - FIRST });
  });

  it("decides by the time of its first wave after a pause, and ends nobody's wait early by it", async () => {
    const { ctx, id } = await sendFirstWave();
    await pauseCampaign(ctx, id);
    await resumeCampaign(ctx, id);
    await runCampaignJobs(later(ctx, 10), id);
    expect(await canaryOf(ctx, id)).toMatchObject({ state: "waiting" });
    await pauseCampaign(ctx, id);
    await bounce(ctx, id, 2);
    await resumeCampaign(ctx, id);
    await runCampaignJobs(later(ctx, 16), id);
    expect(await getCampaign(ctx, id)).toMatchObject({
      status: "paused",
      stopReason: expect.stringContaining("bounced"),
    });
    await cancelCampaign(ctx, id);
    expect(await getCampaignStats(ctx, id)).toMatchObject({ sent: FIRST, skipped: PEOPLE - FIRST, queued: 0 });
  });

  it("is found by the sweep when its job was lost, before the end of the wave and at the decision", async () => {
    const ctx = await openSandboxWorkspace(database);
    await addPeople(ctx, PEOPLE);
    const { id } = await draftCampaign(ctx);
    await sendCampaign(ctx, id, { canary: { ...CANARY, waitMinutes: 30 } });
    await startCampaign(ctx, id, 1);
    await sendBatch(ctx, { campaignId: id, generation: 1, batchNo: 0 });
    // Killed between the batch and what it asks for.
    await ctx.db.campaignCanary.update({ where: { campaignId: id }, data: { decidesAt: null } });
    const then = new Date(Date.now() - 6 * MINUTE_MS);
    const letPass = async () => {
      await ctx.db.campaign.update({ where: { id }, data: { updatedAt: then } });
      await ctx.db.campaignStats.update({ where: { campaignId: id }, data: { progressedAt: then } });
    };
    await letPass();
    expect(await reviveStuckCampaigns(ctx)).toBe(1);
    expect(await startCampaign(ctx, id, 1)).toMatchObject({ isStarted: false, heldUntil: expect.any(String) });
    await letPass();
    expect(await reviveStuckCampaigns(later(ctx, 29))).toBe(0);
    expect(await reviveStuckCampaigns(later(ctx, 31))).toBe(1);
    await Promise.all([runCampaignJobs(later(ctx, 31), id), runCampaignJobs(later(ctx, 31), id)]);
    expect(await getCampaign(ctx, id)).toMatchObject({ status: "sent" });
    expect(await listCaught(ctx, id)).toHaveLength(PEOPLE);
    expect(await audited(ctx, id, "campaigns.goOn")).toHaveLength(1);
  });

  it("keeps its first wave through a schedule, and loses it when it is a draft again", async () => {
    const ctx = await openSandboxWorkspace(database);
    await addPeople(ctx, PEOPLE);
    const scheduledAt = new Date(Date.now() + 30 * MINUTE_MS).toISOString();
    const { id } = await draftCampaign(ctx, { scheduledAt });
    const send = () => sendCampaign(ctx, id, { canary: { percent: 11 } });
    await send();
    await recallCampaign(ctx, id);
    expect(await canaryOf(ctx, id)).toBeNull();
    await updateCampaign(ctx, { id, scheduledAt });
    await send();
    await updateCampaign(ctx, { id, scheduledAt: null });
    expect(await canaryOf(ctx, id)).toBeNull();
    await updateCampaign(ctx, { id, scheduledAt });
    await send();
    expect(await canaryOf(ctx, id)).toMatchObject({ state: "to_come", percent: 11, waitMinutes: 15, bouncePercent: 4 });

    await launchScheduledCampaign(later(ctx, 31), id);
    await runCampaignJobs(later(ctx, 31), id);
    // 11 % of 40, rounded up.
    expect(await listCaught(ctx, id)).toHaveLength(5);
  });

  it("takes whole batches of its own, which nobody of the rest is in", async () => {
    const ctx = await openSandboxWorkspace(database);
    await addPeople(ctx, 1_101);
    const { id } = await draftCampaign(ctx);
    await sendCampaign(ctx, id, { canary: { people: 600 } });
    await startCampaign(ctx, id, 1);
    const sizes = await ctx.db.campaignEmail.groupBy({
      by: ["batchNo"],
      where: { campaignId: id },
      _count: true,
      orderBy: { batchNo: "asc" },
    });
    expect(sizes.map(({ _count }) => _count)).toEqual([500, 100, 500, 1]);
    expect(await listOpenBatches(ctx, id, -1, 10)).toEqual([0, 1]);
    expect(await ctx.db.campaignBatch.count({ where: { campaignId: id } })).toBe(4);
  });

  it("has nobody left to decide about when the first wave is everybody", async () => {
    const { ctx, id } = await sendFirstWave({ people: 200 }, 3);
    expect(await getCampaign(ctx, id)).toMatchObject({ status: "sent" });
    expect(await canaryOf(ctx, id)).toMatchObject({ recipients: 3, reason: null });
  });
});
