import { type CompiledBody, compileBody } from "./compile-body";
import { buildListHeaders, type MailingList } from "./headers";
import type { RecipientLinks } from "./links";
import { type ParsedTemplate, parseTemplate, renderTemplate, type TemplateData } from "./liquid";
import { showsPostalAddress } from "./merge-tags";
import { TemplateError } from "./template-error";

/** RFC 5322 section 2.1.1: no line of a message is longer. */
const MAX_SUBJECT_CHARACTERS = 998;
/** MailerSend's limit for each of HTML and text. */
const MAX_PART_BYTES = 2_000_000;

/** What a campaign's author wrote. */
export type CampaignTemplates = { subject: string; preheader: string | null; body: string };

export type CampaignSource = CampaignTemplates & {
  campaignName: string;
  workspaceName: string;
  /** One line; null where the workspace has not said it. Stands last in the body unless the body says it. */
  postalAddress: string | null;
  list: MailingList;
  /** The installation's address, without a trailing slash. */
  appUrl: string;
};

/** What templates may know of a person: `{{ contact.firstName }}`, `{{ contact.customFields.city }}`. */
export type TemplateContact = {
  email: string | null;
  firstName: string | null;
  lastName: string | null;
  language: string | null;
  /** By the names that templates use, without the scope of stored keys. */
  customFields: Readonly<Record<string, string>>;
};

export type RenderedEmail = { subject: string; html: string; text: string; headers: Record<string, string> };

export type CompiledCampaign = {
  /** Writes one person's copy. @throws TemplateError `limit` or `content`: it concerns this person alone. */
  render(contact: TemplateContact, links: RecipientLinks | null): RenderedEmail;
  /** How costly each copy is; see `CompiledBody`. */
  inlining: CompiledBody["inlining"];
  textPart: CompiledBody["textPart"];
};

/** What is wrong with a campaign's templates, one error for each part that does not parse. Check at save. */
export function findTemplateErrors(templates: CampaignTemplates): TemplateError[] {
  const checks: (() => unknown)[] = [
    () => parseSubject(templates.subject),
    () => templates.preheader && parseTemplate("text", "preheader", templates.preheader),
    () => compileBody(templates.body, { hasPreheader: false }),
  ];
  return checks.flatMap((check) => {
    try {
      check();
      return [];
    } catch (error) {
      if (error instanceof TemplateError) return [error];
      throw error;
    }
  });
}

/**
 * Prepares a campaign for any number of recipients. Keep the result for as long as the campaign does not change.
 *
 * @throws TemplateError for the first part that does not parse.
 */
export function compileCampaign(source: CampaignSource): CompiledCampaign {
  const subject = parseSubject(source.subject);
  const preheader = source.preheader ? parseTemplate("text", "preheader", source.preheader) : null;
  const hasFooter = source.postalAddress !== null && !showsPostalAddress(source.body);
  const body = compileBody(source.body, { hasPreheader: preheader !== null, hasFooter });
  const surroundings = {
    campaign: { name: source.campaignName },
    workspace: { name: source.workspaceName },
    postalAddress: source.postalAddress,
  };

  return {
    inlining: body.inlining,
    textPart: body.textPart,
    render(contact, links) {
      const scope: Record<string, TemplateData> = {
        ...surroundings,
        contact: toTemplateData(contact),
        unsubscribeUrl: links?.unsubscribeUrl ?? null,
        preferencesUrl: links?.preferencesUrl ?? null,
      };
      const written = body.render({ ...scope, hustings: { preheader: preheader && renderLine(preheader, scope) } });
      assertSize(written);
      return {
        subject: renderSubject(subject, scope),
        ...written,
        headers: buildListHeaders({
          appUrl: source.appUrl,
          list: source.list,
          unsubscribeUrl: links?.unsubscribeUrl ?? null,
        }),
      };
    },
  };
}

/** Writes one person's copy of a campaign. For many, compile once. @throws TemplateError */
export function renderCampaignEmail(
  source: CampaignSource,
  contact: TemplateContact,
  links: RecipientLinks | null,
): RenderedEmail {
  return compileCampaign(source).render(contact, links);
}

/** A copy of plain strings: whatever else hangs on the object cannot be reached from a template. */
function toTemplateData({ email, firstName, lastName, language, customFields }: TemplateContact): TemplateData {
  const texts = Object.entries(customFields).filter(([, value]) => typeof value === "string");
  return { email, firstName, lastName, language, customFields: Object.fromEntries(texts) };
}

function parseSubject(subject: string): ParsedTemplate {
  assertSubject(subject);
  return parseTemplate("text", "subject", subject);
}

function renderSubject(template: ParsedTemplate, scope: Record<string, TemplateData>): string {
  const subject = renderTemplate(template, scope);
  assertSubject(subject);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: removing them is the point
  const shown = subject.replace(/[\u0001-\u001f\u007f-\u009f\u2028\u2029]+/g, " ").trim();
  if (shown === "") throw new TemplateError("subject", "content", "The subject is empty.");
  return shown;
}

/** Refused, not stripped: a line break in a header is an attack or a mistake, and somebody should see it. */
function assertSubject(subject: string): void {
  if (/[\r\n\0]/.test(subject)) throw new TemplateError("subject", "content", "The subject contains a line break.");
  if (subject.length > MAX_SUBJECT_CHARACTERS)
    throw new TemplateError("subject", "content", `The subject is longer than ${MAX_SUBJECT_CHARACTERS} characters.`);
}

function renderLine(template: ParsedTemplate, scope: Record<string, TemplateData>): string {
  return renderTemplate(template, scope).replace(/\s+/g, " ").trim();
}

function assertSize({ html, text }: { html: string; text: string }): void {
  for (const part of [html, text]) {
    // A character takes three bytes at most for each of its UTF-16 units: short parts need no counting.
    if (part.length * 3 > MAX_PART_BYTES && Buffer.byteLength(part) > MAX_PART_BYTES)
      throw new TemplateError("body", "limit", "It is larger than 2 MB.");
  }
}
