import type { Db } from "@hustings/db/client";
import { newId } from "@hustings/db/ids";
import type { InFlightRecipient, MailTransport, OutgoingMessage } from "@hustings/email/transport";

/** Rows of one insert. */
export const SANDBOX_CLAIM_SIZE = 100;

/** The transport of `EMAIL_MODE=sandbox`: every message becomes a row, nothing leaves this server. */
export function createSandboxTransport(db: Db): MailTransport {
  return {
    acceptedStatus: "captured",
    claimSize: SANDBOX_CLAIM_SIZE,
    send: (messages) => capture(db, messages),
    reconcile: (recipients) => findCaptured(db, recipients),
  };
}

async function capture(db: Db, messages: readonly OutgoingMessage[]) {
  if (messages.length === 0) return [];
  const rows = messages.map((message) => ({ ...toRow(message), id: newId(), messageId: `sandbox-${newId()}` }));
  await db.$executeRaw`
    insert into sandbox_emails
      (id, message_id, workspace_id, campaign_id, contact_id, to_email, from_address, subject, headers, html, text)
    select id, "messageId", "workspaceId", "campaignId", "contactId", "to", "from", subject, headers, html, text
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as m(id uuid, "messageId" text, "workspaceId" uuid,
      "campaignId" uuid, "contactId" uuid, "to" text, "from" text, subject text, headers jsonb, html text, text text)`;
  return rows.map((row) => ({ kind: "accepted" as const, messageId: row.messageId }));
}

function toRow({
  workspaceId,
  campaignId,
  contactId,
  to,
  from,
  replyTo,
  subject,
  html,
  text,
  ...rest
}: OutgoingMessage) {
  const sender = from.name ? `${from.name} <${from.email}>` : from.email;
  const headers = replyTo === undefined ? rest.headers : { "Reply-To": replyTo, ...rest.headers };
  return { workspaceId, campaignId, contactId, to, from: sender, subject, headers, html, text };
}

async function findCaptured(db: Db, recipients: readonly InFlightRecipient[]) {
  if (recipients.length === 0) return [];
  const rows = await db.$queryRaw<{ campaignId: string; contactId: string; messageId: string }[]>`
    select m.campaign_id as "campaignId", m.contact_id as "contactId", m.message_id as "messageId"
    from jsonb_to_recordset(${JSON.stringify(recipients)}::jsonb) as r("campaignId" uuid, "contactId" uuid)
    join sandbox_emails m on m.campaign_id = r."campaignId" and m.contact_id = r."contactId"`;
  const captured = new Map(rows.map((row) => [`${row.campaignId}:${row.contactId}`, row.messageId]));
  return recipients.map(({ campaignId, contactId }) => {
    const messageId = captured.get(`${campaignId}:${contactId}`);
    return messageId ? { kind: "accepted" as const, messageId } : { kind: "absent" as const };
  });
}
