import type { FieldDefinition, FieldScope } from "@hustings/contracts/fields";
import type { Range } from "@hustings/contracts/primitives";
import type { Prisma } from "@hustings/db/types";
import type { WorkspaceContext } from "../context";
import { toFieldDefinition } from "./mapper";

/** Definitions that the caller sees: the core ones, the workspace's own, and for global admins the internal ones. */
export function visibleFields(
  ctx: Pick<WorkspaceContext, "isGlobalAdmin"> & { workspaceId: string },
): Prisma.FieldDefinitionWhereInput {
  const scopes: FieldScope[] = ctx.isGlobalAdmin ? ["core", "global_internal"] : ["core"];
  return { OR: [{ scope: { in: scopes } }, { scope: "workspace", workspaceId: ctx.workspaceId }] };
}

/** Field definitions by `sortOrder`, then name; `total` counts all of them. */
export async function listFields(
  ctx: WorkspaceContext,
  input: Range,
): Promise<{ fields: FieldDefinition[]; total: number }> {
  const where = visibleFields(ctx);
  const [rows, total] = await Promise.all([
    ctx.db.fieldDefinition.findMany({
      where,
      orderBy: [{ sortOrder: "asc" }, { name: "asc" }, { id: "asc" }],
      take: input.limit,
      skip: input.offset,
    }),
    ctx.db.fieldDefinition.count({ where }),
  ]);
  return { fields: rows.map(toFieldDefinition), total };
}
