import { setTimeout as sleep } from "node:timers/promises";
import { createCampaign } from "@hustings/core/campaigns/commands";
import { getCampaign, getCampaignStats } from "@hustings/core/campaigns/queries";
import { sendCampaign } from "@hustings/core/campaigns/send-campaign";
import { fastFakePlan } from "@hustings/core/testing/live-mail";
import { createTestWorkspace } from "@hustings/core/testing/workspace";
import { createTestDatabase, type TestDatabase } from "@hustings/db/test-database";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type FakeMailersend, startFakeMailersend } from "../../../tooling/fakes/mailersend/fake-mailersend";
import { insertRecipients } from "./testing/insert-recipients";
import { createWorkerProcess, type WorkerProcess } from "./testing/worker-process";

const RECIPIENTS = 3_000;
const KILLS = 8;

let database: TestDatabase;
let fake: FakeMailersend;
let worker: WorkerProcess;
beforeAll(async () => {
  database = await createTestDatabase();
  fake = await startFakeMailersend({ plan: fastFakePlan, seed: 5 });
  worker = await createWorkerProcess(database.url, {
    EMAIL_MODE: "live",
    MAILERSEND_BASE_URL: fake.url,
    MAILERSEND_API_KEY: fake.account.apiKey,
    MAILERSEND_SENDER_DOMAIN: "mail.example.org",
    MAILERSEND_EMAIL_PER_MINUTE: "10000",
    MAILERSEND_BULK_PER_MINUTE: "10000",
    MAILERSEND_REQUESTS_PER_MINUTE: "10000",
    MAILERSEND_MESSAGES_PER_CALL: "100",
    MAILERSEND_SETTLE_SECONDS: "1",
  });
});
afterAll(async () => {
  await worker.stop();
  await fake.close();
  await database.drop();
});

describe("a live campaign whose worker is killed while MailerSend fails", () => {
  it(`reaches each of ${RECIPIENTS} people exactly once through ${KILLS} kills -9`, { timeout: 400_000 }, async () => {
    const { ctx, workspaceId } = await createTestWorkspace(database);
    await insertRecipients(database, workspaceId, RECIPIENTS);
    const { id } = await createCampaign(ctx, { name: "Kills", subject: "Hi", body: "<p>Hello</p>" });
    await sendCampaign(ctx, id);
    fake.chaos = {
      reset_before_accept: 0.05,
      unavailable: 0.05,
      drop_after_accept: 0.1,
      bad_gateway_after_accept: 0.05,
    };
    fake.delays.bulkMs = 200;

    for (let kill = 0; kill < KILLS; kill++) {
      await worker.start();
      await sleep(Math.random() * 1_000);
      await worker.kill();
      const stats = await getCampaignStats(ctx, id);
      expect(stats.recipients).toBe(stats.queued + stats.sent + stats.skipped + stats.failed + stats.unknown);
    }
    await worker.start();
    while ((await getCampaign(ctx, id)).status !== "sent") await sleep(250);

    const stats = await getCampaignStats(ctx, id);
    expect(stats).toMatchObject({ recipients: RECIPIENTS, sent: RECIPIENTS, queued: 0, failed: 0, unknown: 0 });
    expect(fake.calls.some(({ status }) => typeof status === "string")).toBe(true);
    const arrived = fake.mailbox().map((mail) => mail.to);
    expect(arrived).toHaveLength(RECIPIENTS);
    expect(new Set(arrived).size).toBe(RECIPIENTS);
  });
});
