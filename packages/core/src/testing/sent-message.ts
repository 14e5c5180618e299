import { signMailersendBody } from "@hustings/crypto/webhook-signature";
import { newId } from "@hustings/db/ids";
import { EMAIL_STATUS } from "../campaigns/email-status";
import type { WorkspaceContext } from "../context";
import { applyProviderEvents } from "../provider-events/apply-provider-events";
import { receiveProviderEvent } from "../provider-events/receive-provider-events";
import { testSettings } from "./workspace";

export type Sent = { campaignId: string; contactId: string; messageId: string; email: string };

export type SentChanges = {
  categoryId?: string;
  email?: string;
  /** A bulk call did not tell the message's id: no row has it. */
  isIdUnknown?: boolean;
};

/** A campaign that has handed its one message over. */
export async function sendOne(
  ctx: WorkspaceContext,
  { categoryId, email = `${newId()}@example.org`, isIdUnknown = false }: SentChanges = {},
): Promise<Sent> {
  const contact = await ctx.db.contact.create({ data: { email } });
  await ctx.db.contactWorkspace.create({ data: { contactId: contact.id, workspaceId: ctx.workspaceId } });
  const campaign = await ctx.db.campaign.create({
    data: {
      name: "n",
      subject: "s",
      body: "b",
      workspaceId: ctx.workspaceId,
      status: "sent",
      ...(categoryId && { categoryId }),
    },
  });
  const messageId = newId();
  await ctx.db.campaignEmail.create({
    data: {
      campaignId: campaign.id,
      contactId: contact.id,
      email,
      batchNo: 0,
      status: EMAIL_STATUS.sent,
      providerMessageId: isIdUnknown ? null : messageId,
      sentAt: new Date("2026-11-01T10:00:00Z"),
    },
  });
  await ctx.db.campaignStats.create({ data: { campaignId: campaign.id, recipients: 1, sent: 1 } });
  return { campaignId: campaign.id, contactId: contact.id, messageId, email };
}

/** A delivery's body about it, `at` so many seconds after ten o'clock, tagged unless `data` says otherwise. */
export function bodyOf(sent: Sent, type: string, at: number, data: object = {}): string {
  return JSON.stringify({
    type: `activity.${type}`,
    created_at: new Date(Date.parse("2026-11-02T10:00:00Z") + at * 1_000).toISOString(),
    data: {
      id: newId(),
      message_id: sent.messageId,
      recipient: sent.email,
      tags: [`c-${sent.campaignId}`],
      ...data,
    },
  });
}

const [secret = ""] = testSettings.mailersendWebhookSecrets;

/** As the webhook takes it, signed unless the test signs it. */
export const receive = (
  ctx: WorkspaceContext,
  body: string,
  signature: string | undefined = signMailersendBody(secret, body),
): Promise<void> => receiveProviderEvent(ctx, Buffer.from(body), signature);

/** Takes deliveries one after the other and applies each. */
export async function hear(ctx: WorkspaceContext, ...bodies: string[]): Promise<void> {
  for (const body of bodies) {
    await receive(ctx, body);
    await applyProviderEvents(ctx);
  }
}

export const readRow = (ctx: WorkspaceContext, { campaignId, contactId }: Sent) =>
  ctx.db.campaignEmail.findUniqueOrThrow({ where: { contactId_campaignId: { campaignId, contactId } } });
