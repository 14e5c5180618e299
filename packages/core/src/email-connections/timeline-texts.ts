import { type Db, sql } from "@hustings/db/client";

/**
 * Takes subject and words off those emails in timelines that their mailbox's owner does not, or not any more, show.
 * `contactIds`: of these people alone.
 */
export async function hideTexts(tx: Db, userId: string, contactIds?: readonly string[]): Promise<void> {
  const ofThese = contactIds ? sql`e.contact_id = any(${contactIds}::uuid[])` : sql`true`;
  await tx.$executeRaw`
    with hidden as (
      update email_interactions e set has_text = false
      from email_connections k
      where k.user_id = ${userId}::uuid and e.user_id = k.user_id and e.mailbox = k.address and e.has_text and ${ofThese}
        and not coalesce(
          (select s.interactions_visible from email_contact_settings s
            where s.user_id = e.user_id and s.contact_id = e.contact_id), k.interactions_visible)
      returning e.interaction_id)
    update interactions i set subject = null, body = null from hidden where i.id = hidden.interaction_id`;
}

/** Lets the next sync look again at earlier messages, of one mailbox or with some people: what is missing is added. */
export async function readAgain(
  tx: Db,
  userId: string,
  scope: { connectionId: string } | { contactIds: readonly string[] },
): Promise<void> {
  const inScope =
    "connectionId" in scope
      ? sql`a.connection_id = ${scope.connectionId}::uuid`
      : sql`a.settled_contact_id = any(${scope.contactIds}::uuid[])`;
  await tx.$executeRaw`
    update email_addresses a set settled_contact_id = null from email_connections k
    where k.id = a.connection_id and k.user_id = ${userId}::uuid and a.settled_contact_id is not null and ${inScope}`;
}

/**
 * Forgets, set-based, which emails stand in the timelines of people who leave a workspace, or leave altogether
 * (`workspaceId` null), so that they can come back with the people.
 */
export async function forgetEmailsOf(tx: Db, contactIds: readonly string[], workspaceId: string | null): Promise<void> {
  const contacts = sql`any(${contactIds}::uuid[])`;
  const here = workspaceId === null ? sql`true` : sql`workspace_id = ${workspaceId}::uuid`;
  await tx.$executeRaw`delete from email_interactions where contact_id = ${contacts} and ${here}`;
  await tx.$executeRaw`update email_addresses set settled_contact_id = null where settled_contact_id = ${contacts}`;
  if (workspaceId === null) await tx.$executeRaw`delete from email_contact_settings where contact_id = ${contacts}`;
}
