import { hasRole, type Role } from "@hustings/contracts/roles";
import type { Principal, PrincipalContext } from "@hustings/core/context";
import { DomainError } from "@hustings/core/errors";
import { assertGlobalAdmin, openWorkspace } from "@hustings/core/workspaces/access";
import type { ApiContext } from "./context";
import { baseProcedure } from "./trpc";

const ANONYMOUS: Principal = {
  userId: null,
  name: "Anonymous (local)",
  email: null,
  installationRole: "member",
  via: { kind: "anonymous" },
};

const unauthenticated = () => new DomainError("unauthenticated", "Sign in or send an API key");

const asPrincipal = (ctx: ApiContext, principal: Principal): PrincipalContext => ({ ...ctx.core, principal });

/** Anyone at all. */
export const publicProcedure = baseProcedure.meta({ auth: "none" });

/** Every signed-in user or key, with or without a membership. Gives `ctx.session`. */
export const sessionProcedure = baseProcedure.meta({ auth: "session" }).use(({ ctx, next }) => {
  if (!ctx.principal) throw unauthenticated();
  return next({ ctx: { session: asPrincipal(ctx, ctx.principal) } });
});

/** What belongs to the installation. Gives `ctx.session`. */
export const globalAdminProcedure = baseProcedure.meta({ auth: "globalAdmin" }).use(({ ctx, next }) => {
  if (!ctx.principal) throw unauthenticated();
  const session = asPrincipal(ctx, ctx.principal);
  assertGlobalAdmin(session);
  return next({ ctx: { session } });
});

/**
 * What belongs to a workspace, for callers whose effective role there is at least `required`.
 * Gives `ctx.workspace`, the scope that core functions take.
 */
export const workspaceProcedure = (required: Role) =>
  baseProcedure
    .meta({ auth: required })
    .use(async ({ ctx, next }) => next({ ctx: { workspace: await enter(ctx, ctx.principal, required) } }));

/**
 * Like `workspaceProcedure`, for what must not land in a workspace by chance: a session has to name it. An API key
 * stands for the workspace that it was made in.
 */
export const namedWorkspaceProcedure = (required: Role) =>
  baseProcedure.meta({ auth: required }).use(async ({ ctx, next }) => {
    if (ctx.principal?.via.kind === "session" && !ctx.headers["x-workspace-id"])
      throw new DomainError("invalid", "Missing workspace", ["X-Workspace-Id: is required"]);
    return next({ ctx: { workspace: await enter(ctx, ctx.principal, required) } });
  });

/**
 * What belongs to the workspace of the record in the path, whatever the header says. Gives `ctx.session`; the core
 * function lets in (`openWorkspaceById`, `openOrNotFound`), since only the record tells the workspace.
 */
export const recordAdminProcedure = sessionProcedure.meta({ auth: "recordAdmin" });

/**
 * What the reference marks "No auth required": like `workspaceProcedure`, and also without credentials
 * where `ANONYMOUS_API=local` allows it.
 */
export const openProcedure = (required: "viewer" | "member") =>
  baseProcedure.meta({ auth: "open", openTo: required }).use(async ({ ctx, next }) => {
    const principal = ctx.principal ?? (ctx.isAnonymousAllowed ? ANONYMOUS : null);
    return next({ ctx: { workspace: await enter(ctx, principal, required) } });
  });

/** What `workspaceProcedure` gives, for the raw handlers of what JSON cannot carry. @throws DomainError as it does */
export const enterWorkspace = (ctx: ApiContext, required: Role) => enter(ctx, ctx.principal, required);

async function enter(ctx: ApiContext, principal: Principal | null, required: Role) {
  if (!principal) throw unauthenticated();
  const workspace = await openWorkspace(asPrincipal(ctx, principal), ctx.headers["x-workspace-id"]);
  if (!hasRole(workspace.role, required)) throw new DomainError("forbidden", `This needs the role ${required}`);
  return workspace;
}
