import { inTransaction } from "@hustings/db/client";
import { type LinkKind, type LinkSubject, readLinkToken } from "@hustings/email/links";
import { recordChange } from "../audit/record-change";
import type { CoreContext, Principal } from "../context";
import { applyRecipientEvents } from "../provider-events/apply-recipient-events";
import { recordOptOuts } from "../provider-events/record-opt-outs";

/** What the pages behind a signed link say. Enough to know what one says no to, and nothing else about the person. */
export type LinkPage = {
  workspaceName: string;
  /** What the link's button says no to; null: all email. */
  categoryName: string | null;
  /** `a…@example.org` */
  maskedEmail: string | null;
  isPreview: boolean;
  isUnsubscribedFromAll: boolean;
  categories: { id: string; name: string; description: string | null; isSubscribed: boolean }[];
};

/** The recipient's own hand, in the audit. */
export const RECIPIENT: Principal = {
  userId: null,
  name: "recipient",
  email: null,
  installationRole: "viewer",
  via: { kind: "system", name: "recipient" },
};

/** `a…@example.org`: enough to know which of one's addresses it is. */
export const maskEmail = (email: string): string => email.replace(/^(.).*@/u, "$1…@");

/** Reads what a link is about, without changing anything. Null for a link that this installation did not make. */
export async function findLinkPage(ctx: CoreContext, kind: LinkKind, token: string): Promise<LinkPage | null> {
  const subject = readLinkToken(ctx.settings.unsubscribeSecrets, kind, token);
  if (!subject) return null;
  const [campaign, contact] = await Promise.all([findCampaign(ctx, subject), findContact(ctx, subject)]);
  const preferences = (contact?.communicationPreferences ?? {}) as Record<string, string>;
  const categories = campaign
    ? await ctx.db.category.findMany({
        where: { workspaceId: campaign.workspaceId },
        orderBy: { name: "asc" },
        take: 200,
      })
    : [];
  return {
    workspaceName: campaign?.workspace.name ?? "",
    categoryName: campaign?.category?.name ?? null,
    maskedEmail: contact?.email ? maskEmail(contact.email) : null,
    isPreview: subject.isPreview,
    isUnsubscribedFromAll: contact?.globallyUnsubscribed ?? false,
    categories: categories.map(({ id, name, description }) => ({
      id,
      name,
      description,
      isSubscribed: preferences[id] !== "unsubscribed",
    })),
  };
}

/**
 * Says no: to the campaign's category, or to all email where it has none. Idempotent; a preview's link changes nothing.
 *
 * @returns false for a link that this installation did not make.
 */
export async function unsubscribe(ctx: CoreContext, token: string): Promise<boolean> {
  const subject = readLinkToken(ctx.settings.unsubscribeSecrets, "unsubscribe", token);
  if (!subject) return false;
  if (subject.isPreview) return true;
  const { campaignId, contactId } = subject;
  const campaign = await findCampaign(ctx, subject);
  await inTransaction(ctx.db, async (tx) => {
    const change = {
      type: "unsubscribed" as const,
      occurredAt: ctx.ports.now(),
      likelyMachine: false,
      reason: null,
      url: null,
      messageId: null,
    };
    const eventId = `link-${campaignId}-${contactId}`;
    await applyRecipientEvents({ ...ctx, db: tx }, [{ ...change, eventId, campaignId, contactId }]);
    // Also for whom the event is known already: they may have subscribed again since.
    await recordOptOuts(tx, [{ campaignId, contactId }]);
    await audit({ ...ctx, db: tx }, campaign?.workspaceId ?? null, contactId, { campaignId, by: "link" });
  });
  return true;
}

/**
 * Writes a person's choices from the preference page.
 *
 * @param subscribed category ids of the campaign's workspace that stay wanted; the others are said no to.
 * @returns false for a link that this installation did not make.
 */
export async function savePreferences(
  ctx: CoreContext,
  token: string,
  choice: { subscribed: readonly string[]; isUnsubscribedFromAll: boolean },
): Promise<boolean> {
  const subject = readLinkToken(ctx.settings.unsubscribeSecrets, "preferences", token);
  if (!subject) return false;
  if (subject.isPreview) return true;
  const campaign = await findCampaign(ctx, subject);
  const categories = campaign
    ? await ctx.db.category.findMany({ where: { workspaceId: campaign.workspaceId }, select: { id: true }, take: 200 })
    : [];
  const chosen = Object.fromEntries(
    categories.map(({ id }) => [id, choice.subscribed.includes(id) ? "subscribed" : "unsubscribed"]),
  );
  await inTransaction(ctx.db, async (tx) => {
    await tx.$executeRaw`
      update contacts set communication_preferences = communication_preferences || ${JSON.stringify(chosen)}::jsonb,
        globally_unsubscribed = ${choice.isUnsubscribedFromAll}, updated_at = now()
      where id = ${subject.contactId}::uuid`;
    await audit({ ...ctx, db: tx }, campaign?.workspaceId ?? null, subject.contactId, { by: "preference page" });
  });
  return true;
}

const findCampaign = (ctx: CoreContext, { campaignId }: LinkSubject) =>
  ctx.db.campaign.findUnique({ where: { id: campaignId }, include: { category: true, workspace: true } });

const findContact = (ctx: CoreContext, { contactId }: LinkSubject) =>
  contactId ? ctx.db.contact.findUnique({ where: { id: contactId } }) : null;

const audit = (ctx: CoreContext, workspaceId: string | null, contactId: string, details: Record<string, string>) =>
  recordChange(
    ctx.db,
    { principal: RECIPIENT, workspaceId },
    {
      action: "contacts.unsubscribe",
      targetType: "contact",
      targetId: contactId,
      details,
    },
  );
