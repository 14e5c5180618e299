import type { Range } from "@hustings/contracts/primitives";
import type { Tag } from "@hustings/contracts/tags";
import type { WorkspaceContext } from "../context";

type TagRow = { id: string; name: string; color: string | null; created_at: Date; contacts: number; total: number };

/** Tags of the workspace by name, ignoring case, with how many contacts carry each; `total` counts all of them. */
export async function listTags(ctx: WorkspaceContext, input: Range): Promise<{ tags: Tag[]; total: number }> {
  const rows = await ctx.db.$queryRaw<TagRow[]>`
    with page as materialized (
      select id, name, color, created_at, (count(*) over ())::int as total
      from tags where workspace_id = ${ctx.workspaceId}::uuid
      order by lower(name), id limit ${input.limit} offset ${input.offset})
    select page.*, (select count(*) from contact_tags l where l.tag_id = page.id)::int as contacts
    from page order by lower(name), id`;
  const tags = rows.map((row) => ({
    id: row.id,
    name: row.name,
    color: row.color,
    contactCount: row.contacts,
    createdAt: row.created_at.toISOString(),
  }));
  return { tags, total: rows[0]?.total ?? (await countTags(ctx, input)) };
}

/** Past the end of the list there is no row to read the total from. */
const countTags = (ctx: WorkspaceContext, input: Range): Promise<number> | number =>
  input.offset === 0 ? 0 : ctx.db.tag.count({ where: { workspaceId: ctx.workspaceId } });
