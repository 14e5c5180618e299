import { createTestDatabase, type TestDatabase } from "@hustings/db/test-database";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { WorkspaceContext } from "../context";
import { addPeople, draftCampaign, listCaught, openSandboxWorkspace, runCampaignJobs } from "../testing/campaigns";
import { updateCampaign } from "./commands";
import { getCampaign, getCampaignStats } from "./queries";
import { sendBatch } from "./send-batch";
import { cancelCampaign, pauseCampaign, recallCampaign, resumeCampaign, sendCampaign } from "./send-campaign";
import { startCampaign } from "./start-campaign";
import { reviveStuckCampaigns } from "./sweep-campaigns";

const HOLD_SECONDS = 120;
const PEOPLE = 3;
const MINUTE_MS = 60_000;

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());
// A sweep looks at every workspace: what one test leaves behind is none of the next one's business.
afterEach(() => database.prisma.campaign.deleteMany());

const at = (ctx: WorkspaceContext, time: number): WorkspaceContext => ({
  ...ctx,
  ports: { ...ctx.ports, now: () => new Date(time) },
});

async function sendHeld() {
  const ctx = await openSandboxWorkspace(database);
  await addPeople(ctx, PEOPLE);
  const { id } = await draftCampaign(ctx);
  const sent = await sendCampaign(ctx, id, { holdSeconds: HOLD_SECONDS });
  const { generation } = await ctx.db.campaign.findUniqueOrThrow({ where: { id } });
  const endMs = Date.parse(sent.holdUntil ?? "");
  return { ctx, id, sent, generation, after: at(ctx, endMs), endMs };
}

const countRows = async (ctx: WorkspaceContext, campaignId: string) => ({
  emails: await ctx.db.campaignEmail.count({ where: { campaignId } }),
  batches: await ctx.db.campaignBatch.count({ where: { campaignId } }),
  stats: await ctx.db.campaignStats.count({ where: { campaignId } }),
});
const NO_ROWS = { emails: 0, batches: 0, stats: 0 };

/** Nothing moved it for `minutes`, as far as the database can tell. */
async function letPass(ctx: WorkspaceContext, id: string, minutes: number): Promise<void> {
  const then = new Date(Date.now() - minutes * MINUTE_MS);
  await ctx.db.campaign.update({ where: { id }, data: { updatedAt: then } });
  await ctx.db.campaignStats.updateMany({ where: { campaignId: id }, data: { progressedAt: then } });
}

