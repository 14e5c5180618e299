import type { Db } from "@hustings/db/client";
import { newId } from "@hustings/db/ids";
import { recordChange } from "../../audit/record-change";
import { asSystem } from "../../users/as-system";
import type { ContactMatch } from "./match-contacts";
import type { MailboxSync } from "./open-sync";
import type { JudgedMessage } from "./store-messages";

/** RFC 5322's longest line; a longer subject is none. */
const MAX_SUBJECT = 998;

/**
 * Writes the interactions of messages with contacts, one per message and contact, without subject and words where the
 * owner does not show them. What stands there already without words gets them when it may now.
 *
 * @returns how many are new.
 */
export async function writeInteractions(
  tx: Db,
  sync: MailboxSync,
  messages: readonly JudgedMessage[],
  matches: readonly ContactMatch[],
): Promise<number> {
  if (sync.workspaceId === null || matches.length === 0) return 0;
  const byId = new Map(messages.map((message) => [message.id, message]));
  const { connection } = sync;
  const rows = matches.map(({ messageId, contactId, isVisible }) => {
    const message = byId.get(messageId) as JudgedMessage;
    return {
      interaction_id: newId(),
      message_id: messageId,
      contact_id: contactId,
      has_text: isVisible,
      type: message.isSent ? "email_sent" : "email_received",
      subject: (isVisible && message.subject.slice(0, MAX_SUBJECT)) || null,
      body: (isVisible && message.snippet) || null,
      occurred_at: message.occurredAt.toISOString(),
    };
  });
  const written = await insertInteractions(tx, sync, sync.workspaceId, JSON.stringify(rows));
  await addTexts(tx, sync, sync.workspaceId, JSON.stringify(rows.filter((row) => row.has_text)));
  if (written > 0)
    await recordChange(
      tx,
      { principal: asSystem(sync.ctx, "email-sync").principal, workspaceId: sync.workspaceId },
      {
        action: "interactions.sync",
        targetType: "emailConnection",
        targetId: connection.id,
        details: { interactions: written, userId: connection.userId },
      },
    );
  return written;
}

async function insertInteractions(
  tx: Db,
  { connection }: MailboxSync,
  workspaceId: string,
  rows: string,
): Promise<number> {
  return tx.$executeRaw`
    with r as (
      select * from jsonb_to_recordset(${rows}::jsonb) as r(interaction_id uuid, message_id text, contact_id uuid,
        has_text boolean, type "InteractionType", subject text, body text, occurred_at timestamptz)),
    fresh as (
      insert into email_interactions
        (workspace_id, contact_id, mailbox, message_id, interaction_id, user_id, has_text)
      select ${workspaceId}::uuid, r.contact_id, ${connection.address}, r.message_id, r.interaction_id,
        ${connection.userId}::uuid, r.has_text
      from r on conflict do nothing returning interaction_id)
    insert into interactions (id, workspace_id, contact_id, type, subject, body, metadata, occurred_at)
    select r.interaction_id, ${workspaceId}::uuid, r.contact_id, r.type, r.subject, r.body,
      jsonb_build_object('source', 'gmail', 'colleague', (select u.name from users u where u.id = ${connection.userId}::uuid)),
      r.occurred_at
    from r join fresh on fresh.interaction_id = r.interaction_id`;
}

async function addTexts(tx: Db, { connection }: MailboxSync, workspaceId: string, rows: string): Promise<void> {
  await tx.$executeRaw`
    with shown as (
      update email_interactions e set has_text = true
      from jsonb_to_recordset(${rows}::jsonb) as r(message_id text, contact_id uuid, subject text, body text)
      where e.workspace_id = ${workspaceId}::uuid and e.contact_id = r.contact_id and e.mailbox = ${connection.address}
        and e.message_id = r.message_id and e.user_id = ${connection.userId}::uuid and not e.has_text
      returning e.interaction_id, r.subject, r.body)
    update interactions i set subject = shown.subject, body = shown.body from shown where i.id = shown.interaction_id`;
}
