import type { Range } from "@hustings/contracts/primitives";
import type { Workspace } from "@hustings/contracts/workspaces";
import type { PrincipalContext } from "../context";
import { effectiveRole } from "./access";
import { toWorkspace } from "./mapper";

/** Workspaces in which the caller has a role, newest first. */
export async function listWorkspaces(
  ctx: PrincipalContext,
  input: Range,
): Promise<{ workspaces: Workspace[]; total: number }> {
  const { userId, installationRole } = ctx.principal;
  const where = installationRole === "admin" ? {} : { memberships: { some: { userId: userId ?? NOBODY } } };
  const [rows, total] = await Promise.all([
    ctx.db.workspace.findMany({
      where,
      include: { memberships: { where: { userId: userId ?? NOBODY }, select: { role: true } } },
      orderBy: { id: "desc" },
      take: input.limit,
      skip: input.offset,
    }),
    ctx.db.workspace.count({ where }),
  ]);
  const workspaces = rows.flatMap((row) => {
    const role = effectiveRole(installationRole, row.memberships[0]?.role ?? null);
    return role ? [toWorkspace(row, role)] : [];
  });
  return { workspaces, total };
}

/** The id that no user has: of the system, which has no memberships. */
const NOBODY = "00000000-0000-0000-0000-000000000000";
