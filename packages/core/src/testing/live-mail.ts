import { setTimeout as delay } from "node:timers/promises";
import { newId } from "@hustings/db/ids";
import type { TestDatabase } from "@hustings/db/test-database";
import { MAILERSEND_PLANS } from "@hustings/email/mailersend-plan";
import { expect } from "vitest";
import { FAKE_PLANS } from "../../../../tooling/fakes/mailersend/account";
import {
  type FakeMailersend,
  type FakeMailersendOptions,
  startFakeMailersend,
} from "../../../../tooling/fakes/mailersend/fake-mailersend";
import { createCampaign } from "../campaigns/commands";
import { MailDelayedError } from "../campaigns/hand-over";
import { getCampaignStats } from "../campaigns/queries";
import { sendBatch } from "../campaigns/send-batch";
import { sendCampaign } from "../campaigns/send-campaign";
import { finishCampaign, listOpenBatches, startCampaign } from "../campaigns/start-campaign";
import type { WorkspaceContext } from "../context";
import { createLiveTransport, type LiveMailSettings } from "../mail/live-transport";
import { createTestWorkspace } from "./workspace";

const FAST = 100_000;
/** Limits that no test meets by accident. */
export const fastFakePlan = {
  ...FAKE_PLANS.professional,
  emailPerMinute: FAST,
  bulkPerMinute: FAST,
  generalPerMinute: FAST,
};
export const fastPlan = { ...MAILERSEND_PLANS.hobby, singlePerMinute: FAST, bulkPerMinute: FAST, otherPerMinute: FAST };
export const shortWaits = { patienceMs: 50, pollMs: 5, settleMs: 50 };

/** Without it nothing is sent to real people, and it is not the first time. */
const SENDER = {
  firstLiveAt: new Date("2026-01-01T00:00:00Z"),
  senderName: "Open Rivers",
  senderEmail: "news@mail.example.org",
  replyTo: "office@rivers.example",
  timeZone: "Europe/Ljubljana",
  postalAddress: "River Street 1, Ljubljana",
};

/** A workspace that sends through a MailerSend of its own, which the test closes. */
export async function openLiveWorkspace(
  database: TestDatabase,
  options: FakeMailersendOptions = {},
  changes: Partial<LiveMailSettings> = {},
): Promise<{ fake: FakeMailersend; ctx: WorkspaceContext }> {
  const fake = await startFakeMailersend({ plan: fastFakePlan, ...options });
  const mail = createLiveTransport(database.prisma, {
    apiKey: fake.account.apiKey,
    baseUrl: fake.url,
    timeoutMs: 2_000,
    senderDomain: "mail.example.org",
    plan: fastPlan,
    waits: shortWaits,
    ...changes,
  });
  const { ctx } = await createTestWorkspace(database);
  await ctx.db.workspace.update({ where: { id: ctx.workspaceId }, data: SENDER });
  const settings = { ...ctx.settings, emailMode: "live" as const, senderDomain: "mail.example.org" };
  return { fake, ctx: { ...ctx, settings, ports: { ...ctx.ports, mail } } };
}

/** Launches and freezes a campaign to so many people. */
export async function launchLiveCampaign(
  ctx: WorkspaceContext,
  people: number,
): Promise<{ id: string; emails: string[] }> {
  const rows = Array.from({ length: people }, () => {
    const id = newId();
    return { id, email: `p-${id}@example.com` };
  });
  await ctx.db.contact.createMany({ data: rows });
  await ctx.db.contactWorkspace.createMany({
    data: rows.map(({ id }) => ({ contactId: id, workspaceId: ctx.workspaceId })),
  });
  const { id } = await createCampaign(ctx, { name: "News", subject: "Hello", body: "<p>Hello</p>" });
  await sendCampaign(ctx, id);
  await startCampaign(ctx, id, await generationOf(ctx, id));
  return { id, emails: rows.map(({ email }) => email).sort() };
}

const generationOf = async (ctx: WorkspaceContext, id: string): Promise<number> =>
  (await ctx.db.campaign.findUniqueOrThrow({ where: { id } })).generation;

/** One run of the job of a campaign's first batch. */
export const runFirstBatch = async (ctx: WorkspaceContext, campaignId: string) =>
  sendBatch(ctx, { campaignId, generation: await generationOf(ctx, campaignId), batchNo: 0 });

/** What the jobs do, as often as it takes. The provider's pauses are over at once. */
export async function runToTheEnd(ctx: WorkspaceContext, campaignId: string): Promise<void> {
  const generation = await generationOf(ctx, campaignId);
  for (;;) {
    const open = await listOpenBatches(ctx, campaignId, -1, 100);
    if (open.length === 0) break;
    for (const batchNo of open)
      await sendBatch(ctx, { campaignId, generation, batchNo }).catch((error: unknown) => {
        if (!(error instanceof MailDelayedError)) throw error;
      });
    await ctx.db.mailPace.deleteMany();
    await delay(20);
  }
  await finishCampaign(ctx, campaignId);
}

/** The campaign's counters, which add up. */
export async function readLedger(ctx: WorkspaceContext, campaignId: string) {
  const stats = await getCampaignStats(ctx, campaignId);
  expect(stats.recipients).toBe(stats.queued + stats.sent + stats.skipped + stats.failed + stats.unknown);
  return stats;
}

/** Addresses that got mail, in the order of the alphabet. */
export const arrivals = (fake: FakeMailersend): string[] =>
  fake
    .mailbox()
    .map((mail) => mail.to)
    .sort();

export const countPosts = (fake: FakeMailersend): number => fake.calls.filter(({ method }) => method === "POST").length;
