import { type Db, sql } from "@hustings/db/client";
import { restoreErasedAddresses } from "../contacts/erased-addresses";
import type { WorkspaceContext } from "../context";
import type { KnownPerson, NewPerson, Patch, RowPlan } from "./plan-rows";

/** Somebody else has just made a contact with an address of this batch: plan it again. */
export class AddressTakenError extends Error {
  override readonly name = "AddressTakenError";
}

/** Reads the contacts of some addresses, of their custom fields only the given keys. */
export async function findKnownPeople(
  db: Db,
  ctx: WorkspaceContext,
  emails: readonly string[],
  storedKeys: readonly string[],
): Promise<Map<string, KnownPerson>> {
  if (emails.length === 0) return new Map();
  const customFields =
    storedKeys.length === 0
      ? sql`'{}'::jsonb`
      : sql`coalesce((select jsonb_object_agg(k, c.custom_fields -> k) from unnest(${storedKeys}::text[]) k where c.custom_fields ? k), '{}')`;
  const rows = await db.$queryRaw<(KnownPerson & { email: string })[]>`
    select c.id, c.email, c.workspace_ids @> array[${ctx.workspaceId}::uuid] as "isHere", c.first_name as "firstName",
      c.last_name as "lastName", c.language, c.tag_ids as "tagIds", ${customFields} as "customFields"
    from contacts c where c.email = any(${emails}::text[])`;
  return new Map(rows.map(({ email, ...person }) => [email, person]));
}

/**
 * Writes a plan with a handful of statements. Links and their copies in the contact's arrays are set together, so that
 * the triggers find nothing to do. Goes in a transaction.
 *
 * @throws AddressTakenError when the plan is out of date.
 */
export async function writePlan(tx: Db, ctx: WorkspaceContext, { inserts, patches }: RowPlan): Promise<void> {
  if (inserts.length > 0) await insertPeople(tx, ctx, inserts);
  if (patches.length > 0) await patchPeople(tx, ctx, patches);
  const linked = patches.filter(({ isLinked }) => isLinked);
  const withAddress = [...inserts, ...linked].flatMap(({ id, email }) => (email === null ? [] : [{ id, email }]));
  await restoreErasedAddresses(tx, ctx, withAddress);
}

async function insertPeople(tx: Db, ctx: WorkspaceContext, people: readonly NewPerson[]): Promise<void> {
  const rows = JSON.stringify(people);
  // In the order of the file, which is the order of ids: new pages at the right end of every index on them.
  const inserted = await tx.$executeRaw`
    insert into contacts (id, email, first_name, last_name, language, custom_fields, tag_ids, workspace_ids)
    select id, email, "firstName", "lastName", language, "customFields", "tagIds", array[${ctx.workspaceId}::uuid]
    from jsonb_to_recordset(${rows}::jsonb) as r(id uuid, email text, "firstName" text, "lastName" text, language text,
      "customFields" jsonb, "tagIds" uuid[])
    order by id
    on conflict (email) do nothing`;
  if (inserted < people.length) throw new AddressTakenError();
  await tx.$executeRaw`
    insert into contact_workspaces (workspace_id, contact_id)
    select ${ctx.workspaceId}::uuid, id from unnest(${people.map(({ id }) => id)}::uuid[]) id`;
  await linkTags(tx, people);
}

/** A contact that was deleted meanwhile stays deleted: links follow the rows that were there to update. */
async function patchPeople(tx: Db, ctx: WorkspaceContext, patches: readonly Patch[]): Promise<void> {
  const updated = await tx.$queryRaw<{ id: string }[]>`
    update contacts c set
      first_name = coalesce(p."firstName", c.first_name),
      last_name = coalesce(p."lastName", c.last_name),
      language = coalesce(p.language, c.language),
      custom_fields = c.custom_fields || p."customFields",
      tag_ids = c.tag_ids || array(select t from unnest(p."tagIds") t where t <> all (c.tag_ids)),
      workspace_ids = case when c.workspace_ids @> array[${ctx.workspaceId}::uuid] then c.workspace_ids
        else c.workspace_ids || ${ctx.workspaceId}::uuid end,
      updated_at = now()
    from jsonb_to_recordset(${JSON.stringify(patches)}::jsonb) as p(id uuid, "isLinked" boolean, "firstName" text,
      "lastName" text, language text, "customFields" jsonb, "tagIds" uuid[])
    where c.id = p.id and (p."isLinked" or c.workspace_ids @> array[${ctx.workspaceId}::uuid])
    returning c.id`;
  const ids = new Set(updated.map(({ id }) => id));
  const present = patches.filter(({ id }) => ids.has(id));
  const linked = present.filter(({ isLinked }) => isLinked).map(({ id }) => id);
  if (linked.length > 0)
    await tx.$executeRaw`
      insert into contact_workspaces (workspace_id, contact_id)
      select ${ctx.workspaceId}::uuid, id from unnest(${linked}::uuid[]) id on conflict do nothing`;
  await linkTags(tx, present);
}

async function linkTags(tx: Db, people: readonly { id: string; tagIds: readonly string[] }[]): Promise<void> {
  const links = people.flatMap(({ id, tagIds }) => tagIds.map((tagId) => [id, tagId] as const));
  if (links.length === 0) return;
  await tx.$executeRaw`
    insert into contact_tags (contact_id, tag_id)
    select * from unnest(${links.map(([id]) => id)}::uuid[], ${links.map(([, tagId]) => tagId)}::uuid[])
    on conflict do nothing`;
}
