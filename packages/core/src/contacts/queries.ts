import type { Contact, ContactList, ListContactsInput } from "@hustings/contracts/contacts";
import type { ById } from "@hustings/contracts/primitives";
import type { Db } from "@hustings/db/client";
import type { WorkspaceContext } from "../context";
import { notFound } from "../errors";
import { type ContactRow, contactColumns, contactView, toContact } from "./mapper";
import { findPage } from "./page-ids";
import { visibleContacts } from "./visible-contacts";

/**
 * One page of the workspace's contacts.
 *
 * @throws DomainError `invalid` for a tag or segment that does not exist here.
 */
export async function listContacts(ctx: WorkspaceContext, input: ListContactsInput): Promise<ContactList> {
  const [{ ids, total, totalIsEstimate }, view] = await Promise.all([findPage(ctx, input), contactView(ctx)]);
  const rows = await findRows(ctx, ids);
  const contacts = ids.flatMap((id) => {
    const row = rows.get(id);
    return row ? [toContact(view, row)] : [];
  });
  return { contacts, total, page: input.page, pageSize: input.pageSize, totalIsEstimate };
}

/** @throws DomainError `not_found`, also for another workspace's contact. */
export async function getContact(ctx: WorkspaceContext, { id }: ById): Promise<Contact> {
  const [rows, view] = await Promise.all([findRows(ctx, [id]), contactView(ctx)]);
  const row = rows.values().next().value;
  if (!row) throw notFound("Contact");
  return toContact(view, row);
}

/** Contacts by id, of those that the caller may see. */
async function findRows(ctx: WorkspaceContext, ids: readonly string[]): Promise<Map<string, ContactRow>> {
  if (ids.length === 0) return new Map();
  const rows = await ctx.db.$queryRaw<ContactRow[]>`
    select ${contactColumns} from contacts c where c.id = any(${ids}::uuid[]) and ${visibleContacts(ctx)}`;
  return new Map(rows.map((row) => [row.id, row]));
}

/** @throws DomainError `not_found` unless the caller may see the contact. */
export async function assertContact(ctx: WorkspaceContext, contactId: string, db: Db = ctx.db): Promise<void> {
  const rows = await db.$queryRaw<unknown[]>`
    select 1 from contacts c where c.id = ${contactId}::uuid and ${visibleContacts(ctx)}`;
  if (rows.length === 0) throw notFound("Contact");
}

/**
 * Holds a contact until the transaction ends, so that what is hung on it is not left behind by a deletion.
 *
 * @throws DomainError `not_found` unless the caller may see the contact.
 */
export async function holdContact(ctx: WorkspaceContext, tx: Db, contactId: string): Promise<void> {
  const rows = await tx.$queryRaw<unknown[]>`
    select 1 from contacts c where c.id = ${contactId}::uuid and ${visibleContacts(ctx)} for key share`;
  if (rows.length === 0) throw notFound("Contact");
}
