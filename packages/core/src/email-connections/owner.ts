import { hasRole } from "@hustings/contracts/roles";
import type { Db } from "@hustings/db/client";
import type { EmailConnectionModel } from "@hustings/db/types";
import type { Gmail } from "@hustings/google/gmail";
import type { CoreContext, PrincipalContext, WorkspaceContext } from "../context";
import { DomainError, notFound } from "../errors";
import { effectiveRole, openWorkspace } from "../workspaces/access";

/** The user whose connections these are. @throws DomainError `unauthenticated` for a caller who is no user. */
export function ownerId(ctx: PrincipalContext): string {
  const { userId } = ctx.principal;
  if (!userId) throw new DomainError("unauthenticated", "Sign in or send an API key");
  return userId;
}

/** @throws DomainError `unavailable` where the operator has not set Gmail up. */
export function requireGmail(ctx: CoreContext): Gmail {
  const { gmail } = ctx.ports;
  if (!gmail) throw new DomainError("unavailable", "Gmail is not set up on this server");
  return gmail;
}

/** @throws DomainError `not_found`; `forbidden` for somebody else's, as the reference has it. */
export async function getOwnConnection(
  ctx: PrincipalContext,
  id: string,
  db: Db = ctx.db,
): Promise<EmailConnectionModel> {
  const row = await db.emailConnection.findUnique({ where: { id } });
  if (!row) throw notFound("Email connection");
  if (row.userId !== ownerId(ctx)) throw new DomainError("forbidden", "This email connection is somebody else's");
  return row;
}

/**
 * The workspace of a request about somebody's own mailbox; null when the person has none and names none.
 *
 * @throws DomainError `forbidden` when a workspace is named in which the person has no role.
 */
export async function findWorkspace(
  ctx: PrincipalContext,
  named: string | undefined,
): Promise<WorkspaceContext | null> {
  try {
    return await openWorkspace(ctx, named);
  } catch (error) {
    if (named === undefined && error instanceof DomainError && error.kind === "forbidden") return null;
    throw error;
  }
}

/** Whether a user may write into a workspace now: what a mailbox adds to its timelines is the owner's doing. */
export async function mayWriteInto(db: Db, userId: string, workspaceId: string): Promise<boolean> {
  const [user, membership] = await Promise.all([
    db.user.findUnique({ where: { id: userId }, select: { role: true, isActive: true } }),
    db.membership.findUnique({ where: { workspaceId_userId: { workspaceId, userId } }, select: { role: true } }),
  ]);
  const role = user?.isActive ? effectiveRole(user.role, membership?.role ?? null) : null;
  return role !== null && hasRole(role, "member");
}
