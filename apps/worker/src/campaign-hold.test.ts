import { setTimeout as sleep } from "node:timers/promises";
import { getCampaign, getCampaignStats } from "@hustings/core/campaigns/queries";
import { recallCampaign, sendCampaign } from "@hustings/core/campaigns/send-campaign";
import type { WorkspaceContext } from "@hustings/core/context";
import { addPeople, draftCampaign } from "@hustings/core/testing/campaigns";
import { createTestWorkspace } from "@hustings/core/testing/workspace";
import { createTestDatabase, type TestDatabase } from "@hustings/db/test-database";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createWorkerProcess, type WorkerProcess } from "./testing/worker-process";

const PEOPLE = 20;
const HOLD_SECONDS = 15;

let database: TestDatabase;
let worker: WorkerProcess;
beforeAll(async () => {
  database = await createTestDatabase();
  worker = await createWorkerProcess(database.url);
});
afterAll(async () => {
  await worker.stop();
  await database.drop();
});

async function sendHeld(ctx: WorkspaceContext): Promise<{ id: string; endOfHold: Date }> {
  const { id } = await draftCampaign(ctx);
  const { holdUntil } = await sendCampaign(ctx, id, { holdSeconds: HOLD_SECONDS });
  while ((await getCampaign(ctx, id)).launchedAt === null) await sleep(100);
  return { id, endOfHold: new Date(holdUntil ?? 0) };
}

const listMails = (ctx: WorkspaceContext, campaignId: string) =>
  ctx.db.sandboxEmail.findMany({ where: { campaignId } });

it("a hold outlives the worker: nothing leaves before it ends, everything after it, and nothing that was taken back", async () => {
  const { ctx } = await createTestWorkspace(database);
  await addPeople(ctx, PEOPLE);
  await worker.start();
  const kept = await sendHeld(ctx);
  const recalled = await sendHeld(ctx);
  await worker.kill();
  await recallCampaign(ctx, recalled.id);
  await worker.start();

  while ((await getCampaign(ctx, kept.id)).status !== "sent") await sleep(250);
  const mails = await listMails(ctx, kept.id);
  expect(mails).toHaveLength(PEOPLE);
  for (const { createdAt } of mails) expect(createdAt.getTime()).toBeGreaterThanOrEqual(kept.endOfHold.getTime());
  expect(await getCampaignStats(ctx, kept.id)).toMatchObject({ recipients: PEOPLE, sent: PEOPLE, queued: 0 });

  while (Date.now() < recalled.endOfHold.getTime() + 3_000) await sleep(250);
  expect(await getCampaign(ctx, recalled.id)).toMatchObject({ status: "draft" });
  expect(await listMails(ctx, recalled.id)).toEqual([]);
}, 200_000);
