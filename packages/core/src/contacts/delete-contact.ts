import type { ById } from "@hustings/contracts/primitives";
import { type Db, inTransaction, sql } from "@hustings/db/client";
import { recordChange } from "../audit/record-change";
import type { WorkspaceContext } from "../context";
import { forgetEmailsOf } from "../email-connections/timeline-texts";
import { notFound } from "../errors";
import { keepErasedAddresses } from "./erased-addresses";
import { visibleContacts } from "./visible-contacts";

/**
 * Takes a contact out of the workspace; a global admin, or the last workspace, erases it.
 *
 * @throws DomainError `not_found`, also for another workspace's contact.
 */
export async function deleteContact(ctx: WorkspaceContext, { id }: ById): Promise<void> {
  await inTransaction(ctx.db, async (tx) => {
    const { erased, unlinked } = await removeContacts(ctx, tx, [id]);
    if (erased + unlinked === 0) throw notFound("Contact");
    await recordChange(tx, ctx, {
      action: erased ? "contacts.erase" : "contacts.unlink",
      targetType: "contact",
      targetId: id,
    });
  });
}

type LeavingRow = {
  id: string;
  email: string | null;
  fullName: string;
  globallyUnsubscribed: boolean;
  communicationPreferences: Record<string, string>;
  isElsewhere: boolean;
};

/**
 * Removes contacts, set-based, in the caller's transaction and without an audit entry: a global admin erases them,
 * others unlink them from their workspace and erase those who are in no other. Ids that are not the caller's to see
 * are left alone.
 */
export async function removeContacts(
  ctx: WorkspaceContext,
  tx: Db,
  ids: readonly string[],
): Promise<{ erased: number; unlinked: number }> {
  // Before the contacts, as a batch of an import locks them: in the other order the two could wait for each other.
  await tx.$queryRaw`select 1 from imports where status in ('queued', 'running') order by id for update`;
  const rows = await tx.$queryRaw<LeavingRow[]>`
    select c.id, c.email, concat_ws(' ', c.first_name, c.last_name) as "fullName", c.globally_unsubscribed as "globallyUnsubscribed", c.communication_preferences as "communicationPreferences",
      c.workspace_ids <> array[${ctx.workspaceId}::uuid] as "isElsewhere"
    from contacts c where c.id = any(${ids}::uuid[]) and ${visibleContacts(ctx)}
    order by c.id for update`;
  const leaving = ctx.isGlobalAdmin ? rows : rows.filter((row) => !row.isElsewhere);
  const staying = ctx.isGlobalAdmin ? [] : rows.filter((row) => row.isElsewhere).map(({ id }) => id);
  await unlinkContacts(ctx, tx, staying);
  await eraseContacts(ctx, tx, leaving);
  return { erased: leaving.length, unlinked: staying.length };
}

/**
 * Removes what this workspace holds of people whom others know too: link, tags, interactions, custom fields. What they
 * said no to stays, so that a new link does not mail them again.
 */
async function unlinkContacts(ctx: WorkspaceContext, tx: Db, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  const contacts = sql`any(${ids}::uuid[])`;
  const ownKeys = `${ctx.workspaceId}:%`;
  await tx.$executeRaw`
    delete from contact_tags l using tags t
    where t.id = l.tag_id and t.workspace_id = ${ctx.workspaceId}::uuid and l.contact_id = ${contacts}`;
  await tx.$executeRaw`delete from interactions where contact_id = ${contacts} and workspace_id = ${ctx.workspaceId}::uuid`;
  await tx.$executeRaw`
    delete from automation_applications where contact_id = ${contacts} and workspace_id = ${ctx.workspaceId}::uuid`;
  await forgetEmailsOf(tx, ids, ctx.workspaceId);
  await tx.$executeRaw`delete from contact_workspaces where contact_id = ${contacts} and workspace_id = ${ctx.workspaceId}::uuid`;
  await tx.$executeRaw`
    update contacts c set updated_at = now(), custom_fields =
      (select coalesce(jsonb_object_agg(key, value), '{}') from jsonb_each(c.custom_fields) where key not like ${ownKeys})
    where c.id = ${contacts}`;
}

