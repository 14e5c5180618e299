import type { BulkDeleteInput, BulkTagInput, ContactSelection } from "@hustings/contracts/contacts";
import { type Db, inTransaction, sql } from "@hustings/db/client";
import { type Change, recordChange } from "../audit/record-change";
import type { WorkspaceContext } from "../context";
import { conflict, invalid } from "../errors";
import { removeContacts } from "./delete-contact";
import { assertTag, holdTag, matchFilters } from "./selection";
import { visibleContacts } from "./visible-contacts";

/** What one request may change; a minute's work at the most. */
export const MAX_BULK_CONTACTS = 100_000;

/** Contacts per transaction: rows are locked for well under a second, and the counters of a workspace too. */
const CHUNK_SIZE = 2_000;

/**
 * Puts a tag on everyone selected.
 *
 * @returns how many did not have it.
 * @throws DomainError `invalid` for a tag or segment that does not exist here, and for too large a selection.
 */
export async function tagContacts(ctx: WorkspaceContext, { selection, tagId }: BulkTagInput): Promise<number> {
  await assertTag(ctx, tagId);
  const ids = await selectContacts(ctx, selection);
  const change = { action: "contacts.bulkTag", targetType: "tag", targetId: tagId, details: describe(selection, ids) };
  return inChunks(ctx, ids, change, async (tx, chunk) => {
    await holdTag(ctx, tx, tagId);
    return tx.$executeRaw`
        insert into contact_tags (contact_id, tag_id)
        select id, ${tagId}::uuid from (
          select c.id from contacts c where c.id = any(${chunk}::uuid[]) and ${visibleContacts(ctx)}
            and exists (select 1 from tags t where t.id = ${tagId}::uuid)
          order by c.id for no key update) held
        on conflict do nothing`;
  });
}

/**
 * Takes a tag off everyone selected.
 *
 * @returns how many had it.
 * @throws DomainError as `tagContacts`
 */
export async function untagContacts(ctx: WorkspaceContext, { selection, tagId }: BulkTagInput): Promise<number> {
  await assertTag(ctx, tagId);
  const ids = await selectContacts(ctx, selection);
  const change = {
    action: "contacts.bulkUntag",
    targetType: "tag",
    targetId: tagId,
    details: describe(selection, ids),
  };
  return inChunks(
    ctx,
    ids,
    change,
    (tx, chunk) =>
      tx.$executeRaw`
      delete from contact_tags l using (
        select c.id from contacts c where c.id = any(${chunk}::uuid[]) and ${visibleContacts(ctx)}
        order by c.id for no key update) held
      where l.contact_id = held.id and l.tag_id = ${tagId}::uuid`,
  );
}

/**
 * Removes everyone selected, each as `deleteContact` would.
 *
 * @returns how many were removed.
 * @throws DomainError `conflict` when the selection has become another than the one that was confirmed by its number.
 */
export async function deleteContacts(
  ctx: WorkspaceContext,
  { selection, expectedCount }: BulkDeleteInput,
): Promise<number> {
  const ids = await selectContacts(ctx, selection);
  if (ids.length !== expectedCount)
    throw conflict(`The selection has changed: it holds ${ids.length} contacts now`, [
      `expectedCount: ${ids.length} match now`,
    ]);
  const change = { action: "contacts.bulkDelete", targetType: "contact", details: describe(selection, ids) };
  return inChunks(ctx, ids, change, async (tx, chunk) => {
    const { erased, unlinked } = await removeContacts(ctx, tx, chunk);
    return erased + unlinked;
  });
}

/** Freezes who is selected, in the order of ids, which is the order in which rows are locked. */
async function selectContacts(ctx: WorkspaceContext, selection: ContactSelection): Promise<string[]> {
  const condition =
    "ids" in selection
      ? sql`c.id = any(${selection.ids}::uuid[]) and ${visibleContacts(ctx)}`
      : await matchFilters(ctx, selection.filters);
  const rows = await ctx.db.$queryRaw<{ id: string }[]>`
    select c.id from contacts c where ${condition} limit ${MAX_BULK_CONTACTS + 1}`;
  if (rows.length > MAX_BULK_CONTACTS)
    throw invalid(`More than ${MAX_BULK_CONTACTS} contacts match. Narrow the selection.`, [
      "selection: too many contacts",
    ]);
  return rows.map(({ id }) => id).sort();
}

/**
 * Works through a frozen selection, a transaction per chunk. The one audit entry stands in the first, so that whatever
 * stops the work, it says who was selected for what.
 */
async function inChunks(
  ctx: WorkspaceContext,
  ids: readonly string[],
  change: Change,
  work: (tx: Db, chunk: readonly string[]) => Promise<number>,
): Promise<number> {
  let affected = 0;
  for (let start = 0; start < ids.length; start += CHUNK_SIZE) {
    affected += await inTransaction(ctx.db, async (tx) => {
      if (start === 0) await recordChange(tx, ctx, change);
      return work(tx, ids.slice(start, start + CHUNK_SIZE));
    });
  }
  return affected;
}

/** How many, and by which selection. A search term or a filter may name a person, so they are not kept. */
function describe(selection: ContactSelection, ids: readonly string[]) {
  if ("ids" in selection) return { selected: ids.length, by: "ids" };
  const { search, tagId, segmentId, filter } = selection.filters;
  return {
    selected: ids.length,
    by: "filters",
    hasSearch: Boolean(search),
    tagId: tagId ?? null,
    segmentId: segmentId ?? null,
    hasFilter: Boolean(filter),
  };
}
