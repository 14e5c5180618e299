import { createTestDatabase, type TestDatabase } from "@hustings/db/test-database";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { WorkspaceContext } from "../context";
import {
  addPeople,
  draftCampaign,
  dyingIn,
  listCaught,
  openSandboxWorkspace,
  runCampaignJobs,
} from "../testing/campaigns";
import { updateCampaign } from "./commands";
import { getCampaign, getCampaignStats } from "./queries";
import { sendBatch } from "./send-batch";
import { cancelCampaign, pauseCampaign, sendCampaign } from "./send-campaign";
import { failCampaign, startCampaign } from "./start-campaign";
import { launchDueCampaigns, reviveStuckCampaigns, settleLeftBatches } from "./sweep-campaigns";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());
// A sweep looks at every workspace: what one test leaves behind is none of the next one's business.
afterEach(() => database.prisma.campaign.deleteMany());

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const at = (ctx: WorkspaceContext, time: number): WorkspaceContext => ({
  ...ctx,
  ports: { ...ctx.ports, now: () => new Date(time) },
});

/** A campaign to `people` people that leaves in an hour. */
async function schedule(ctx: WorkspaceContext, changes = {}): Promise<{ id: string; dueMs: number }> {
  const dueMs = Date.now() + HOUR_MS;
  const { id } = await draftCampaign(ctx, { scheduledAt: new Date(dueMs).toISOString(), ...changes });
  expect(await sendCampaign(ctx, id)).toMatchObject({ status: "scheduled" });
  return { id, dueMs };
}

/** Nothing moved it for `minutes`, as far as the database can tell. */
async function letPass(ctx: WorkspaceContext, id: string, minutes: number): Promise<void> {
  const then = new Date(Date.now() - minutes * MINUTE_MS);
  await ctx.db.campaign.update({ where: { id }, data: { updatedAt: then } });
  await ctx.db.campaignStats.updateMany({ where: { campaignId: id }, data: { progressedAt: then } });
}

const requestsFor = (ctx: WorkspaceContext, campaignId: string) =>
  ctx.db.outboxEvent.count({
    where: { name: "campaign/send.requested", data: { path: ["campaignId"], equals: campaignId } },
  });

