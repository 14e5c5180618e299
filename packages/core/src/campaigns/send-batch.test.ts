import { newId } from "@hustings/db/ids";
import { createTestDatabase, type TestDatabase } from "@hustings/db/test-database";
import type { OutgoingMessage } from "@hustings/email/transport";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { WorkspaceContext } from "../context";
import { createTestWorkspace } from "../testing/workspace";
import { createCampaign } from "./commands";
import { MailDelayedError } from "./hand-over";
import { sendBatch } from "./send-batch";
import { pauseCampaign, resumeCampaign, sendCampaign } from "./send-campaign";
import { startCampaign } from "./start-campaign";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

/** A campaign to so many people, started. */
async function startedCampaign(count: number) {
  const { ctx, workspaceId } = await createTestWorkspace(database);
  const people = Array.from({ length: count }, () => ({ id: newId(), email: `p-${newId()}@example.org` }));
  await ctx.db.contact.createMany({ data: people });
  await ctx.db.contactWorkspace.createMany({ data: people.map(({ id }) => ({ contactId: id, workspaceId })) });
  const { id: campaignId } = await createCampaign(ctx, { name: "News", subject: "Hello", body: "<p>Hello</p>" });
  await sendCampaign(ctx, campaignId);
  return { ctx, campaignId, generation: await start(ctx, campaignId) };
}

async function start(ctx: WorkspaceContext, campaignId: string): Promise<number> {
  const { generation } = await ctx.db.campaign.findUniqueOrThrow({ where: { id: campaignId } });
  await startCampaign(ctx, campaignId, generation);
  return generation;
}

/** The same, and something happens while the first messages are handed over. */
function disturbed(ctx: WorkspaceContext, disturb: (messages: readonly OutgoingMessage[]) => Promise<unknown>) {
  const { mail } = ctx.ports;
  let isFirst = true;
  const send: typeof mail.send = async (messages) => {
    if (isFirst) await disturb(messages);
    isFirst = false;
    return mail.send(messages);
  };
  return { ...ctx, ports: { ...ctx.ports, mail: { ...mail, send } } };
}

const readStats = (ctx: WorkspaceContext, campaignId: string) =>
  ctx.db.campaignStats.findUniqueOrThrow({ where: { campaignId } });

it("claims and settles nobody any more when the lock of its batch is gone, for somebody else may hold it by now", async () => {
  const { ctx, campaignId, generation } = await startedCampaign(250);
  const handedOver: string[] = [];
  const losing = disturbed(ctx, async (messages) => {
    handedOver.push(...messages.map(({ to }) => to));
    await database.pool.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where datname = current_database() and state = 'idle in transaction'`,
    );
  });
  // At once, and as no failure of the batch.
  await expect(sendBatch(losing, { campaignId, generation, batchNo: 0 })).rejects.toThrow(MailDelayedError);
  expect(handedOver).toHaveLength(ctx.ports.mail.claimSize);
  expect(await readStats(ctx, campaignId)).toMatchObject({ sent: 0 });

  await sendBatch(ctx, { campaignId, generation, batchNo: 0 });
  expect(await readStats(ctx, campaignId)).toMatchObject({ sent: 250 });
});

it("tells the job of a resumed campaign that its batch is held, so that it comes back when the earlier one has stopped", async () => {
  const { ctx, campaignId, generation } = await startedCampaign(250);
  let resumed = 0;
  const paused = disturbed(ctx, async () => {
    await pauseCampaign(ctx, campaignId);
    await resumeCampaign(ctx, campaignId);
    resumed = await start(ctx, campaignId);
    expect(await sendBatch(ctx, { campaignId, generation: resumed, batchNo: 0 })).toMatchObject({ isHeld: true });
  });
  const result = await sendBatch(paused, { campaignId, generation, batchNo: 0 });
  expect(result).toEqual({ sent: ctx.ports.mail.claimSize, isStopped: true, isHeld: false });

  await sendBatch(ctx, { campaignId, generation: resumed, batchNo: 0 });
  expect(await readStats(ctx, campaignId)).toMatchObject({ sent: 250 });
});
