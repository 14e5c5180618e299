import { setTimeout as sleep } from "node:timers/promises";
import { createCampaign } from "@hustings/core/campaigns/commands";
import { getCampaign, getCampaignStats } from "@hustings/core/campaigns/queries";
import { sendCampaign } from "@hustings/core/campaigns/send-campaign";
import { createTestWorkspace } from "@hustings/core/testing/workspace";
import type { TestDatabase } from "@hustings/db/test-database";
import { expect } from "vitest";
import { insertRecipients } from "./insert-recipients";
import type { KilledWork } from "./killed-work";

const RECIPIENTS = 12_000;

/** Sends a campaign into the sandbox; at its end it has reached each person exactly once. */
export async function startKilledCampaign(database: TestDatabase): Promise<KilledWork> {
  const { ctx, workspaceId } = await createTestWorkspace(database);
  await insertRecipients(database, workspaceId, RECIPIENTS);
  const { id } = await createCampaign(ctx, {
    name: "Kills",
    subject: "Hi {{ contact.firstName }}",
    body: "<p>Hello {{ contact.firstName }}</p>",
  });
  await sendCampaign(ctx, id);

  return {
    findPlace: async () => (await getCampaignStats(ctx, id)).sent,
    expectConsistent: async () => {
      const stats = await getCampaignStats(ctx, id);
      expect(stats.recipients).toBe(stats.queued + stats.sent + stats.skipped + stats.failed + stats.unknown);
    },
    untilEnd: async () => {
      while ((await getCampaign(ctx, id)).status !== "sent") await sleep(250);
    },
    expectWhole: async () => {
      const stats = await getCampaignStats(ctx, id);
      expect(stats).toMatchObject({ recipients: RECIPIENTS, sent: RECIPIENTS, queued: 0, failed: 0, unknown: 0 });
      const { rows } = await database.pool.query(
        `select count(*)::int as mails, count(distinct contact_id)::int as people, count(distinct to_email)::int as addresses
         from sandbox_emails where campaign_id = $1`,
        [id],
      );
      expect(rows[0]).toEqual({ mails: RECIPIENTS, people: RECIPIENTS, addresses: RECIPIENTS });
      const byRow = await database.pool.query(
        "select count(*)::int as n from campaign_emails where campaign_id = $1 and status = 3",
        [id],
      );
      expect(byRow.rows[0].n).toBe(RECIPIENTS);
    },
  };
}