describe("a held campaign", () => {
  it("is frozen at once, and nothing leaves before its hold has ended", async () => {
    const { ctx, id, sent, generation, after, endMs } = await sendHeld();
    expect(sent).toMatchObject({ status: "queued", launchedAt: null });
    expect(endMs).toBeGreaterThan(Date.now());
    const held = { isStarted: false, heldUntil: sent.holdUntil };
    expect(await startCampaign(ctx, id, generation)).toEqual(held);
    const addedLater = await addPeople(ctx, 1);
    expect(await startCampaign(at(ctx, endMs - 1), id, generation)).toEqual(held);
    expect(await sendBatch(after, { campaignId: id, generation, batchNo: 0 })).toMatchObject({ isStopped: true });
    expect(await listCaught(ctx, id)).toEqual([]);
    expect(await getCampaign(ctx, id)).toMatchObject({ status: "queued", holdUntil: sent.holdUntil });
    expect(await getCampaignStats(ctx, id)).toMatchObject({ recipients: PEOPLE, queued: PEOPLE, sent: 0 });

    await runCampaignJobs(after, id);
    const caught = await listCaught(ctx, id);
    expect(caught).toHaveLength(PEOPLE);
    expect(caught.map((mail) => mail.contactId)).not.toContain(addedLater[0]);
    expect(await getCampaign(ctx, id)).toMatchObject({ status: "sent", holdUntil: null });
  });

  it("is a draft again when it is recalled, nobody got anything, and what was frozen is gone", async () => {
    const { ctx, id, generation, after } = await sendHeld();
    await startCampaign(ctx, id, generation);
    expect(await countRows(ctx, id)).toEqual({ emails: PEOPLE, batches: 1, stats: 1 });
    expect(await recallCampaign(ctx, id)).toMatchObject({ status: "draft", holdUntil: null, launchedAt: null });
    expect(await countRows(ctx, id)).toEqual(NO_ROWS);

    // The job that slept through it finds nothing to do, also when it was sent again meanwhile.
    expect(await startCampaign(after, id, generation)).toEqual({ isStarted: false, heldUntil: null });
    await updateCampaign(ctx, { id, subject: "Better words" });
    await sendCampaign(ctx, id);
    expect(await startCampaign(after, id, generation)).toEqual({ isStarted: false, heldUntil: null });
    expect(await listCaught(ctx, id)).toEqual([]);
    await runCampaignJobs(ctx, id);
    expect((await listCaught(ctx, id)).map((mail) => mail.subject)).toEqual(Array(PEOPLE).fill("Better words"));
  });

  it("can be recalled before its audience is frozen", async () => {
    const { ctx, id, generation, after } = await sendHeld();
    expect(await recallCampaign(ctx, id)).toMatchObject({ status: "draft" });
    expect(await startCampaign(after, id, generation)).toEqual({ isStarted: false, heldUntil: null });
    expect(await countRows(ctx, id)).toEqual(NO_ROWS);
  });

  it("is either recalled or sent when its hold ends at the moment somebody takes it back", async () => {
    for (let round = 0; round < 5; round++) {
      const { ctx, id, generation, after } = await sendHeld();
      const [start, recall] = await Promise.allSettled([startCampaign(after, id, generation), recallCampaign(ctx, id)]);
      const isStarted = start.status === "fulfilled" && start.value.isStarted;
      expect(isStarted).toBe(recall.status === "rejected");
      expect(await getCampaign(ctx, id)).toMatchObject({ status: isStarted ? "sending" : "draft" });
      expect(await countRows(ctx, id)).toEqual(isStarted ? { emails: PEOPLE, batches: 1, stats: 1 } : NO_ROWS);
    }
  });

  it("cannot be recalled once its hold has ended, whatever the clock says later", async () => {
    const { ctx, id, generation, after, endMs } = await sendHeld();
    await expect(recallCampaign(after, id)).rejects.toMatchObject({
      kind: "invalid",
      message: expect.stringContaining("not held any more"),
    });
    await startCampaign(after, id, generation);
    await expect(recallCampaign(ctx, id)).rejects.toMatchObject({ message: expect.stringContaining("being sent") });
    await pauseCampaign(after, id);
    await resumeCampaign(after, id);
    await expect(recallCampaign(at(ctx, endMs - MINUTE_MS), id)).rejects.toMatchObject({ kind: "invalid" });
    await runCampaignJobs(after, id);
    await expect(recallCampaign(ctx, id)).rejects.toMatchObject({ message: expect.stringContaining("been sent") });
  });

  it("keeps its hold through a pause, and names nobody when it is cancelled", async () => {
    const { ctx, id, sent } = await sendHeld();
    await pauseCampaign(ctx, id);
    await expect(recallCampaign(ctx, id)).rejects.toMatchObject({ message: expect.stringContaining("is paused") });
    expect(await resumeCampaign(ctx, id)).toMatchObject({ status: "queued", holdUntil: sent.holdUntil });
    const { generation } = await ctx.db.campaign.findUniqueOrThrow({ where: { id } });
    expect(await startCampaign(ctx, id, generation)).toMatchObject({ heldUntil: sent.holdUntil });
    expect(await cancelCampaign(ctx, id)).toMatchObject({ status: "cancelled", holdUntil: null });
    expect(await getCampaignStats(ctx, id)).toMatchObject({ recipients: PEOPLE, skipped: PEOPLE, queued: 0 });
  });

  it("is left to its job while it is held, and found by the sweep when that was lost", async () => {
    const { ctx, id, generation, endMs } = await sendHeld();
    await letPass(ctx, id, 6);
    expect(await reviveStuckCampaigns(ctx)).toBe(1);
    await startCampaign(ctx, id, generation);
    await letPass(ctx, id, 6);
    expect(await reviveStuckCampaigns(ctx)).toBe(0);
    expect(await reviveStuckCampaigns(at(ctx, endMs))).toBe(0);
    expect(await reviveStuckCampaigns(at(ctx, endMs + MINUTE_MS))).toBe(1);
  });
});

describe("a campaign that is not held", () => {
  it("leaves at once, and cannot be recalled", async () => {
    const ctx = await openSandboxWorkspace(database);
    await addPeople(ctx, 1);
    const { id } = await draftCampaign(ctx);
    await expect(recallCampaign(ctx, id)).rejects.toMatchObject({ message: expect.stringContaining("a draft") });
    expect(await sendCampaign(ctx, id, { holdSeconds: 0 })).toMatchObject({ holdUntil: null });
    await expect(recallCampaign(ctx, id)).rejects.toMatchObject({ kind: "invalid" });
    await runCampaignJobs(ctx, id);
    expect(await listCaught(ctx, id)).toHaveLength(1);
  });

  it("that is scheduled needs no hold: it is recalled until it starts, and loses its time", async () => {
    const ctx = await openSandboxWorkspace(database);
    const { id } = await draftCampaign(ctx, { scheduledAt: new Date(Date.now() + MINUTE_MS).toISOString() });
    await expect(sendCampaign(ctx, id, { holdSeconds: HOLD_SECONDS })).rejects.toMatchObject({
      details: ["holdSeconds: must be absent for a campaign that leaves later"],
    });
    await sendCampaign(ctx, id);
    expect(await recallCampaign(ctx, id)).toMatchObject({ status: "draft", scheduledAt: null });
  });
});
