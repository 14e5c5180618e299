import { hasRole, type Role } from "@hustings/contracts/roles";
import type { CoreContext, Principal, PrincipalContext, WorkspaceContext, WorkspaceId } from "../context";
import { DomainError } from "../errors";

/** Slug of the workspace in which the anonymous local API acts, and which the first start fills with a demo. */
export const DEMO_WORKSPACE_SLUG = "demo";

type AccessRow = { id: string; slug: string; isGlobal: boolean; membership: Role | null };

/**
 * The role that follows from the installation role and the membership: a global admin is admin everywhere,
 * an installation `viewer` never more than viewer, and without a membership there is no role.
 */
export function effectiveRole(installationRole: Role, membership: Role | null): Role | null {
  if (installationRole === "admin") return "admin";
  if (membership === null) return null;
  return installationRole === "viewer" ? "viewer" : membership;
}

const refused = () => new DomainError("forbidden", "No access to this workspace");

/**
 * Lets a principal into a workspace: the one it names, else an API key's own, else a session's last chosen,
 * else its first membership.
 *
 * @throws DomainError `forbidden` alike for a workspace that does not exist and one without a role in it.
 */
export async function openWorkspace(ctx: PrincipalContext, requestedId: string | undefined): Promise<WorkspaceContext> {
  const row = await findAccess(ctx, requestedId);
  if (!row) throw refused();
  const role = ctx.principal.via.kind === "anonymous" ? anonymousRole(row) : roleOf(ctx.principal, row);
  if (!role) throw refused();
  return {
    ...ctx,
    workspaceId: row.id as WorkspaceId,
    role,
    isGlobalWorkspace: row.isGlobal,
    isGlobalAdmin: isGlobalAdminIn(row, ctx.principal),
  };
}

/**
 * Opens a workspace for a job or the command line, which act with nobody's role.
 *
 * @throws DomainError `not_found` when the workspace is gone.
 */
export async function openWorkspaceAsSystem(
  ctx: CoreContext,
  workspaceId: string,
  name: string,
): Promise<WorkspaceContext> {
  const row = await ctx.db.workspace.findUnique({ where: { id: workspaceId } });
  if (!row) throw new DomainError("not_found", "Workspace not found");
  const principal: Principal = {
    userId: null,
    name,
    email: null,
    installationRole: "admin",
    via: { kind: "system", name },
  };
  return {
    ...ctx,
    principal,
    workspaceId: row.id as WorkspaceId,
    role: "admin",
    isGlobalWorkspace: row.isGlobal,
    isGlobalAdmin: true,
  };
}

/**
 * Opens the global workspace for what comes in from outside and is nobody's request.
 *
 * @throws DomainError `unavailable` before the installation has been set up.
 */
export async function openGlobalWorkspace(ctx: CoreContext, name: string): Promise<WorkspaceContext> {
  return openWorkspaceAsSystem(ctx, await getGlobalWorkspaceId(ctx), name);
}

/** @throws DomainError `unavailable` before the installation has been set up. */
export async function getGlobalWorkspaceId(ctx: Pick<CoreContext, "db">): Promise<string> {
  const row = await ctx.db.workspace.findFirst({ where: { isGlobal: true }, select: { id: true } });
  if (!row) throw new DomainError("unavailable", "There is no global workspace yet");
  return row.id;
}

/** @throws DomainError `forbidden` when the role is too low. */
export function assertRole(ctx: WorkspaceContext, required: Role): void {
  if (!hasRole(ctx.role, required)) throw new DomainError("forbidden", `This needs the role ${required}`);
}

/** @throws DomainError `forbidden` unless the caller administers the whole installation. */
export function assertGlobalAdmin(ctx: PrincipalContext): void {
  if (ctx.principal.installationRole !== "admin" || ["anonymous", "script"].includes(ctx.principal.via.kind))
    throw new DomainError("forbidden", "This needs a global admin");
}

/** A script reaches over the edge of its workspace in the global one alone. */
const isGlobalAdminIn = (row: AccessRow, { installationRole, via }: Principal): boolean =>
  installationRole === "admin" && via.kind !== "anonymous" && (via.kind !== "script" || row.isGlobal);

const roleOf = (principal: Principal, row: AccessRow) => effectiveRole(principal.installationRole, row.membership);
const anonymousRole = (row: AccessRow): Role | null => (row.slug === DEMO_WORKSPACE_SLUG ? "member" : null);

async function findAccess(ctx: PrincipalContext, requestedId: string | undefined): Promise<AccessRow | undefined> {
  const { principal } = ctx;
  const id = requestedId ?? (principal.via.kind === "apiKey" ? principal.via.workspaceId : undefined);
  if (id !== undefined) {
    if (!UUID.test(id)) return undefined;
    const rows = await ctx.db.$queryRaw<AccessRow[]>`
      select w.id, w.slug, w.is_global as "isGlobal", m.role as membership
      from workspaces w
      left join memberships m on m.workspace_id = w.id and m.user_id = ${principal.userId}::uuid
      where w.id = ${id}::uuid`;
    return rows[0];
  }
  if (principal.via.kind === "anonymous") {
    const demo = await ctx.db.workspace.findUnique({ where: { slug: DEMO_WORKSPACE_SLUG } });
    return demo ? { id: demo.id, slug: demo.slug, isGlobal: demo.isGlobal, membership: null } : undefined;
  }
  const rows = await ctx.db.$queryRaw<AccessRow[]>`
    select w.id, w.slug, w.is_global as "isGlobal", m.role as membership
    from workspaces w
    join users u on u.id = ${principal.userId}::uuid
    left join memberships m on m.workspace_id = w.id and m.user_id = u.id
    where m.user_id is not null or u.role = 'admin'
    order by (w.id = u.last_workspace_id) desc nulls last, (m.user_id is not null) desc, m.created_at, w.created_at
    limit 1`;
  return rows[0];
}

const UUID = /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/i;
