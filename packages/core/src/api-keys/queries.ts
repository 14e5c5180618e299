import type { ApiKey } from "@hustings/contracts/api-keys";
import type { Range } from "@hustings/contracts/primitives";
import type { WorkspaceContext } from "../context";
import { toApiKey } from "./mapper";

/** Keys made in the workspace, revoked ones included, newest first. */
export async function listApiKeys(ctx: WorkspaceContext, input: Range): Promise<{ keys: ApiKey[]; total: number }> {
  const where = { workspaceId: ctx.workspaceId };
  const [rows, total] = await Promise.all([
    ctx.db.apiKey.findMany({
      where,
      include: { user: { select: { name: true, email: true, isActive: true } } },
      orderBy: { id: "desc" },
      take: input.limit,
      skip: input.offset,
    }),
    ctx.db.apiKey.count({ where }),
  ]);
  return { keys: rows.map(toApiKey), total };
}
