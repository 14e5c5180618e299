import type { Recipient } from "@hustings/contracts/campaign-recipients";
import type { CampaignEmailModel, CampaignModel } from "@hustings/db/types";
import type { WorkspaceContext } from "../context";
import { EMAIL_STATUS, toEmailStatus } from "./email-status";

export type HistoryEvent = Recipient["events"][number];

/** More than a reader does to one message; the first are shown. */
const MAX_EVENTS = 1_000;

/** Something of the ledger, which no provider tells. */
export const ledgerEvent = (type: string, at: Date, reason: string | null = null): HistoryEvent => ({
  type,
  at: at.toISOString(),
  url: null,
  reason,
  likelyMachine: false,
});

/**
 * Everything that is written down of one recipient's email, in its order: chosen at the launch, each call to the
 * provider that it was in, handed over or not and why, then what the provider told.
 */
export async function listHistory(
  ctx: WorkspaceContext,
  campaign: CampaignModel,
  row: CampaignEmailModel,
): Promise<HistoryEvent[]> {
  const history = [...listLedger(campaign, row), ...(await listCalls(ctx, row)), ...(await listHeard(ctx, row))];
  return history.sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
}

function listLedger(campaign: CampaignModel, row: CampaignEmailModel): HistoryEvent[] {
  const ended = row.status >= EMAIL_STATUS.failed ? toEmailStatus(row.status) : null;
  return [
    ...(campaign.launchedAt ? [ledgerEvent("chosen", campaign.launchedAt)] : []),
    ...(row.sentAt ? [ledgerEvent("handed_over", row.sentAt)] : []),
    ...(ended && row.failedAt ? [ledgerEvent(ended, row.failedAt, row.error)] : []),
  ];
}

/** Calls are kept for a month; most are over with the answer that they got, and say no more than `handed_over`. */
async function listCalls(ctx: WorkspaceContext, row: CampaignEmailModel): Promise<HistoryEvent[]> {
  const calls = await ctx.db.mailHandOver.findMany({
    where: { campaignId: row.campaignId, contactIds: { has: row.contactId }, bulkId: null, messageId: null },
    orderBy: { id: "asc" },
    take: MAX_EVENTS,
  });
  return calls.map(({ startedAt }) => ledgerEvent("called", startedAt, "No answer came."));
}

async function listHeard(ctx: WorkspaceContext, row: CampaignEmailModel): Promise<HistoryEvent[]> {
  const rows = await ctx.db.emailEvent.findMany({
    where: { campaignId: row.campaignId, contactId: row.contactId },
    orderBy: { occurredAt: "asc" },
    take: MAX_EVENTS,
  });
  return rows.map(({ type, occurredAt, url, reason, likelyMachine }) => ({
    type,
    at: occurredAt.toISOString(),
    url,
    reason,
    likelyMachine,
  }));
}
