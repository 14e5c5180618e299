import type { LeftOutReason, Recipient } from "@hustings/contracts/campaign-recipients";
import { suppressionReason } from "@hustings/contracts/suppressions";
import type { CampaignEmailModel, CampaignModel } from "@hustings/db/types";
import type { WorkspaceContext } from "../context";
import { DomainError, notFound } from "../errors";
import { findInAudience } from "./audience";
import { EMAIL_STATUS, toEmailStatus } from "./email-status";
import { getCampaignRow } from "./queries";
import { ledgerEvent, listHistory } from "./recipient-history";

const EXCLUDED: Record<LeftOutReason, string> = {
  noEmail: "There is no email address.",
  unsubscribed: "Said no to all email.",
  category: "Said no to this campaign's category.",
  hard_bounce: "The address is suppressed: it bounced for good.",
  soft_bounces: "The address is suppressed: it bounced softly three times in a row.",
  complaint: "The address is suppressed: somebody there marked us as spam.",
  manual: "The address is suppressed: it was put on the list by hand.",
  duplicate: "Another contact with the same address is mailed.",
};

/** The same of a launch that is over. */
const EXCLUDED_THEN: Record<LeftOutReason, string> = {
  noEmail: "There was no email address.",
  unsubscribed: "Had said no to all email.",
  category: "Had said no to this campaign's category.",
  hard_bounce: "The address was suppressed, since it had bounced for good.",
  soft_bounces: "The address was suppressed, since it had bounced softly three times in a row.",
  complaint: "The address was suppressed, since somebody there had marked us as spam.",
  manual: "The address was suppressed: it had been put on the list by hand.",
  duplicate: "Another contact with the same address was mailed.",
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

/** What only a mail program or a scanner did, as far as is known. */
const BY_MACHINE: Partial<Record<Recipient["outcome"], string>> = {
  opened: "Reached the mailbox; so far only a machine has opened it.",
  clicked: "Reached the mailbox; so far only a machine has clicked a link.",
};

/**
 * Why this person did or did not get the campaign, from rows: their own row where the audience was frozen, else what is
 * known of the person and of the launch, else the audience function asked about this one person.
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
    const isWaiting = toEmailStatus(row.status) === "queued" && row.error === null;
    const reason = isWaiting ? await whyQueued(ctx, campaign, row) : reasonOf(row);
    return { outcome: toEmailStatus(row.status), reason, events: await listHistory(ctx, campaign, row) };
  }
  const link = await ctx.db.contactWorkspace.findUnique({
    where: { workspaceId_contactId: { workspaceId: ctx.workspaceId, contactId: input.contactId } },
  });
  if (!link && !row) throw notFound("Contact");
  if (!link) return { outcome: "excluded", reason: "The person was erased.", events: [] };
  return campaign.launchedAt
    ? explainAbsence(ctx, { ...campaign, launchedAt: campaign.launchedAt }, link)
    : explainDraft(ctx, campaign, input.contactId);
}

function reasonOf(row: CampaignEmailModel): string {
  const outcome = toEmailStatus(row.status);
  const isVerified = outcome === "clicked" ? row.verifiedClickedAt : row.verifiedOpenedAt;
  // What arrived after all was unknown once, and its row still says why.
  const error = row.status >= EMAIL_STATUS.bounced ? row.error : null;
  return error ?? (isVerified ? undefined : BY_MACHINE[outcome]) ?? OUTCOME[outcome] ?? "";
}

/** Whoever was not among the recipients: everybody who matched at the launch and was left out has a row that says why. */
async function explainAbsence(
  ctx: WorkspaceContext,
  campaign: CampaignModel & { launchedAt: Date },
  { contactId, createdAt: joinedAt }: { contactId: string; createdAt: Date },
): Promise<Recipient> {
  const launched = ledgerEvent("launched", campaign.launchedAt);
  const joined = ledgerEvent("joined", joinedAt);
  const key = { contactId_campaignId: { contactId, campaignId: campaign.id } };
  const exclusion = await ctx.db.campaignExclusion.findUnique({ where: key });
  if (exclusion) {
    const reason = exclusion.reason as LeftOutReason;
    const isSuppressed = suppressionReason.safeParse(reason).success;
    const suppressed = isSuppressed && (await findSuppression(ctx, contactId, campaign.launchedAt));
    return {
      outcome: "excluded",
      reason: `Left out at the launch. ${EXCLUDED_THEN[reason]}`,
      events: [...(suppressed ? [suppressed] : []), joined, launched].sort(
        (a, b) => Date.parse(a.at) - Date.parse(b.at),
      ),
    };
  }
  if (joinedAt > campaign.launchedAt)
    return {
      outcome: "not_matched",
      reason: "Came to this workspace after the campaign was launched.",
      events: [launched, joined],
    };
  return {
    outcome: "not_matched",
    reason: "Did not match the campaign's segment when it was launched.",
    events: [joined, launched],
  };
}

async function explainDraft(ctx: WorkspaceContext, campaign: CampaignModel, contactId: string): Promise<Recipient> {
  const match = await findMatch(ctx, campaign, contactId);
  const answer = (outcome: Recipient["outcome"], reason: string): Recipient => ({ outcome, reason, events: [] });
  if (match === "unreadable")
    return answer("not_matched", "The campaign's segment is gone or can no longer be read, so it reaches nobody.");
  if (!match) return answer("not_matched", "Does not match the campaign's segment.");
  if (match.excluded) return answer("excluded", EXCLUDED[match.excluded]);
  return answer("would_get", "Would get it if it were sent now.");
}

async function findMatch(ctx: WorkspaceContext, campaign: CampaignModel, contactId: string) {
  try {
    return await findInAudience(ctx, campaign, contactId);
  } catch (error) {
    if (error instanceof DomainError && error.kind === "invalid") return "unreadable";
    throw error;
  }
}

/** When and why the person's address was suppressed, if it still is. */
async function findSuppression(ctx: WorkspaceContext, contactId: string, by: Date) {
  const contact = await ctx.db.contact.findUnique({ where: { id: contactId }, select: { email: true } });
  if (!contact?.email) return null;
  const suppression = await ctx.db.suppression.findFirst({
    where: {
      email: contact.email,
      createdAt: { lte: by },
      OR: [{ workspaceId: null }, { workspaceId: ctx.workspaceId }],
    },
    orderBy: { createdAt: "asc" },
  });
  return suppression && ledgerEvent("suppressed", suppression.createdAt, suppression.reason.replaceAll("_", " "));
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
