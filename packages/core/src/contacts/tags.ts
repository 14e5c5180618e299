import type { ContactTagInput, ListContactTagsInput } from "@hustings/contracts/contacts";
import type { Tag } from "@hustings/contracts/tags";
import { type Db, inTransaction } from "@hustings/db/client";
import type { TagModel } from "@hustings/db/types";
import { recordChange } from "../audit/record-change";
import type { WorkspaceContext } from "../context";
import { toTag } from "../tags/mapper";
import { assertContact, holdContact } from "./queries";
import { assertTag, holdTag, unknownTag } from "./selection";
import { visibleContacts } from "./visible-contacts";

/**
 * A contact's tags in this workspace, by name.
 *
 * @throws DomainError `not_found`, also for another workspace's contact.
 */
export async function listContactTags(
  ctx: WorkspaceContext,
  { id, limit, offset }: ListContactTagsInput,
): Promise<{ tags: Tag[]; total: number }> {
  await assertContact(ctx, id);
  const all = (await tagsOf(ctx, ctx.db, [id])).get(id) ?? [];
  return { tags: all.slice(offset, offset + limit), total: all.length };
}

/** Tags by contact, for up to a page of contacts; unknown ids are absent. */
export async function listTagsByContact(ctx: WorkspaceContext, ids: readonly string[]): Promise<Record<string, Tag[]>> {
  const visible = await ctx.db.$queryRaw<{ id: string }[]>`
    select c.id from contacts c where c.id = any(${ids}::uuid[]) and ${visibleContacts(ctx)}`;
  const tags = await tagsOf(
    ctx,
    ctx.db,
    visible.map(({ id }) => id),
  );
  return Object.fromEntries(visible.map(({ id }) => [id, tags.get(id) ?? []]));
}

/**
 * Puts a tag on a contact; one that is there already stays.
 *
 * @throws DomainError `not_found` for the contact, `invalid` (`tagId: not found`) for the tag.
 */
export async function addContactTag(ctx: WorkspaceContext, { id, tagId }: ContactTagInput): Promise<Tag[]> {
  return inTransaction(ctx.db, async (tx) => {
    const isTagHere = await holdTag(ctx, tx, tagId);
    await holdContact(ctx, tx, id);
    if (!isTagHere) throw unknownTag();
    const { count } = await tx.contactTag.createMany({ data: [{ contactId: id, tagId }], skipDuplicates: true });
    if (count > 0)
      await recordChange(tx, ctx, { action: "contacts.tag", targetType: "contact", targetId: id, details: { tagId } });
    return (await tagsOf(ctx, tx, [id])).get(id) ?? [];
  });
}

/**
 * Takes a tag off a contact; one that is not there is no error.
 *
 * @throws DomainError `not_found` for the contact, `invalid` (`tagId: not found`) for the tag.
 */
export async function removeContactTag(ctx: WorkspaceContext, { id, tagId }: ContactTagInput): Promise<Tag[]> {
  return inTransaction(ctx.db, async (tx) => {
    await holdContact(ctx, tx, id);
    await assertTag({ ...ctx, db: tx }, tagId);
    const { count } = await tx.contactTag.deleteMany({ where: { contactId: id, tagId } });
    if (count > 0)
      await recordChange(tx, ctx, {
        action: "contacts.untag",
        targetType: "contact",
        targetId: id,
        details: { tagId },
      });
    return (await tagsOf(ctx, tx, [id])).get(id) ?? [];
  });
}

/** This workspace's tags by contact, each list by name, ignoring case. For contacts that were found visible. */
export async function tagsOf(ctx: WorkspaceContext, db: Db, ids: readonly string[]): Promise<Map<string, Tag[]>> {
  const rows = await db.$queryRaw<(TagModel & { contactId: string })[]>`
    select l.contact_id as "contactId", t.id, t.name, t.color, t.workspace_id as "workspaceId", t.created_at as "createdAt"
    from contact_tags l join tags t on t.id = l.tag_id and t.workspace_id = ${ctx.workspaceId}::uuid
    where l.contact_id = any(${ids}::uuid[])
    order by lower(t.name), t.id`;
  const byContact = new Map<string, Tag[]>();
  for (const row of rows) {
    const tags = byContact.get(row.contactId);
    if (tags) tags.push(toTag(row));
    else byContact.set(row.contactId, [toTag(row)]);
  }
  return byContact;
}
