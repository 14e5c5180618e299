import type { AuditEntry, ListAuditInput } from "@hustings/contracts/audit";
import type { AuditEntryModel, Prisma } from "@hustings/db/types";
import type { WorkspaceContext } from "../context";

/**
 * What was done in the workspace, newest first. A global admin in the global workspace also sees what belongs to the
 * installation: users, workspaces, core fields.
 */
export async function listAudit(
  ctx: WorkspaceContext,
  { page, pageSize, targetType, targetId, scriptRunId }: ListAuditInput,
): Promise<{ entries: AuditEntry[]; total: number; page: number; pageSize: number }> {
  const own: Prisma.AuditEntryWhereInput = { workspaceId: ctx.workspaceId };
  const scope = ctx.isGlobalWorkspace && ctx.isGlobalAdmin ? { OR: [own, { workspaceId: null }] } : own;
  const byRun = scriptRunId ? { actorKind: "script", actorId: scriptRunId } : {};
  const where = { ...scope, ...byRun, targetType, targetId };
  const [rows, total] = await Promise.all([
    ctx.db.auditEntry.findMany({ where, orderBy: { id: "desc" }, take: pageSize, skip: (page - 1) * pageSize }),
    ctx.db.auditEntry.count({ where }),
  ]);
  return { entries: rows.map(toAuditEntry), total, page, pageSize };
}

const toAuditEntry = (row: AuditEntryModel): AuditEntry => ({
  id: row.id,
  actorKind: row.actorKind,
  actorId: row.actorId,
  actorName: row.actorName,
  action: row.action,
  targetType: row.targetType,
  targetId: row.targetId,
  // A JSON column is whatever was written; recordChange writes objects alone.
  details: row.details as Record<string, unknown>,
  createdAt: row.createdAt.toISOString(),
});
