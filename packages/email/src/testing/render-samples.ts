import { createLinkBuilder } from "../links";
import { type CampaignSource, renderCampaignEmail, type TemplateContact } from "../render";
import { TemplateError } from "../template-error";

export const SOURCE: CampaignSource = {
  subject: "{{ contact.firstName | default: 'Friend' }}, eleven days",
  preheader: "Four minutes & one letter",
  body: '<style>p{margin:0}</style><h1>Hello {{ contact.firstName | default: "friend" }}</h1><p>In {{ contact.customFields.city }} with {{ workspace.name }}: {{ campaign.name }}</p><p><a href="{{ unsubscribeUrl }}">Unsubscribe</a> or <a href="{{ preferencesUrl }}">choose</a></p>',
  campaignName: "Vidra dam",
  workspaceName: "Open Rivers",
  postalAddress: null,
  list: { id: "0198d2b0-0000-7000-8000-00000000000a", name: "Newsletter" },
  appUrl: "https://crm.example.org",
};
export const ADA: TemplateContact = {
  email: "ada@example.org",
  firstName: "Ada",
  lastName: "Lovelace",
  language: "en",
  customFields: { city: "Malmö" },
};
export const NOBODY: TemplateContact = {
  email: "x@example.org",
  firstName: null,
  lastName: null,
  language: null,
  customFields: {},
};
const IDS = { campaignId: "0198d2b0-0000-7000-8000-000000000001", contactId: "0198d2b0-0000-7000-8000-000000000002" };
export const LINKS = createLinkBuilder(SOURCE.appUrl, ["secret"]).forRecipient(IDS);

/** Renders the sample with changes, for Ada with changes. */
export const render = (source: Partial<CampaignSource>, contact: Partial<TemplateContact> = {}) =>
  renderCampaignEmail({ ...SOURCE, ...source }, { ...ADA, ...contact }, LINKS);

/** What `run` throws about a template; anything else it throws is thrown on. */
export function catchError(run: () => unknown): TemplateError {
  try {
    run();
  } catch (error) {
    if (error instanceof TemplateError) return error;
    throw error;
  }
  throw new Error("Nothing was thrown.");
}
