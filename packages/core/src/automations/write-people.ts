import { type Db, sql } from "@hustings/db/client";
import type { PersonState } from "./plan-changes";

type Change = { before: PersonState; next: PersonState };

/**
 * Writes what rules made of people whom the caller holds locked: each row once, its tags' links with their copy, so that
 * the triggers of the links find nothing to do. `round` is what the triggers note these changes as.
 */
export async function writePeople(tx: Db, people: readonly Change[], round: number): Promise<void> {
  const rows = people.flatMap((change) => toRow(change) ?? []);
  if (rows.length === 0) return;
  await tx.$queryRaw`select set_config('hustings.automation_round', ${String(round)}, true)`;
  await tx.$executeRaw`
    update contacts c set
      first_name = p."firstName", last_name = p."lastName", language = p.language,
      globally_unsubscribed = p."globallyUnsubscribed",
      custom_fields = case when p."isFieldChanged" then (c.custom_fields || p.set) - p.removed else c.custom_fields end,
      tag_ids = p."tagIds",
      updated_at = case when p."isFieldChanged" then now() else c.updated_at end
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as p(id uuid, "firstName" text, "lastName" text, language text,
      "globallyUnsubscribed" boolean, set jsonb, removed text[], "tagIds" uuid[], "isFieldChanged" boolean)
    where c.id = p.id`;
  const links = (of: "added" | "lost") => rows.flatMap((row) => row[of].map((tagId) => [row.id, tagId] as const));
  await linkTags(tx, links("added"));
  await unlinkTags(tx, links("lost"));
  await tx.$queryRaw`select set_config('hustings.automation_round', '', true)`;
}

/** Null where rules took back what they had done. */
function toRow({ before, next }: Change) {
  const { tagIds } = next;
  const added = tagIds.filter((id) => !before.tagIds.includes(id));
  const lost = before.tagIds.filter((id) => !tagIds.includes(id));
  const set = Object.fromEntries(
    Object.entries(next.customFields).filter(([key, value]) => before.customFields[key] !== value),
  );
  const removed = Object.keys(before.customFields).filter((key) => !Object.hasOwn(next.customFields, key));
  const isFieldChanged =
    Object.keys(set).length + removed.length > 0 ||
    (["firstName", "lastName", "language", "globallyUnsubscribed"] as const).some((key) => before[key] !== next[key]);
  if (!isFieldChanged && added.length + lost.length === 0) return null;
  const { id, firstName, lastName, language, globallyUnsubscribed } = next;
  return { id, firstName, lastName, language, globallyUnsubscribed, set, removed, tagIds, added, lost, isFieldChanged };
}

type Link = readonly [contactId: string, tagId: string];

async function linkTags(tx: Db, links: readonly Link[]): Promise<void> {
  if (links.length === 0) return;
  await tx.$executeRaw`
    insert into contact_tags (contact_id, tag_id) select * from ${unnested(links)} on conflict do nothing`;
}

async function unlinkTags(tx: Db, links: readonly Link[]): Promise<void> {
  if (links.length === 0) return;
  await tx.$executeRaw`
    delete from contact_tags l using ${unnested(links)} as gone(contact_id, tag_id)
    where l.contact_id = gone.contact_id and l.tag_id = gone.tag_id`;
}

const unnested = (links: readonly Link[]) =>
  sql`unnest(${links.map(([contactId]) => contactId)}::uuid[], ${links.map(([, tagId]) => tagId)}::uuid[])`;