describe("a scheduled campaign", () => {
  it("leaves when its time has come, not before and not twice", async () => {
    const ctx = await openSandboxWorkspace(database);
    const people = await addPeople(ctx, 3);
    const { id, dueMs } = await schedule(ctx);
    expect(await launchDueCampaigns(at(ctx, dueMs - MINUTE_MS))).toBe(0);
    expect(await getCampaign(ctx, id)).toMatchObject({ status: "scheduled" });

    await Promise.all([launchDueCampaigns(at(ctx, dueMs)), launchDueCampaigns(at(ctx, dueMs))]);
    await launchDueCampaigns(at(ctx, dueMs + MINUTE_MS));
    expect(await getCampaign(ctx, id)).toMatchObject({ status: "queued" });
    expect(await requestsFor(ctx, id)).toBe(1);
    await runCampaignJobs(ctx, id);
    expect((await listCaught(ctx, id)).map((mail) => mail.contactId).sort()).toEqual([...people].sort());
  });

  it("leaves late rather than never when its time passed while the worker was down", async () => {
    const ctx = await openSandboxWorkspace(database);
    await addPeople(ctx, 2);
    const { id, dueMs } = await schedule(ctx);
    await launchDueCampaigns(at(ctx, dueMs + 26 * HOUR_MS));
    await runCampaignJobs(ctx, id);
    expect(await getCampaign(ctx, id)).toMatchObject({ status: "sent" });
    expect(await listCaught(ctx, id)).toHaveLength(2);
  });

  it("reaches who matches when it leaves, not when it was scheduled", async () => {
    const ctx = await openSandboxWorkspace(database);
    const [changesMind] = await addPeople(ctx, 1);
    const { id, dueMs } = await schedule(ctx);
    await ctx.db.contact.update({ where: { id: changesMind! }, data: { globallyUnsubscribed: true } });
    const [joins] = await addPeople(ctx, 1);
    await launchDueCampaigns(at(ctx, dueMs));
    await runCampaignJobs(ctx, id);
    expect((await listCaught(ctx, id)).map((mail) => mail.contactId)).toEqual([joins]);
  });

  it("stays when it was taken back", async () => {
    const ctx = await openSandboxWorkspace(database);
    const { id, dueMs } = await schedule(ctx);
    await updateCampaign(ctx, { id, scheduledAt: null });
    expect(await launchDueCampaigns(at(ctx, dueMs))).toBe(0);
    expect(await getCampaign(ctx, id)).toMatchObject({ status: "draft" });
  });

  it("is not saved without a way to say no to its category, and does not leave without one", async () => {
    const ctx = await openSandboxWorkspace(database);
    await addPeople(ctx, 1);
    const { id: categoryId } = await ctx.db.category.create({ data: { name: "News", workspaceId: ctx.workspaceId } });
    const { id, dueMs } = await schedule(ctx, { categoryId });
    await expect(updateCampaign(ctx, { id, body: "<p>No way out</p>" })).rejects.toMatchObject({ kind: "invalid" });
    await ctx.db.campaign.update({ where: { id }, data: { body: "<p>No way out</p>" } });
    const next = await schedule(ctx);

    expect(await launchDueCampaigns(at(ctx, Math.max(dueMs, next.dueMs)))).toBe(2);
    expect(await getCampaign(ctx, id)).toMatchObject({
      status: "failed",
      error: expect.stringContaining("no way to unsubscribe"),
    });
    expect(await requestsFor(ctx, id)).toBe(0);
    expect(await getCampaign(ctx, next.id)).toMatchObject({ status: "queued" });
  });

  it("does not wait for another one that cannot be launched at this moment", async () => {
    const ctx = await openSandboxWorkspace(database);
    const recalled = await schedule(ctx);
    const next = await schedule(ctx);
    // A colleague takes the first one back between the sweep's look and its move.
    const release = await holdUntilRecalled(ctx, recalled.id);
    await Promise.all([launchDueCampaigns(at(ctx, next.dueMs)), release()]);
    expect(await getCampaign(ctx, recalled.id)).toMatchObject({ status: "draft" });
    expect(await getCampaign(ctx, next.id)).toMatchObject({ status: "queued" });
  });
});

/** Takes a campaign back in a transaction that stays open until somebody waits for its row. */
async function holdUntilRecalled(ctx: WorkspaceContext, id: string): Promise<() => Promise<void>> {
  const holder = await ctx.pool.connect();
  await holder.query("begin");
  await holder.query("update campaigns set status = 'draft', scheduled_at = null where id = $1", [id]);
  return async () => {
    for (let waiting = 0; waiting === 0; ) {
      const { rows } = await ctx.pool.query(
        "select count(*)::int as n from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()",
      );
      waiting = rows[0].n;
    }
    await holder.query("commit");
    holder.release();
  };
}

