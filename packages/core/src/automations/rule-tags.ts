import type { Db } from "@hustings/db/client";
import type { WorkspaceContext } from "../context";
import { resolveTags } from "../imports/resolve-tags";
import type { Effect, TagRef } from "./effect";
import type { TagLookup } from "./plan-changes";

const refKey = (ref: TagRef): string => ("id" in ref ? ref.id : `name:${ref.name}`);
/** Of a tag that is not there: an id that nobody carries. */
const isStandIn = (tagId: string): boolean => tagId.startsWith("new:");

/**
 * Finds the tags of effects among the workspace's own and keeps them from being deleted until the transaction ends.
 * Before contacts are locked, as a deletion takes the tag first too. Something stands in for a name that no tag has.
 */
export async function findRuleTags(db: Db, ctx: WorkspaceContext, effects: readonly Effect[]): Promise<TagLookup> {
  const refs = effects.flatMap(({ tags }) => tags.map(({ ref }) => ref));
  const ids = refs.flatMap((ref) => ("id" in ref ? [ref.id] : []));
  const names = new Set(refs.flatMap((ref) => ("name" in ref ? [ref.name] : [])));
  const found = new Map<string, { id: string; name: string }>();
  if (ids.length > 0) {
    const rows = await db.$queryRaw<{ id: string; name: string }[]>`
      select id, name from tags where id = any(${ids}::uuid[]) and workspace_id = ${ctx.workspaceId}::uuid
      order by id for key share`;
    for (const row of rows) found.set(row.id, row);
  }
  for (const [name, id] of await resolveTags(db, ctx, names, true)) found.set(refKey({ name }), { id, name });
  return (ref) => found.get(refKey(ref)) ?? null;
}

/**
 * Makes the tags that these effects add by a name that no tag has. In a workspace that has too many tags none is made,
 * and such an effect does nothing.
 */
export async function makeMissingTags(
  tx: Db,
  ctx: WorkspaceContext,
  effects: readonly Effect[],
  find: TagLookup,
): Promise<TagLookup> {
  const names = new Set<string>();
  for (const { ref, isAdded } of effects.flatMap(({ tags }) => tags))
    if (isAdded && "name" in ref && isStandIn(find(ref)?.id ?? "")) names.add(ref.name);
  if (names.size === 0) return find;
  const made = await resolveTags(tx, ctx, names, false);
  // Names that differ in case alone have one stand-in.
  const inPlaceOf = new Map([...made].map(([name, id]) => [find({ name })?.id, id]));
  return (ref) => {
    const tag = find(ref);
    if (!tag || !isStandIn(tag.id)) return tag;
    const id = inPlaceOf.get(tag.id);
    return id === undefined ? null : { id, name: tag.name };
  };
}
