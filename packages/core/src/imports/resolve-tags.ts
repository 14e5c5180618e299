import type { Db } from "@hustings/db/client";
import { newId } from "@hustings/db/ids";
import type { WorkspaceContext } from "../context";

/** So many tags help nobody: a column of free text was taken for tags. */
export const MAX_IMPORTED_TAGS = 5_000;

/**
 * Ids of tags by the names that rows give them, made when missing. A name is absent when the workspace has too many
 * tags already. With `isDryRun` nothing is made, and a missing tag gets a name that only this run knows.
 *
 * The tags are locked against deletion until the transaction ends, since nothing else ties a link to its tag.
 */
export async function resolveTags(
  tx: Db,
  ctx: WorkspaceContext,
  names: ReadonlySet<string>,
  isDryRun: boolean,
): Promise<Map<string, string>> {
  if (names.size === 0) return new Map();
  const known = await findTags(tx, ctx, [...names]);
  const missing = [...names].filter((name) => !known.has(name));
  if (missing.length === 0) return known;
  if (isDryRun) {
    for (const name of missing) known.set(name, `new:${name.toLowerCase()}`);
    return known;
  }
  const count = await tx.tag.count({ where: { workspaceId: ctx.workspaceId } });
  const room = Math.max(MAX_IMPORTED_TAGS - count, 0);
  if (room === 0) return known;
  // Sorted, so that two imports that make the same tags wait for each other in one order.
  await tx.$executeRaw`
    insert into tags (id, workspace_id, name)
    select id, ${ctx.workspaceId}::uuid, name
    from (select distinct on (lower(name)) id, name
      from unnest(${missing.map(() => newId())}::uuid[], ${missing}::text[]) with ordinality n(id, name, position)
      order by lower(name), position) n
    order by lower(name) limit ${room}
    on conflict do nothing`;
  for (const [name, id] of await findTags(tx, ctx, missing)) known.set(name, id);
  return known;
}

async function findTags(tx: Db, ctx: WorkspaceContext, names: readonly string[]): Promise<Map<string, string>> {
  const rows = await tx.$queryRaw<{ asked: string; id: string }[]>`
    select n.name as asked, t.id from unnest(${names}::text[]) n(name)
    join tags t on t.workspace_id = ${ctx.workspaceId}::uuid and lower(t.name) = lower(n.name)
    for key share of t`;
  return new Map(rows.map(({ asked, id }) => [asked, id]));
}
