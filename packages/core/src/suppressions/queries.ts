import type { ListSuppressionsInput, Suppression } from "@hustings/contracts/suppressions";
import { type Sql, sql } from "@hustings/db/client";
import type { SuppressionModel } from "@hustings/db/types";
import type { WorkspaceContext } from "../context";
import { escapeLike } from "../segments/conditions/text";
import { toSuppression } from "./mapper";

type SuppressionRow = SuppressionModel & { total: number };

/**
 * The condition on `suppressions s`: the workspace's own, and those of the installation, of which everybody but a
 * global admin sees only the addresses that the workspace knows.
 */
export function visibleSuppressions(ctx: WorkspaceContext): Sql {
  const own = sql`s.workspace_id = ${ctx.workspaceId}::uuid`;
  if (ctx.isGlobalAdmin) return sql`(${own} or s.workspace_id is null)`;
  return sql`(${own} or (s.workspace_id is null and exists (
    select 1 from contacts c where c.email = s.email and c.workspace_ids @> array[${ctx.workspaceId}::uuid])))`;
}

/** Suppressed addresses that the caller may see, newest first; `search` is a part of the address, ignoring case. */
export async function listSuppressions(
  ctx: WorkspaceContext,
  input: ListSuppressionsInput,
): Promise<{ suppressions: Suppression[]; total: number }> {
  const found = input.search ? sql`s.email like lower(${`%${escapeLike(input.search)}%`}::text)` : sql`true`;
  const where = sql`${visibleSuppressions(ctx)} and ${found}`;
  const rows = await ctx.db.$queryRaw<SuppressionRow[]>`
    select s.id, s.email, s.reason, s.workspace_id as "workspaceId", s.created_at as "createdAt", (count(*) over ())::int as total
    from suppressions s where ${where} order by s.id desc limit ${input.limit} offset ${input.offset}`;
  return { suppressions: rows.map(toSuppression), total: rows[0]?.total ?? (await countWhere(ctx, where)) };
}

/** Past the end of the list there is no row to read the total from. */
async function countWhere(ctx: WorkspaceContext, where: Sql): Promise<number> {
  const rows = await ctx.db.$queryRaw<
    { total: number }[]
  >`select count(*)::int as total from suppressions s where ${where}`;
  return rows[0]?.total ?? 0;
}
