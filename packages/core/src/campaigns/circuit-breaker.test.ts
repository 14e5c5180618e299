import { createTestDatabase, type TestDatabase } from "@hustings/db/test-database";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { WorkspaceContext } from "../context";
import { simulateBulk } from "../sandbox/simulate";
import { addPeople, draftCampaign, listCaught, openSandboxWorkspace, runCampaignJobs } from "../testing/campaigns";
import { getCampaign, getCampaignStats } from "./queries";
import { getCampaignSafety } from "./safety";
import { cancelCampaign, pauseCampaign, resumeCampaign, sendCampaign } from "./send-campaign";

const PEOPLE = 60;
const CLAIM = 10;

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

/** Sends in claims of ten, and looks from the twentieth message on. */
async function open(): Promise<{ ctx: WorkspaceContext; id: string }> {
  const sandbox = await openSandboxWorkspace(database);
  const ctx: WorkspaceContext = {
    ...sandbox,
    ports: { ...sandbox.ports, mail: { ...sandbox.ports.mail, claimSize: CLAIM } },
    settings: { ...sandbox.settings, safetyLimits: { ...sandbox.settings.safetyLimits, minPeople: 20 } },
  };
  await addPeople(ctx, PEOPLE);
  return { ctx, id: (await draftCampaign(ctx)).id };
}

/** After so many claims `happens`, while the campaign is on its way. */
function after(ctx: WorkspaceContext, claims: number, happens: () => Promise<unknown>): WorkspaceContext {
  let calls = 0;
  const send: typeof ctx.ports.mail.send = async (messages) => {
    const outcomes = await ctx.ports.mail.send(messages);
    if (++calls === claims) await happens();
    return outcomes;
  };
  return { ...ctx, ports: { ...ctx.ports, mail: { ...ctx.ports.mail, send } } };
}

async function tell(ctx: WorkspaceContext, id: string, event: "bounced" | "complained", people: readonly number[]) {
  const caught = await listCaught(ctx, id);
  for (const index of people) await simulateBulk(ctx, { filter: { to: caught[index]!.to }, event });
}

describe("a campaign that goes wrong on its way", () => {
  it.each([
    ["bounced", "3 of 40 (7.5%) bounced, more than 4%."],
    ["complained", "3 of 40 (7.5%) marked it as spam; it stops at 0.2%."],
  ] as const)("stops by itself within a claim when too many %s, says why, and is cancelled", async (event, reason) => {
    const { ctx, id } = await open();
    await sendCampaign(ctx, id);
    await runCampaignJobs(
      after(ctx, 3, () => tell(ctx, id, event, [0, 1, 2])),
      id,
    );
    // Told during the third claim, which was settled; the third event came before the fourth.
    const { sent } = await getCampaignStats(ctx, id);
    expect(await getCampaign(ctx, id)).toMatchObject({
      status: "paused",
      stopReason: reason.replace("40 (7.5%)", `${sent} (${Math.round(3000 / sent) / 10}%)`),
    });
    expect(await getCampaignSafety(ctx, id)).toMatchObject({
      measured: { sent, [event]: 3, failed: 0 },
      limits: { bouncePercent: 4, complaintPercent: 0.2, errorPercent: 10, minPeople: 20, minEvents: 3 },
    });
    const [stop] = await ctx.db.auditEntry.findMany({ where: { targetId: id, action: "campaigns.stop" } });
    expect(stop?.details).toMatchObject({ reason: expect.stringContaining("3 of"), measured: { [event]: 3 } });
    await cancelCampaign(ctx, id);
    expect(await getCampaignStats(ctx, id)).toMatchObject({ sent, skipped: PEOPLE - sent, queued: 0 });
  });

  it("goes on when a person resumes it, and stops again only for what comes after", async () => {
    const { ctx, id } = await open();
    await sendCampaign(ctx, id);
    await runCampaignJobs(
      after(ctx, 2, () => tell(ctx, id, "bounced", [0, 1, 2])),
      id,
    );
    expect(await getCampaign(ctx, id)).toMatchObject({ status: "paused" });
    await resumeCampaign(ctx, id);
    // A person's own pause forgives nothing.
    await pauseCampaign(ctx, id);
    await resumeCampaign(ctx, id);
    expect(await getCampaignSafety(ctx, id)).toMatchObject({ stopReason: null, measured: { sent: 0, bounced: 0 } });
    await runCampaignJobs(
      after(ctx, 2, () => tell(ctx, id, "bounced", [20, 21, 22])),
      id,
    );
    expect(await getCampaign(ctx, id)).toMatchObject({
      status: "paused",
      stopReason: "3 of 20 (15%) bounced, more than 4%.",
    });
    await resumeCampaign(ctx, id);
    await runCampaignJobs(ctx, id);
    expect(await getCampaign(ctx, id)).toMatchObject({ status: "sent", stopReason: null });
    expect(await getCampaignStats(ctx, id)).toMatchObject({ sent: PEOPLE, queued: 0 });
  });

  it("stops when the provider refuses one after the other, and nobody else is lost", async () => {
    const { ctx, id } = await open();
    await sendCampaign(ctx, id);
    const refusing: typeof ctx.ports.mail.send = async (messages) =>
      messages.map(() => ({ kind: "rejected", reason: "The address is refused." }));
    await runCampaignJobs({ ...ctx, ports: { ...ctx.ports, mail: { ...ctx.ports.mail, send: refusing } } }, id);
    expect(await getCampaign(ctx, id)).toMatchObject({
      status: "paused",
      stopReason: "20 of 20 (100%) could not be handed over, more than 10%.",
    });
    expect(await getCampaignStats(ctx, id)).toMatchObject({ failed: 20, queued: PEOPLE - 20 });
    await resumeCampaign(ctx, id);
    await runCampaignJobs(ctx, id);
    expect(await getCampaignStats(ctx, id)).toMatchObject({ failed: 20, sent: PEOPLE - 20, queued: 0 });
  });
});
