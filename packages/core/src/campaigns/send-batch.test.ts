import { newId } from "@hustings/db/ids";
import { createTestDatabase, type TestDatabase } from "@hustings/db/test-database";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createTestWorkspace } from "../testing/workspace";
import { createCampaign } from "./commands";
import { sendBatch } from "./send-batch";
import { sendCampaign } from "./send-campaign";
import { startCampaign } from "./start-campaign";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

it("claims nobody any more when the lock of its batch is gone, for somebody else may hold it by now", async () => {
  const { ctx, workspaceId } = await createTestWorkspace(database);
  const people = Array.from({ length: 250 }, () => ({ id: newId(), email: `p-${newId()}@example.org` }));
  await ctx.db.contact.createMany({ data: people });
  await ctx.db.contactWorkspace.createMany({ data: people.map(({ id }) => ({ contactId: id, workspaceId })) });
  const { id } = await createCampaign(ctx, { name: "News", subject: "Hello", body: "<p>Hello</p>" });
  await sendCampaign(ctx, id);
  const { generation } = await ctx.db.campaign.findUniqueOrThrow({ where: { id } });
  await startCampaign(ctx, id, generation);

  const handedOver: string[] = [];
  const { mail } = ctx.ports;
  const send: typeof mail.send = async (messages) => {
    handedOver.push(...messages.map(({ to }) => to));
    await database.pool.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where datname = current_database() and state = 'idle in transaction'`,
    );
    return mail.send(messages);
  };
  const losing = { ...ctx, ports: { ...ctx.ports, mail: { ...mail, send } } };
  await expect(sendBatch(losing, { campaignId: id, generation, batchNo: 0 })).rejects.toThrow();
  expect(handedOver).toHaveLength(mail.claimSize);

  await sendBatch(ctx, { campaignId: id, generation, batchNo: 0 });
  expect(await ctx.db.campaignStats.findUniqueOrThrow({ where: { campaignId: id } })).toMatchObject({ sent: 250 });
});
