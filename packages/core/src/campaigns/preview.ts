import type { PreviewCampaignInput, RenderCampaignInput, RenderedCampaign } from "@hustings/contracts/campaigns";
import { checkCampaign } from "@hustings/email/checks";
import type { TemplateContact } from "@hustings/email/render";
import { TemplateError } from "@hustings/email/template-error";
import { recordChange } from "../audit/record-change";
import type { WorkspaceContext } from "../context";
import { DomainError, invalid } from "../errors";
import { fieldCatalog } from "../fields/catalog";
import { type CampaignContent, compileContent, linkBuilder, toTemplateFields } from "./content";
import { getCampaignRow } from "./queries";
import { nameParts } from "./sender";

/** Shown as recipient where nobody is chosen. */
const EXAMPLE_PERSON: TemplateContact = {
  email: "amara.example@example.org",
  firstName: "Amara",
  lastName: "Example",
  language: "en",
  customFields: {},
};

/** Stands in for a campaign that has not been saved, in links that change nothing. */
const UNSAVED_ID = "00000000-0000-0000-0000-000000000000";

/** Renders the editor's content as one person would get it, with the checks. Nothing is sent or stored. */
export async function renderCampaign(ctx: WorkspaceContext, input: RenderCampaignInput): Promise<RenderedCampaign> {
  const content: CampaignContent = {
    id: UNSAVED_ID,
    name: "",
    subject: input.subject || "(no subject)",
    preheader: input.preheader ?? null,
    body: input.body,
    fromName: input.fromName ?? null,
    fromEmail: input.fromEmail ?? null,
    categoryId: input.categoryId ?? null,
  };
  const person = await loadPerson(ctx, input.contactId ?? null);
  try {
    const { rendered, missingSender } = await writePreview(ctx, content, person, input.contactId ?? null);
    const checks = checkCampaign({
      subject: input.subject,
      preheader: content.preheader,
      body: input.body,
      hasCategory: content.categoryId !== null,
      allowNoUnsubscribe: input.allowNoUnsubscribe ?? false,
      canUnsubscribe: ctx.settings.unsubscribeSecrets.length > 0,
      renderedSubject: rendered.subject,
      missingSender: missingSender.length > 0 ? nameParts(missingSender) : null,
      isLive: ctx.settings.emailMode === "live",
      htmlBytes: Buffer.byteLength(rendered.html),
      customFieldNames: (await fieldCatalog(ctx)).fields.map((field) => field.name),
    });
    const { subject, html, text } = rendered;
    return { subject, html, text, sizeBytes: Buffer.byteLength(html), checks, error: null };
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    const { message, line, column, part } = error;
    return { subject: "", html: "", text: "", sizeBytes: 0, checks: [], error: { message, line, column, part } };
  }
}

/**
 * Sends a test to one address, through the same rendering and transport as the campaign. Its links show their pages
 * and change nothing, and it is nobody's row.
 *
 * @throws DomainError `not_found`; `invalid` when it cannot be rendered or the transport refuses it.
 */
export async function previewCampaign(ctx: WorkspaceContext, input: PreviewCampaignInput): Promise<void> {
  const campaign = await getCampaignRow(ctx, input.id);
  const person = await loadPerson(ctx, input.contactId ?? null);
  const { rendered, sender } = await writePreview(ctx, campaign, person, input.contactId ?? null).catch(
    (error: unknown) => {
      throw error instanceof TemplateError ? invalid(error.message, [`${error.part}: ${error.message}`]) : error;
    },
  );
  const [outcome] = await ctx.ports.mail.send([
    {
      ...rendered,
      ...sender,
      subject: `[Test] ${rendered.subject}`,
      headers: { ...rendered.headers, "X-Hustings-Preview": campaign.id },
      workspaceId: ctx.workspaceId,
      campaignId: null,
      contactId: null,
      to: input.email,
    },
  ]);
  if (outcome?.kind !== "accepted") throw invalid(`The test could not be sent: ${outcome?.reason ?? "no answer"}`);
  await recordChange(ctx.db, ctx, {
    action: "campaigns.preview",
    targetType: "campaign",
    targetId: campaign.id,
    details: { to: input.email },
  });
}

async function writePreview(
  ctx: WorkspaceContext,
  content: CampaignContent,
  person: TemplateContact,
  contactId: string | null,
) {
  const { compiled, ...about } = await compileContent(ctx, content);
  const links = linkBuilder(ctx.settings)?.forPreview({ campaignId: content.id, contactId }) ?? null;
  return { rendered: compiled.render(person, links), ...about };
}

/** @throws DomainError `invalid` when the person is not of this workspace. */
async function loadPerson(ctx: WorkspaceContext, contactId: string | null): Promise<TemplateContact> {
  if (!contactId) return EXAMPLE_PERSON;
  const row = await ctx.db.contact.findFirst({ where: { id: contactId, workspaceIds: { has: ctx.workspaceId } } });
  if (!row) throw new DomainError("invalid", "Validation failed", ["contactId: not found"]);
  const catalog = await fieldCatalog(ctx);
  const { email, firstName, lastName, language } = row;
  const customFields = toTemplateFields(catalog, row.customFields as Record<string, string>);
  return { email, firstName, lastName, language, customFields };
}
