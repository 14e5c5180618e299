import type { ExclusionReason, Recipient } from "@hustings/contracts/campaign-recipients";
import type { CampaignEmailModel, CampaignModel } from "@hustings/db/types";
import type { WorkspaceContext } from "../context";
import { notFound } from "../errors";
import { findInAudience } from "./audience";
import { toEmailStatus } from "./email-status";
import { getCampaignRow } from "./queries";

const EXCLUDED: Record<ExclusionReason, string> = {
  noEmail: "There is no email address.",
  unsubscribed: "Said no to all email.",
  category: "Said no to this campaign's category.",
  suppressed:
    "The address is on the suppression list: it bounced for good, marked us as spam, or was put there by hand.",
  duplicate: "Another contact with the same address is mailed.",
};

const OUTCOME: Partial<Record<Recipient["outcome"], string>> = {
  sending: "Is being handed over right now.",
  sent: "Was handed over to the mail provider.",
  captured: "Was caught in the sandbox; nothing left this server.",
  delivered: "Reached the mailbox.",
  opened: "Reached the mailbox and was opened.",
  clicked: "Was opened, and a link was clicked.",
  bounced: "Came back: the mailbox did not take it.",
  complained: "Was marked as spam.",
  unsubscribed: "Was delivered; the person then said no to further email.",
  unknown: "The line broke while handing over. Not sent again, so nobody gets it twice.",
};

/**
 * Why this person did or did not get the campaign, from rows: their own row where the audience was frozen, else the
 * audience function asked about this one person.
 *
 * @throws DomainError `not_found` for a campaign or contact that is not of this workspace.
 */
export async function explainRecipient(
  ctx: WorkspaceContext,
  input: { id: string; contactId: string },
): Promise<Recipient> {
  const campaign = await getCampaignRow(ctx, input.id);
  const row = await ctx.db.campaignEmail.findUnique({
    where: { contactId_campaignId: { contactId: input.contactId, campaignId: input.id } },
  });
  if (row && row.email !== null) {
    const outcome = toEmailStatus(row.status);
    const reason = row.error ?? (outcome === "queued" ? await whyQueued(ctx, campaign, row) : OUTCOME[outcome]) ?? "";
    return { outcome, reason, events: await listEvents(ctx, input) };
  }
  const contact = await ctx.db.contactWorkspace.findUnique({
    where: { workspaceId_contactId: { workspaceId: ctx.workspaceId, contactId: input.contactId } },
  });
  if (!contact && !row) throw notFound("Contact");
  if (!contact) return { outcome: "excluded", reason: "The person was erased.", events: [] };
  const match = await findInAudience(ctx, campaign, input.contactId);
  if (campaign.launchedAt) {
    // The audience was frozen at the launch; what holds now is the best explanation that is left.
    const now = match?.excluded ? ` Now: ${EXCLUDED[match.excluded]}` : "";
    const reason = `Was not among the recipients when the campaign was launched.${now}`;
    return { outcome: match?.excluded ? "excluded" : "not_matched", reason, events: [] };
  }
  if (!match) return { outcome: "not_matched", reason: "Does not match the campaign's segment.", events: [] };
  if (match.excluded) return { outcome: "excluded", reason: EXCLUDED[match.excluded], events: [] };
  return { outcome: "would_get", reason: "Would get it if it were sent now.", events: [] };
}

async function whyQueued(
  ctx: WorkspaceContext,
  { id, status }: CampaignModel,
  { batchNo }: CampaignEmailModel,
): Promise<string> {
  if (status === "paused") return "Waits until somebody resumes the campaign.";
  const closed = { campaignId: id, restOpenedAt: null, batches: { lte: batchNo } };
  const isOfTheRest = (await ctx.db.campaignCanary.count({ where: closed })) > 0;
  return isOfTheRest ? "Waits for what becomes of those who go first." : "Waits for its turn.";
}

async function listEvents(
  ctx: WorkspaceContext,
  input: { id: string; contactId: string },
): Promise<Recipient["events"]> {
  const rows = await ctx.db.emailEvent.findMany({
    where: { campaignId: input.id, contactId: input.contactId },
    orderBy: { occurredAt: "asc" },
    take: 1_000,
  });
  return rows.map((row) => ({
    type: row.type,
    at: row.occurredAt.toISOString(),
    url: row.url,
    reason: row.reason,
    likelyMachine: row.likelyMachine,
  }));
}
