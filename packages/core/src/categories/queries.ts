import type { Category } from "@hustings/contracts/categories";
import type { Range } from "@hustings/contracts/primitives";
import type { WorkspaceContext } from "../context";
import { toCategory } from "./mapper";

/** Categories of the workspace, newest first. */
export async function listCategories(
  ctx: WorkspaceContext,
  input: Range,
): Promise<{ categories: Category[]; total: number }> {
  const where = { workspaceId: ctx.workspaceId };
  const [rows, total] = await Promise.all([
    ctx.db.category.findMany({ where, orderBy: { id: "desc" }, take: input.limit, skip: input.offset }),
    ctx.db.category.count({ where }),
  ]);
  return { categories: rows.map(toCategory), total };
}
