import { setTimeout as sleep } from "node:timers/promises";
import { getCampaign, getCampaignStats } from "@hustings/core/campaigns/queries";
import { getCampaignSafety } from "@hustings/core/campaigns/safety";
import { recallCampaign, sendCampaign } from "@hustings/core/campaigns/send-campaign";
import type { WorkspaceContext } from "@hustings/core/context";
import { createScript } from "@hustings/core/scripts/commands";
import { INTERRUPTED } from "@hustings/core/scripts/interrupted";
import { runScriptByHand } from "@hustings/core/scripts/start-run";
import { addPeople, draftCampaign } from "@hustings/core/testing/campaigns";
import { createTestWorkspace } from "@hustings/core/testing/workspace";
import { beforeAll, describe, expect, it } from "vitest";
import {
  countPeople,
  type InterruptedScripts,
  leaveDueScript,
  listAlive,
  startHalves,
  untilAllEnded,
  untilEnded,
} from "./testing/interrupted-scripts";
import { useWorker } from "./testing/use-worker";

const PEOPLE = 20;
const HOLD_SECONDS = 15;
const FIRST = 5;
const WAIT_SECONDS = 12;

// The wall has tests of its own, which say what a machine lacks.
const used = useWorker({ SCRIPT_ISOLATION: "reduced" });

async function sendHeld(ctx: WorkspaceContext): Promise<{ id: string; endOfHold: Date }> {
  const { id } = await draftCampaign(ctx);
  const { holdUntil } = await sendCampaign(ctx, id, { holdSeconds: HOLD_SECONDS });
  while ((await getCampaign(ctx, id)).launchedAt === null) await sleep(100);
  return { id, endOfHold: new Date(holdUntil ?? 0) };
}

type Held = {
  kept: { id: string; endOfHold: Date };
  recalled: { id: string; endOfHold: Date };
  inWaves: { id: string; decidesAt: string };
};

/** One that is held, one that is taken back while it is, and one whose first wave has left. */
async function leaveHeld(ctx: WorkspaceContext): Promise<Held> {
  const kept = await sendHeld(ctx);
  const recalled = await sendHeld(ctx);
  const id = await sendSomeFirst(ctx);
  const { decidesAt } = (await getCampaignSafety(ctx, id)).canary ?? {};
  return { kept, recalled, inWaves: { id, decidesAt: decidesAt ?? "" } };
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

describe("a worker that is killed and comes back", () => {
  let ctx: WorkspaceContext;
  let held: Held;
  let scripts: InterruptedScripts;
  let dueScript: string;
  beforeAll(async () => {
    ({ ctx } = await createTestWorkspace(used.database));
    await addPeople(ctx, PEOPLE);
    await used.worker.start();
    scripts = await startHalves(ctx, used.worker);
    held = await leaveHeld(ctx);
    await used.worker.kill();
    expect(await listMails(ctx, held.inWaves.id)).toHaveLength(FIRST);
    await recallCampaign(ctx, held.recalled.id);
    dueScript = await leaveDueScript(ctx);
    await used.worker.start();
  }, 200_000);

  it("keeps a hold and a first wave's wait: nothing leaves before it ends, everything after it, and nothing that was taken back", async () => {
    const { kept, inWaves, recalled } = held;
    while ((await getCampaign(ctx, kept.id)).status !== "sent") await sleep(250);
    const mails = await listMails(ctx, kept.id);
    expect(mails).toHaveLength(PEOPLE);
    for (const { createdAt } of mails) expect(createdAt.getTime()).toBeGreaterThanOrEqual(kept.endOfHold.getTime());
    expect(await getCampaignStats(ctx, kept.id)).toMatchObject({ recipients: PEOPLE, sent: PEOPLE, queued: 0 });

    while ((await getCampaign(ctx, inWaves.id)).status !== "sent") await sleep(250);
    const rest = (await listMails(ctx, inWaves.id)).slice(FIRST);
    expect(rest).toHaveLength(PEOPLE - FIRST);
    for (const { createdAt } of rest) expect(createdAt.getTime()).toBeGreaterThanOrEqual(Date.parse(inWaves.decidesAt));

    while (Date.now() < recalled.endOfHold.getTime() + 3_000) await sleep(250);
    expect(await getCampaign(ctx, recalled.id)).toMatchObject({ status: "draft" });
    expect(await listMails(ctx, recalled.id)).toEqual([]);
  }, 200_000);

  it("leaves no process of a script behind, not even of one that looped", () => {
    expect(scripts.pids.length).toBeGreaterThanOrEqual(2);
    expect(listAlive(scripts.pids)).toEqual([]);
  });

  it("says of scripts that they were interrupted, does not repeat their first half, and runs the next ones", async () => {
    for (const run of scripts.runs)
      expect(await untilEnded(ctx, run)).toMatchObject({ status: "failed", error: INTERRUPTED });
    const { id } = await createScript(ctx, { name: "Next", code: "return (await crm.contacts.list()).total" });
    const next = await untilEnded(ctx, await runScriptByHand(ctx, { id }));
    expect(next).toMatchObject({ status: "succeeded", result: PEOPLE + scripts.runs.length });
    expect(await countPeople(ctx, "First half")).toBe(scripts.runs.length);
  }, 60_000);

  it("makes up for a script's missed times by one run", async () => {
    expect(await untilAllEnded(ctx, dueScript)).toMatchObject([
      { status: "succeeded", trigger: "cron", result: "ran" },
    ]);
  }, 90_000);
});
