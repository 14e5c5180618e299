import { setTimeout as sleep } from "node:timers/promises";
import { getCampaign, getCampaignStats } from "@hustings/core/campaigns/queries";
import { getCampaignSafety } from "@hustings/core/campaigns/safety";
import { recallCampaign, sendCampaign } from "@hustings/core/campaigns/send-campaign";
import type { WorkspaceContext } from "@hustings/core/context";
import { addPeople, draftCampaign } from "@hustings/core/testing/campaigns";
import { createTestWorkspace } from "@hustings/core/testing/workspace";
import { expect, it } from "vitest";
import { useWorker } from "./testing/use-worker";

const PEOPLE = 20;
const HOLD_SECONDS = 15;
const FIRST = 5;
const WAIT_SECONDS = 12;

const used = useWorker();

async function sendHeld(ctx: WorkspaceContext): Promise<{ id: string; endOfHold: Date }> {
  const { id } = await draftCampaign(ctx);
  const { holdUntil } = await sendCampaign(ctx, id, { holdSeconds: HOLD_SECONDS });
  while ((await getCampaign(ctx, id)).launchedAt === null) await sleep(100);
  return { id, endOfHold: new Date(holdUntil ?? 0) };
}

/** Some go first, and the rest a dozen seconds after them. */
async function sendSomeFirst(ctx: WorkspaceContext): Promise<string> {
  const { id } = await draftCampaign(ctx);
  await sendCampaign(ctx, id, { canary: { people: FIRST, waitMinutes: WAIT_SECONDS / 60 } });
  while ((await getCampaignSafety(ctx, id)).canary?.state !== "waiting") await sleep(100);
  return id;
}

const listMails = (ctx: WorkspaceContext, campaignId: string) =>
  ctx.db.sandboxEmail.findMany({ where: { campaignId }, orderBy: { id: "asc" } });

it("a hold and a first wave's wait outlive the worker: nothing leaves before it ends, everything after it, and nothing that was taken back", async () => {
  const { ctx } = await createTestWorkspace(used.database);
  await addPeople(ctx, PEOPLE);
  await used.worker.start();
  const kept = await sendHeld(ctx);
  const recalled = await sendHeld(ctx);
  const inWaves = await sendSomeFirst(ctx);
  const { decidesAt } = (await getCampaignSafety(ctx, inWaves)).canary ?? {};
  await used.worker.kill();
  expect(await listMails(ctx, inWaves)).toHaveLength(FIRST);
  await recallCampaign(ctx, recalled.id);
  await used.worker.start();

  while ((await getCampaign(ctx, kept.id)).status !== "sent") await sleep(250);
  const mails = await listMails(ctx, kept.id);
  expect(mails).toHaveLength(PEOPLE);
  for (const { createdAt } of mails) expect(createdAt.getTime()).toBeGreaterThanOrEqual(kept.endOfHold.getTime());
  expect(await getCampaignStats(ctx, kept.id)).toMatchObject({ recipients: PEOPLE, sent: PEOPLE, queued: 0 });

  while ((await getCampaign(ctx, inWaves)).status !== "sent") await sleep(250);
  const rest = (await listMails(ctx, inWaves)).slice(FIRST);
  expect(rest).toHaveLength(PEOPLE - FIRST);
  for (const { createdAt } of rest) expect(createdAt.getTime()).toBeGreaterThanOrEqual(Date.parse(decidesAt ?? ""));

  while (Date.now() < recalled.endOfHold.getTime() + 3_000) await sleep(250);
  expect(await getCampaign(ctx, recalled.id)).toMatchObject({ status: "draft" });
  expect(await listMails(ctx, recalled.id)).toEqual([]);
}, 200_000);
