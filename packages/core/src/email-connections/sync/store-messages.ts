import { type Db, inTransaction } from "@hustings/db/client";
import type { GmailMessage } from "@hustings/google/message";
import { type Correspondents, correspondentsOf } from "./correspondents";
import { type ContactMatch, matchContacts } from "./match-contacts";
import type { MailboxSync } from "./open-sync";
import { writeInteractions } from "./write-interactions";

export type JudgedMessage = GmailMessage & Correspondents;

/**
 * Stores what messages say, in one transaction: that they were looked at, whom they were exchanged with, and the
 * interactions of those who are contacts. The same messages again change nothing, but add what is missing.
 */
export async function storeMessages(
  sync: MailboxSync,
  messages: readonly GmailMessage[],
): Promise<{ messages: number; interactions: number }> {
  if (messages.length === 0) return { messages: 0, interactions: 0 };
  const { connection } = sync;
  const judged = messages.map((message) => ({ ...message, ...correspondentsOf(message, connection.address) }));
  return inTransaction(sync.ctx.db, async (tx) => {
    // Disconnected meanwhile: nothing is hung on what is gone.
    const rows = await tx.$queryRaw<unknown[]>`
      select 1 from email_connections where id = ${connection.id}::uuid for update`;
    if (rows.length === 0) return { messages: 0, interactions: 0 };
    const fresh = await insertMessages(tx, connection.id, judged);
    await countAddresses(tx, connection.id, fresh);
    const matches = await matchContacts(tx, sync, judged);
    await unsettle(tx, connection.id, fresh, matches);
    const interactions = await writeInteractions(tx, sync, judged, matches);
    return { messages: fresh.length, interactions };
  });
}

/** @returns those that were not known before. */
async function insertMessages(tx: Db, connectionId: string, messages: readonly JudgedMessage[]) {
  const rows = messages.map(({ id, occurredAt, partners }) => ({
    message_id: id,
    occurred_at: occurredAt.toISOString(),
    addresses: partners,
  }));
  const inserted = await tx.$queryRaw<{ messageId: string }[]>`
    insert into email_messages (connection_id, message_id, occurred_at, addresses)
    select ${connectionId}::uuid, r.message_id, r.occurred_at, r.addresses
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as r(message_id text, occurred_at timestamptz, addresses text[])
    on conflict do nothing returning message_id as "messageId"`;
  await tx.emailConnection.update({
    where: { id: connectionId },
    data: { messageCount: { increment: inserted.length } },
  });
  const ids = new Set(inserted.map(({ messageId }) => messageId));
  return messages.filter(({ id }) => ids.has(id));
}

type AddressRow = {
  email: string;
  name: string | null;
  messages: number;
  sent: number;
  received: number;
  last_at: string;
};

async function countAddresses(tx: Db, connectionId: string, messages: readonly JudgedMessage[]): Promise<void> {
  const rows = new Map<string, AddressRow>();
  // The oldest first, so that the newest name stays.
  for (const message of [...messages].sort((a, b) => a.occurredAt.getTime() - b.occurredAt.getTime()))
    for (const [email, name] of message.met) {
      const isPartner = message.partners.includes(email);
      const before = rows.get(email);
      rows.set(email, {
        email,
        name: name || (before?.name ?? null),
        messages: (before?.messages ?? 0) + 1,
        sent: (before?.sent ?? 0) + Number(isPartner && message.isSent),
        received: (before?.received ?? 0) + Number(isPartner && !message.isSent),
        last_at: message.occurredAt.toISOString(),
      });
    }
  if (rows.size === 0) return;
  await tx.$executeRaw`
    insert into email_addresses as a
      (connection_id, email, name, message_count, sent_count, received_count, last_at)
    select ${connectionId}::uuid, r.email, r.name, r.messages, r.sent, r.received, r.last_at
    from jsonb_to_recordset(${JSON.stringify([...rows.values()])}::jsonb)
      as r(email text, name text, messages int, sent int, received int, last_at timestamptz)
    on conflict (connection_id, email) do update set
      name = case when excluded.last_at >= a.last_at then coalesce(excluded.name, a.name) else coalesce(a.name, excluded.name) end,
      message_count = a.message_count + excluded.message_count,
      sent_count = a.sent_count + excluded.sent_count,
      received_count = a.received_count + excluded.received_count,
      last_at = greatest(a.last_at, excluded.last_at)`;
}

/** Messages that stand in nobody's timeline now are looked at again should their partner become a contact. */
async function unsettle(
  tx: Db,
  connectionId: string,
  messages: readonly JudgedMessage[],
  matches: readonly ContactMatch[],
): Promise<void> {
  const matched = new Set(matches.map(({ email }) => email));
  const unmatched = messages.flatMap(({ partners }) => partners).filter((email) => !matched.has(email));
  if (unmatched.length === 0) return;
  await tx.emailAddress.updateMany({
    where: { connectionId, email: { in: unmatched }, settledContactId: { not: null } },
    data: { settledContactId: null },
  });
}
