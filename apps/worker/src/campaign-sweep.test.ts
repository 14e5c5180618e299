import { setTimeout as sleep } from "node:timers/promises";
import { getCampaign, getCampaignStats } from "@hustings/core/campaigns/queries";
import { sendCampaign } from "@hustings/core/campaigns/send-campaign";
import type { WorkspaceContext } from "@hustings/core/context";
import { addPeople, draftCampaign } from "@hustings/core/testing/campaigns";
import { createTestWorkspace } from "@hustings/core/testing/workspace";
import { expect, it } from "vitest";
import { useWorker } from "./testing/use-worker";

const PEOPLE = 20;
const HOUR_MS = 60 * 60_000;

const used = useWorker();

/** Its time passes while no worker runs. */
async function leaveDue(ctx: WorkspaceContext): Promise<string> {
  const { id } = await draftCampaign(ctx, { scheduledAt: new Date(Date.now() + HOUR_MS).toISOString() });
  await sendCampaign(ctx, id);
  await ctx.db.campaign.update({ where: { id }, data: { scheduledAt: new Date(Date.now() - HOUR_MS) } });
  return id;
}

/** Queued an hour ago, and its job is nowhere. */
async function leaveWithoutJob(ctx: WorkspaceContext): Promise<string> {
  const { id } = await draftCampaign(ctx);
  await sendCampaign(ctx, id);
  await ctx.db.outboxEvent.deleteMany({ where: { data: { path: ["campaignId"], equals: id } } });
  await ctx.db.campaign.update({ where: { id }, data: { updatedAt: new Date(Date.now() - HOUR_MS) } });
  return id;
}

it("a worker that comes back sends what came due without it, and what lost its job, each once", async () => {
  const { ctx } = await createTestWorkspace(used.database);
  await addPeople(ctx, PEOPLE);
  const campaigns = [await leaveDue(ctx), await leaveWithoutJob(ctx)];
  await used.worker.start();
  for (const id of campaigns) {
    while ((await getCampaign(ctx, id)).status !== "sent") await sleep(250);
    expect(await getCampaignStats(ctx, id)).toMatchObject({ recipients: PEOPLE, sent: PEOPLE, queued: 0 });
    expect(await ctx.db.sandboxEmail.count({ where: { campaignId: id } })).toBe(PEOPLE);
  }
}, 200_000);