describe("a campaign whose job is lost", () => {
  it("is asked for again when it was never started", async () => {
    const ctx = await openSandboxWorkspace(database);
    await addPeople(ctx, 3);
    const { id } = await draftCampaign(ctx);
    await sendCampaign(ctx, id);
    await letPass(ctx, id, 4);
    expect(await reviveStuckCampaigns(ctx)).toBe(0);
    await letPass(ctx, id, 6);
    expect(await reviveStuckCampaigns(ctx)).toBe(1);
    expect(await requestsFor(ctx, id)).toBe(2);
    await runCampaignJobs(ctx, id);
    expect(await getCampaignStats(ctx, id)).toMatchObject({ recipients: 3, sent: 3, queued: 0 });
  });

  it("goes on where it broke, and nobody gets it twice", async () => {
    const ctx = await openSandboxWorkspace(database);
    const people = await addPeople(ctx, 60);
    const { id } = await draftCampaign(ctx);
    await sendCampaign(ctx, id);
    await expect(runCampaignJobs(dyingIn(ctx, 25), id)).rejects.toThrow("killed");
    await letPass(ctx, id, 6);
    expect(await reviveStuckCampaigns(ctx)).toBe(1);
    // The lost job and the one asked for anew may both come back.
    await Promise.all([runCampaignJobs(ctx, id), runCampaignJobs(ctx, id)]);
    expect((await listCaught(ctx, id)).map((mail) => mail.contactId).sort()).toEqual([...people].sort());
    expect(await getCampaign(ctx, id)).toMatchObject({ status: "sent" });
    expect(await getCampaignStats(ctx, id)).toMatchObject({ recipients: 60, sent: 60, queued: 0 });
  });

  it("is finished without a job when its last batch was done but nobody said so", async () => {
    const ctx = await openSandboxWorkspace(database);
    await addPeople(ctx, 2);
    const { id } = await draftCampaign(ctx);
    await sendCampaign(ctx, id);
    await startCampaign(ctx, id, 1);
    await sendBatch(ctx, { campaignId: id, generation: 1, batchNo: 0 });
    await ctx.db.campaign.update({ where: { id }, data: { status: "sending", finishedAt: null } });
    await letPass(ctx, id, 6);
    await reviveStuckCampaigns(ctx);
    expect(await getCampaign(ctx, id)).toMatchObject({ status: "sent" });
    expect(await requestsFor(ctx, id)).toBe(1);
  });

  it("is left alone while it moves, while it is paused, and for a while after it was asked for", async () => {
    const ctx = await openSandboxWorkspace(database);
    await addPeople(ctx, 2);
    const [moving, paused, stuck] = await Promise.all([draftCampaign(ctx), draftCampaign(ctx), draftCampaign(ctx)]);
    for (const { id } of [moving, paused, stuck]) {
      await sendCampaign(ctx, id);
      await startCampaign(ctx, id, 1);
    }
    await pauseCampaign(ctx, paused.id);
    await letPass(ctx, paused.id, 60);
    await letPass(ctx, stuck.id, 60);
    await letPass(ctx, moving.id, 60);
    await ctx.db.campaignStats.update({ where: { campaignId: moving.id }, data: { progressedAt: new Date() } });

    expect(await reviveStuckCampaigns(ctx)).toBe(1);
    expect(await reviveStuckCampaigns(ctx)).toBe(0);
    const requests = await Promise.all([moving, paused, stuck].map(({ id }) => requestsFor(ctx, id)));
    expect(requests).toEqual([1, 1, 2]);
  });
});

describe("messages that were in flight when their campaign ended and their job was lost", () => {
  it.each([
    ["cancelled", (ctx: WorkspaceContext, id: string) => cancelCampaign(ctx, id), { skipped: 30, failed: 0 }],
    [
      "failed",
      (ctx: WorkspaceContext, id: string) => failCampaign(ctx, { campaignId: id, generation: 1, error: "It broke." }),
      { skipped: 0, failed: 30 },
    ],
  ] as const)("of a %s one are asked about, and nothing stays queued", async (_name, end, rest) => {
    const ctx = await openSandboxWorkspace(database);
    await addPeople(ctx, 50);
    const { id } = await draftCampaign(ctx);
    await sendCampaign(ctx, id);
    await expect(runCampaignJobs(dyingIn(ctx, 20), id)).rejects.toThrow("killed");
    await end(ctx, id);
    expect(await getCampaignStats(ctx, id)).toMatchObject({ queued: 50, sent: 0 });
    expect(await settleLeftBatches(ctx)).toBe(0);

    await letPass(ctx, id, 6);
    expect(await settleLeftBatches(ctx)).toBe(1);
    expect(await settleLeftBatches(ctx)).toBe(0);
    const { data } = await ctx.db.outboxEvent.findFirstOrThrow({
      where: { name: "campaign/batch.queued", data: { path: ["campaignId"], equals: id } },
    });
    await sendBatch(ctx, data as { campaignId: string; generation: number; batchNo: number });
    expect(await getCampaignStats(ctx, id)).toMatchObject({ queued: 0, sent: 20, unknown: 0, ...rest });
    expect(await listCaught(ctx, id)).toHaveLength(20);
  });
});
