import type { CampaignModel } from "@hustings/db/types";
import { createLinkBuilder, type LinkBuilder } from "@hustings/email/links";
import { findUnsubscribeLink } from "@hustings/email/merge-tags";
import { compileCampaign, findTemplateErrors } from "@hustings/email/render";
import type { TemplateError } from "@hustings/email/template-error";
import type { OutgoingMessage } from "@hustings/email/transport";
import type { Settings, WorkspaceContext } from "../context";
import { invalid, notFound } from "../errors";
import { type FieldCatalog, fieldCatalog } from "../fields/catalog";
import type { Recipient } from "./hand-over";
import { findMissingSender, findWrongDomain, toFrom } from "./sender";

type Templates = { subject?: string; preheader?: string | null; body?: string };

/**
 * Checks the templates that are given.
 *
 * @throws DomainError `invalid`, its details naming part, line and column of every error.
 */
export function assertTemplatesParse({ subject, preheader, body }: Templates): void {
  const errors = findTemplateErrors({ subject: subject ?? "-", preheader: preheader ?? null, body: body ?? "" });
  if (errors.length > 0) throw invalid("A template cannot be read", errors.map(describeTemplateError));
}

const describeTemplateError = ({ part, line, column, message }: TemplateError): string =>
  line === null ? `${part}: ${message}` : `${part}: line ${line}, column ${column}: ${message}`;

/**
 * A campaign with a category must offer a visible way to say no to it: a link in the body, which takes a secret to be
 * signed with. The editor's check says the same.
 *
 * @throws DomainError `invalid`
 */
export function assertCanUnsubscribe(
  settings: Settings,
  campaign: Pick<CampaignModel, "categoryId" | "allowNoUnsubscribe" | "body">,
): void {
  if (!campaign.categoryId || campaign.allowNoUnsubscribe) return;
  const details: string[] = [];
  if (settings.unsubscribeSecrets.length === 0) details.push("UNSUBSCRIBE_SECRET is not configured on this server");
  if (!findUnsubscribeLink(campaign.body))
    details.push("body: needs a link to {{ unsubscribeUrl }} or {{ preferencesUrl }}");
  if (details.length > 0)
    throw invalid(
      "This campaign has a category but no way to unsubscribe; add one, or set allowNoUnsubscribe",
      details,
    );
}

/** A campaign that is ready to write each recipient's message. */
export type CompiledCampaign = {
  campaignId: string;
  categoryId: string | null;
  /** Why nobody would take its messages, whatever is in them: its sender's domain is another one by now. */
  wrongSender: string | null;
  /** @throws TemplateError for this recipient alone. */
  write: (recipient: Recipient) => OutgoingMessage;
};

/** What a campaign is written with, besides the person: from the row, or from the editor's unsaved form. */
export type CampaignContent = Pick<
  CampaignModel,
  "id" | "name" | "subject" | "preheader" | "body" | "fromName" | "fromEmail" | "categoryId"
>;

/** Reads and compiles a frozen campaign. @throws DomainError `not_found` */
export async function loadCompiledCampaign(ctx: WorkspaceContext, campaignId: string): Promise<CompiledCampaign> {
  const campaign = await ctx.db.campaign.findFirst({ where: { id: campaignId, workspaceId: ctx.workspaceId } });
  if (!campaign) throw notFound("Campaign");
  const { compiled, sender } = await compileContent(ctx, campaign);
  const catalog = await fieldCatalog({ ...ctx, isGlobalAdmin: ctx.isGlobalWorkspace });
  const links = linkBuilder(ctx.settings);
  return {
    campaignId,
    categoryId: campaign.categoryId,
    wrongSender: findWrongDomain(ctx.settings, sender.from.email),
    write: (recipient) => {
      const person = { ...recipient, customFields: toTemplateFields(catalog, recipient.customFields) };
      const rendered = compiled.render(
        person,
        links?.forRecipient({ campaignId, contactId: recipient.contactId }) ?? null,
      );
      const { contactId, email: to } = recipient;
      return { ...rendered, ...sender, workspaceId: ctx.workspaceId, campaignId, contactId, to };
    },
  };
}

/**
 * Compiles content with its sender, and tells what of that is missing for a live send.
 *
 * @throws TemplateError for the first part that does not parse.
 */
export async function compileContent(ctx: WorkspaceContext, content: CampaignContent) {
  const workspace = await ctx.db.workspace.findUniqueOrThrow({ where: { id: ctx.workspaceId } });
  const category = content.categoryId
    ? await ctx.db.category.findFirst({ where: { id: content.categoryId, workspaceId: ctx.workspaceId } })
    : null;
  const compiled = compileCampaign({
    subject: content.subject,
    preheader: content.preheader,
    body: content.body,
    campaignName: content.name,
    workspaceName: workspace.name,
    postalAddress: workspace.postalAddress,
    list: category ? { id: category.id, name: category.name } : { id: workspace.slug, name: workspace.name },
    appUrl: ctx.settings.appUrl,
  });
  const from = toFrom(content, workspace, ctx.settings);
  const sender = workspace.replyTo === null ? { from } : { from, replyTo: workspace.replyTo };
  return { compiled, sender, missingSender: findMissingSender(content, workspace) };
}

/** Signs links where a secret is configured; null: messages carry none. */
export const linkBuilder = (settings: Settings): LinkBuilder | null =>
  settings.unsubscribeSecrets.length > 0 ? createLinkBuilder(settings.appUrl, settings.unsubscribeSecrets) : null;

/** The custom fields that this workspace's templates see, by the names they use. */
export function toTemplateFields(catalog: FieldCatalog, stored: Record<string, string>): Record<string, string> {
  const named: Record<string, string> = {};
  for (const [key, value] of Object.entries(stored)) {
    const name = catalog.nameOf(key);
    if (name !== undefined) named[name] = value;
  }
  return named;
}
