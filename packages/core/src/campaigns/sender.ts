import type { CampaignModel, WorkspaceModel } from "@hustings/db/types";
import type { Mailbox } from "@hustings/email/transport";
import type { Settings, WorkspaceContext } from "../context";
import { invalid } from "../errors";

type Sender = Pick<WorkspaceModel, "name" | "senderName" | "senderEmail" | "replyTo" | "timeZone" | "postalAddress">;
type From = Pick<CampaignModel, "fromName" | "fromEmail">;

/** What a person calls each part of a sender, by its name in the API. */
const PARTS = {
  senderName: "sender name",
  senderEmail: "sender address",
  replyTo: "reply-to address",
  timeZone: "time zone",
  postalAddress: "postal address",
} as const;

/** Who a campaign comes from: what it says itself, else its workspace's sender, else what this server can make up. */
export function toFrom({ fromName, fromEmail }: From, workspace: Sender, settings: Settings): Mailbox {
  return {
    name: fromName ?? workspace.senderName ?? workspace.name,
    email: fromEmail ?? workspace.senderEmail ?? noReplyAddress(settings),
  };
}

/** What this server can make up where nobody has said an address; answers to it reach nobody. */
export const noReplyAddress = ({ senderDomain, appUrl }: Settings): string =>
  `no-reply@${senderDomain ?? new URL(appUrl).hostname}`;

/** The parts of the sender that nobody has said, neither for the campaign nor for its workspace. */
export function findMissingSender({ fromName, fromEmail }: From, workspace: Sender): (keyof typeof PARTS)[] {
  const said = {
    ...workspace,
    senderName: fromName ?? workspace.senderName,
    senderEmail: fromEmail ?? workspace.senderEmail,
  };
  return (Object.keys(PARTS) as (keyof typeof PARTS)[]).filter((part) => said[part] === null);
}

/** "postal address", "sender name and time zone": the missing parts in a sentence. */
export function nameParts(parts: readonly (keyof typeof PARTS)[]): string {
  return new Intl.ListFormat("en-GB").format(parts.map((part) => PARTS[part]));
}

/** The provider sends from one domain alone: why mail from this address would be refused, every message of it. */
export function findWrongDomain({ senderDomain }: Settings, email: string): string | null {
  if (senderDomain === null || email.toLowerCase().endsWith(`@${senderDomain}`)) return null;
  return `${email} is not an address of ${senderDomain}, which this server sends from.`;
}

/** @throws DomainError `invalid` */
function assertDomain(settings: Settings, { fromEmail }: From, { senderEmail }: Sender): void {
  const email = fromEmail ?? senderEmail;
  if (email === null || findWrongDomain(settings, email) === null) return;
  throw invalid("This campaign cannot be sent from its address", [
    `${fromEmail ? "fromEmail" : "senderEmail"}: must be an address of ${settings.senderDomain}, which this server sends from`,
  ]);
}

/**
 * Stands before every live send: real people must see who writes, be able to answer, and find the postal address that
 * the law asks for; and the provider must take the address. The sandbox reaches nobody and asks for nothing.
 *
 * @throws DomainError `invalid` whose details name what is missing, or the address of another domain.
 */
export async function assertSender(ctx: WorkspaceContext, campaign: From): Promise<void> {
  const { emailMode, senderDomain } = ctx.settings;
  if (emailMode !== "live" && senderDomain === null) return;
  const workspace = await ctx.db.workspace.findUniqueOrThrow({ where: { id: ctx.workspaceId } });
  if (senderDomain !== null) assertDomain(ctx.settings, campaign, workspace);
  if (emailMode !== "live") return;
  const missing = findMissingSender(campaign, workspace);
  if (missing.length === 0) return;
  throw invalid(
    `The workspace's sender has no ${nameParts(missing)} yet, and real people get nothing without`,
    missing.map((part) => `${part}: is not set in this workspace`),
  );
}
