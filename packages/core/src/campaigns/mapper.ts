import { createHash } from "node:crypto";
import type { CampaignEmail, CampaignStats } from "@hustings/contracts/campaign-recipients";
import type { Campaign } from "@hustings/contracts/campaigns";
import type { CampaignEmailModel, CampaignModel, CampaignStatsModel } from "@hustings/db/types";
import { toEmailStatus } from "./email-status";

const iso = (date: Date | null): string | null => date?.toISOString() ?? null;

export const toCampaign = (row: CampaignModel): Campaign => ({
  id: row.id,
  name: row.name,
  subject: row.subject,
  body: row.body,
  preheader: row.preheader,
  fromName: row.fromName,
  fromEmail: row.fromEmail,
  segmentId: row.segmentId,
  categoryId: row.categoryId,
  scheduledAt: iso(row.scheduledAt),
  allowNoUnsubscribe: row.allowNoUnsubscribe,
  status: row.status,
  error: row.error,
  stopReason: row.stopReason,
  holdUntil: iso(row.holdUntil),
  launchedAt: iso(row.launchedAt),
  finishedAt: iso(row.finishedAt),
  createdAt: row.createdAt.toISOString(),
  updatedAt: row.updatedAt.toISOString(),
});

export const toCampaignEmail = (row: CampaignEmailModel): CampaignEmail => ({
  id: emailId(row.campaignId, row.contactId),
  campaignId: row.campaignId,
  contactId: row.email === null ? null : row.contactId,
  email: row.email,
  status: toEmailStatus(row.status),
  sentAt: iso(row.sentAt),
  deliveredAt: iso(row.deliveredAt),
  openedAt: iso(row.openedAt),
  clickedAt: iso(row.clickedAt),
  verifiedOpenedAt: iso(row.verifiedOpenedAt),
  verifiedClickedAt: iso(row.verifiedClickedAt),
  failedAt: iso(row.failedAt ?? row.bouncedAt),
  error: row.error,
});

/** Rows are keyed by campaign and contact (half the size of an id of their own); this is the id that REST shows. */
export function emailId(campaignId: string, contactId: string): string {
  const hash = createHash("sha256").update(`${campaignId}:${contactId}`).digest();
  hash[6] = (hash[6]! & 0x0f) | 0x80; // version 8: custom
  hash[8] = (hash[8]! & 0x3f) | 0x80;
  const hex = hash.toString("hex");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join("-");
}

const NOTHING_YET = {
  recipients: 0,
  sent: 0,
  skipped: 0,
  failed: 0,
  unknown: 0,
  delivered: 0,
  opened: 0,
  clicked: 0,
  bounced: 0,
  complained: 0,
  unsubscribed: 0,
  verifiedOpened: 0,
  verifiedClicked: 0,
};

/** `queued` is what is left, in flight included, so that the equation holds at every moment. */
export function toCampaignStats(row: CampaignStatsModel | null): CampaignStats {
  const { recipients, sent, skipped, failed, unknown, ...outcomes } = row ?? NOTHING_YET;
  return {
    recipients,
    queued: recipients - sent - skipped - failed - unknown,
    sent,
    skipped,
    failed,
    unknown,
    delivered: outcomes.delivered,
    opened: outcomes.opened,
    clicked: outcomes.clicked,
    bounced: outcomes.bounced,
    complained: outcomes.complained,
    unsubscribed: outcomes.unsubscribed,
    verifiedOpened: outcomes.verifiedOpened,
    verifiedClicked: outcomes.verifiedClicked,
  };
}
