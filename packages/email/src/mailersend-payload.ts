import { createRequire } from "node:module";
import { domainToASCII } from "node:url";
import type { EmailParams, Sender } from "mailersend";
import type { MailersendPlan } from "./mailersend-plan";
import type { OutgoingMessage } from "./transport";

const require = createRequire(import.meta.url);
/** Loaded with the first real message: in the sandbox nobody needs it. */
const loadMailersend = (): typeof import("mailersend") => require("mailersend");

/** The tag by which a campaign's mail is found again, in the provider's events and in its list of emails. */
export const campaignTag = (campaignId: string): string => `c-${campaignId}`;

/**
 * Writes a message as MailerSend takes it: to one person, tagged with its campaign.
 *
 * @param plan without `hasHeaders` MailerSend adds unsubscribe headers of its own, and refuses ours.
 */
export function toMailersendEmail(message: OutgoingMessage, plan: Pick<MailersendPlan, "hasHeaders">): EmailParams {
  const { EmailParams, Recipient, Sender } = loadMailersend();
  const params = new EmailParams()
    .setFrom(toSender(message.from))
    .setTo([new Recipient(toAsciiAddress(message.to))])
    .setSubject(message.subject)
    .setHtml(message.html)
    .setText(message.text);
  if (message.replyTo !== undefined) params.setReplyTo(new Sender(toAsciiAddress(message.replyTo)));
  if (message.campaignId !== null) params.setTags([campaignTag(message.campaignId)]).setPrecedenceBulk(true);
  if (plan.hasHeaders) addHeaders(params, message.headers);
  return params;
}

function toSender({ email, name }: OutgoingMessage["from"]): Sender {
  const { Sender } = loadMailersend();
  const address = toAsciiAddress(email);
  // MailerSend refuses names with a comma or a semicolon.
  return name ? new Sender(address, name.replace(/[;,]+/g, " ").trim()) : new Sender(address);
}

/** An address as the API takes and lists it: a domain outside of ASCII in punycode, which is the same domain. */
export function toAsciiAddress(address: string): string {
  const at = address.lastIndexOf("@");
  const domain = domainToASCII(address.slice(at + 1));
  return domain === "" ? address : `${address.slice(0, at + 1)}${domain}`;
}

/** `Precedence` is asked for by a field of its own, and so is the unsubscribe link, as a bare address. */
function addHeaders(params: EmailParams, headers: OutgoingMessage["headers"]): void {
  const { "List-Unsubscribe": unsubscribe, Precedence: _, ...others } = headers;
  if (unsubscribe) params.setListUnsubscribe(unsubscribe.replace(/^<|>$/g, ""));
  params.setHeaders(Object.entries(others).map(([name, value]) => ({ name, value })));
}
