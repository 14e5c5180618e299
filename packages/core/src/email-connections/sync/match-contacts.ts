import type { Db } from "@hustings/db/client";
import type { MailboxSync } from "./open-sync";
import type { JudgedMessage } from "./store-messages";

/** A message's partner who is a contact, and whether the owner shows subject and words. */
export type ContactMatch = { messageId: string; email: string; contactId: string; isVisible: boolean };

/**
 * Who of the messages' partners is a contact of the connection's workspace with whom the owner wants emails synced; held
 * against deletion until the transaction ends.
 */
export async function matchContacts(
  tx: Db,
  { connection, workspaceId }: MailboxSync,
  messages: readonly JudgedMessage[],
): Promise<ContactMatch[]> {
  const pairs = messages.flatMap(({ id, partners }) => partners.map((email) => ({ message_id: id, email })));
  if (workspaceId === null || pairs.length === 0) return [];
  return tx.$queryRaw<ContactMatch[]>`
    select p.message_id as "messageId", p.email, c.id as "contactId",
      coalesce(s.interactions_visible, k.interactions_visible) as "isVisible"
    from jsonb_to_recordset(${JSON.stringify(pairs)}::jsonb) as p(message_id text, email text)
    join contacts c on c.email = p.email and c.workspace_ids @> array[${workspaceId}::uuid]
    join email_connections k on k.id = ${connection.id}::uuid
    left join email_contact_settings s on s.user_id = k.user_id and s.contact_id = c.id
    where coalesce(s.sync_interactions, k.sync_interactions)
    order by c.id for key share of c`;
}
