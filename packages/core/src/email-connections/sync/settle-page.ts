import { join, type Sql, sql } from "@hustings/db/client";
import { type MailboxSync, NOTHING_LEFT, type SyncStep, toWaitMs } from "./open-sync";
import { readMessages } from "./read-messages";

/** People, and messages, that one step looks at. */
const PEOPLE = 50;
const MESSAGES = 100;

/**
 * Looks after people who became contacts, or whose emails became wanted, after their messages were read: reads those
 * again that are missing in their timelines, or lack words that may now be shown. Nothing of a message was kept for it.
 */
export async function settlePage(sync: MailboxSync): Promise<SyncStep> {
  const { ctx, connection, workspaceId } = sync;
  if (workspaceId === null) return NOTHING_LEFT;
  const emails = await findUnsettled(sync, workspaceId);
  if (emails.length === 0) return NOTHING_LEFT;
  const ids = await findMissing(sync, workspaceId, emails);
  const read = await readMessages(sync, ids);
  // Gone for good, or in the bin: should one come back from there, Google tells.
  await ctx.db.emailMessage.deleteMany({
    where: { connectionId: connection.id, messageId: { in: read.vanished } },
  });
  await markSettled(sync, workspaceId, emails);
  return { ...read.stored, isDone: false, waitMs: toWaitMs(sync, read.units) };
}

/** Addresses `a` of the connection `k` that are contacts' `c` with whom emails are wanted. */
const wantedAddresses = ({ connection }: MailboxSync, workspaceId: string): Sql => sql`
  email_addresses a
  join email_connections k on k.id = a.connection_id and k.id = ${connection.id}::uuid
  join contacts c on c.email = a.email and c.workspace_ids @> array[${workspaceId}::uuid]
  left join email_contact_settings s on s.user_id = k.user_id and s.contact_id = c.id
  where coalesce(s.sync_interactions, k.sync_interactions) and a.settled_contact_id is distinct from c.id`;

/** Messages `m` with the address that are missing in the contact's timeline, or lack words that may be shown. */
const missingMessages = (workspaceId: string): Sql => sql`
  email_messages m
  left join email_interactions e on e.workspace_id = ${workspaceId}::uuid and e.contact_id = c.id
    and e.mailbox = k.address and e.message_id = m.message_id
  where m.connection_id = k.id and m.addresses @> array[a.email] and (e.interaction_id is null
    or (not e.has_text and e.user_id = k.user_id and coalesce(s.interactions_visible, k.interactions_visible)))`;

async function findUnsettled(sync: MailboxSync, workspaceId: string): Promise<string[]> {
  const rows = await sync.ctx.db.$queryRaw<{ email: string }[]>`
    select a.email from ${wantedAddresses(sync, workspaceId)} order by a.email limit ${PEOPLE}`;
  return rows.map(({ email }) => email);
}

async function findMissing(sync: MailboxSync, workspaceId: string, emails: readonly string[]): Promise<string[]> {
  const rows = await sync.ctx.db.$queryRaw<{ messageId: string }[]>`
    select distinct unnest(array(select m.message_id from ${missingMessages(workspaceId)} limit ${MESSAGES})) as "messageId"
    from ${wantedAddresses(sync, workspaceId)} and a.email in (${join(emails)})
    limit ${MESSAGES}`;
  return rows.map(({ messageId }) => messageId);
}

/** Those of whom nothing is missing, also by what was chosen while the messages were read. */
async function markSettled(sync: MailboxSync, workspaceId: string, emails: readonly string[]): Promise<void> {
  await sync.ctx.db.$executeRaw`
    update email_addresses u set settled_contact_id = done.contact_id
    from (select a.email, c.id as contact_id from ${wantedAddresses(sync, workspaceId)}
      and a.email in (${join(emails)}) and not exists (select 1 from ${missingMessages(workspaceId)})) done
    where u.connection_id = ${sync.connection.id}::uuid and u.email = done.email`;
}