/**
 * Removes people everywhere. Campaigns keep their statistics, with rows that name nobody; opt-outs and suppressions
 * stay under a keyed hash of the address.
 */
async function eraseContacts(ctx: WorkspaceContext, tx: Db, leaving: readonly LeavingRow[]): Promise<void> {
  if (leaving.length === 0) return;
  const ids = leaving.map(({ id }) => id);
  await keepErasedAddresses(
    tx,
    ctx,
    leaving.flatMap((row) => (row.email === null ? [] : [{ ...row, email: row.email }])),
  );
  await eraseMail(tx, leaving);
  await eraseImportExamples(tx, leaving);
  await eraseFormExamples(tx, ids);
  const contacts = sql`any(${ids}::uuid[])`;
  await tx.$executeRaw`delete from interactions where contact_id = ${contacts}`;
  await tx.$executeRaw`delete from automation_applications where contact_id = ${contacts}`;
  await forgetEmailsOf(tx, ids, null);
  await tx.$executeRaw`delete from contact_tags where contact_id = ${contacts}`;
  await tx.$executeRaw`delete from contact_workspaces where contact_id = ${contacts}`;
  await tx.$executeRaw`delete from contacts where id = ${contacts}`;
}

/** Captured mails go whole; what campaigns and providers wrote down loses the address and the words that may hold it. */
async function eraseMail(tx: Db, leaving: readonly LeavingRow[]): Promise<void> {
  const ids = leaving.map(({ id }) => id);
  const emails = leaving.flatMap(({ email }) => email ?? []);
  const contacts = sql`any(${ids}::uuid[])`;
  const addresses = sql`(
    select unnest(${emails}::text[]) as email
    union select e.email from campaign_emails e where e.contact_id = ${contacts} and e.email is not null)`;
  // Found by the addresses that they went to, since nothing leads from a contact to its captured mails.
  await tx.$executeRaw`
    delete from sandbox_emails where contact_id = ${contacts} and to_email in ${addresses}`;
  // Deliveries that wait, found nobody or failed are few; they still count, by the message's id. `***=`: taken literally.
  await tx.$executeRaw`
    update provider_events p set body = regexp_replace(p.body::text, '***=' || a.email, 'erased', 'gi')::jsonb, error = null
    from ${addresses} a
    where (p.applied_at is null or p.outcome in ('unmatched', 'failed')) and strpos(lower(p.body::text), a.email) > 0`;
  await tx.$executeRaw`
    update email_events v set reason = null from campaign_emails e
    where e.contact_id = ${contacts} and v.campaign_id = e.campaign_id and v.contact_id = e.contact_id and v.reason is not null`;
  await tx.$executeRaw`update campaign_emails set email = null, error = null where contact_id = ${contacts}`;
  await tx.$executeRaw`delete from campaign_exclusions where contact_id = ${contacts}`;
}

/** The rows that an import's result shows name people as the file did: by name, or by address. */
async function eraseImportExamples(tx: Db, leaving: readonly LeavingRow[]): Promise<void> {
  const words = leaving.flatMap(({ email, fullName }) => [email, fullName].filter((word) => word));
  const isTheirs = sql`(x ->> 'label' = any(${words}::text[]) or split_part(x ->> 'detail', ' · ', 2) = any(${words}::text[]))`;
  await tx.$executeRaw`
    update imports i set examples = (
      select jsonb_object_agg(kind, (select coalesce(jsonb_agg(x), '[]') from jsonb_array_elements(list) x where not ${isTheirs}))
      from jsonb_each(i.examples) as e(kind, list))
    where exists (
      select 1 from jsonb_each(i.examples) as e(kind, list), jsonb_array_elements(list) x where ${isTheirs})`;
}

/** What a form shows of its last submission keeps the questions and loses the answers. */
async function eraseFormExamples(tx: Db, ids: readonly string[]): Promise<void> {
  await tx.$executeRaw`
    update forms f set last_contact_id = null, last_answers = (
      select coalesce(jsonb_agg(a || '{"text": ""}'), '[]') from jsonb_array_elements(f.last_answers) a)
    where last_contact_id = any(${ids}::uuid[])`;
}
