import type { Role } from "@hustings/contracts/roles";
import type { ChooseWorkspaceInput, SessionView, SignInOptions } from "@hustings/contracts/session";
import type { CoreContext, PrincipalContext } from "../context";
import { DomainError, invalid } from "../errors";
import { DEMO_WORKSPACE_SLUG, effectiveRole, openWorkspace } from "../workspaces/access";
import { toWorkspace } from "../workspaces/mapper";

/** Addresses of the people whom the first start makes; the local sign-in knows only them. */
export const DEMO_EMAIL_DOMAIN = "hustings.local";

/** Who asks, the workspaces that are open to them, and the one in which a request without a header works. */
export async function getSession(ctx: PrincipalContext): Promise<SessionView> {
  const user = await ctx.db.user.findUnique({
    where: { id: requireUserId(ctx) },
    select: { id: true, name: true, email: true, image: true, role: true },
  });
  if (!user) throw new DomainError("unauthenticated", "This user is gone");
  const workspaces = await listOwnWorkspaces(ctx, user.id, user.role);
  return {
    user,
    isGlobalAdmin: user.role === "admin",
    workspaces,
    currentWorkspaceId: workspaces.length === 0 ? null : (await openWorkspace(ctx, undefined)).workspaceId,
    emailMode: ctx.settings.emailMode,
  };
}

/**
 * Remembers the workspace that a person works in, for requests without `X-Workspace-Id`.
 *
 * @throws DomainError `invalid` when there is no such workspace for this person.
 */
export async function chooseWorkspace(ctx: PrincipalContext, input: ChooseWorkspaceInput): Promise<SessionView> {
  const userId = requireUserId(ctx);
  try {
    await openWorkspace(ctx, input.currentWorkspaceId);
  } catch (error) {
    if (error instanceof DomainError && error.kind === "forbidden")
      throw invalid("Validation failed", ["currentWorkspaceId: not found"]);
    throw error;
  }
  await ctx.db.user.updateMany({ where: { id: userId }, data: { lastWorkspaceId: input.currentWorkspaceId } });
  return getSession(ctx);
}

/** The ways to sign in here; lists the people of the demo only where the local sign-in is on. */
export async function getSignInOptions(ctx: CoreContext): Promise<SignInOptions> {
  const { signIn, emailMode } = ctx.settings;
  const local = signIn.isLocal ? await listDemoUsers(ctx) : [];
  return { google: signIn.isGoogle, local, contact: signIn.contact ?? null, emailMode };
}

const RANK: Record<Role, number> = { admin: 0, member: 1, viewer: 2 };

async function listDemoUsers(ctx: CoreContext): Promise<SignInOptions["local"]> {
  const users = await ctx.db.user.findMany({
    where: { isActive: true, email: { endsWith: `@${DEMO_EMAIL_DOMAIN}` } },
    select: {
      email: true,
      name: true,
      role: true,
      memberships: { where: { workspace: { slug: DEMO_WORKSPACE_SLUG } }, select: { role: true } },
    },
    take: 50,
  });
  return users
    .flatMap(({ email, name, role, memberships }) => {
      const effective = effectiveRole(role, memberships[0]?.role ?? null);
      return effective ? [{ email, name, role: effective }] : [];
    })
    .sort((a, b) => RANK[a.role] - RANK[b.role] || a.email.localeCompare(b.email));
}

async function listOwnWorkspaces(
  ctx: PrincipalContext,
  userId: string,
  installationRole: Role,
): Promise<SessionView["workspaces"]> {
  const rows = await ctx.db.workspace.findMany({
    where: installationRole === "admin" ? {} : { memberships: { some: { userId } } },
    include: { memberships: { where: { userId }, select: { role: true } } },
    orderBy: [{ name: "asc" }, { id: "asc" }],
    take: 1_000,
  });
  return rows.flatMap((row) => {
    const role = effectiveRole(installationRole, row.memberships[0]?.role ?? null);
    return role ? [toWorkspace(row, role)] : [];
  });
}

/** @throws DomainError `unauthenticated` for who is no person: a job, the command line. */
export function requireUserId(ctx: PrincipalContext): string {
  if (!ctx.principal.userId) throw new DomainError("unauthenticated", "Sign in or send an API key");
  return ctx.principal.userId;
}
