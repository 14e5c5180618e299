import { setTimeout as sleep } from "node:timers/promises";
import { createCampaign } from "@hustings/core/campaigns/commands";
import { getCampaign, getCampaignStats } from "@hustings/core/campaigns/queries";
import { sendCampaign } from "@hustings/core/campaigns/send-campaign";
import { createTestWorkspace } from "@hustings/core/testing/workspace";
import { describe, expect, it } from "vitest";
import { insertRecipients } from "./testing/insert-recipients";
import { useWorker } from "./testing/use-worker";

const RECIPIENTS = 12_000;
const KILLS = 20;

const used = useWorker();

describe("a campaign whose worker is killed", () => {
  it(`reaches each of ${RECIPIENTS} people exactly once through ${KILLS} kills -9`, { timeout: 400_000 }, async () => {
    const { ctx, workspaceId } = await createTestWorkspace(used.database);
    await insertRecipients(used.database, workspaceId, RECIPIENTS);
    const { id } = await createCampaign(ctx, {
      name: "Kills",
      subject: "Hi {{ contact.firstName }}",
      body: "<p>Hello {{ contact.firstName }}</p>",
    });
    await sendCampaign(ctx, id);

    for (let kill = 0; kill < KILLS; kill++) {
      await used.worker.start();
      await sleep(Math.random() * 500);
      await used.worker.kill();
      const stats = await getCampaignStats(ctx, id);
      expect(stats.recipients).toBe(stats.queued + stats.sent + stats.skipped + stats.failed + stats.unknown);
    }
    await used.worker.start();
    while ((await getCampaign(ctx, id)).status !== "sent") await sleep(250);

    const stats = await getCampaignStats(ctx, id);
    expect(stats).toMatchObject({ recipients: RECIPIENTS, sent: RECIPIENTS, queued: 0, failed: 0, unknown: 0 });
    const { rows } = await used.database.pool.query(
      `select count(*)::int as mails, count(distinct contact_id)::int as people, count(distinct to_email)::int as addresses
       from sandbox_emails where campaign_id = $1`,
      [id],
    );
    expect(rows[0]).toEqual({ mails: RECIPIENTS, people: RECIPIENTS, addresses: RECIPIENTS });
    const byRow = await used.database.pool.query(
      "select count(*)::int as n from campaign_emails where campaign_id = $1 and status = 3",
      [id],
    );
    expect(byRow.rows[0].n).toBe(RECIPIENTS);
  });
});
