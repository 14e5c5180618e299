import type { CoreContext, Principal } from "../context";

/**
 * The person behind a browser session, with the installation role of this moment; null when the user is gone or
 * deactivated, which ends the session at its next request.
 */
export async function findSessionPrincipal(ctx: Pick<CoreContext, "db">, userId: string): Promise<Principal | null> {
  const row = await ctx.db.user.findUnique({
    where: { id: userId, isActive: true },
    select: { id: true, name: true, email: true, role: true },
  });
  if (!row) return null;
  return { userId: row.id, name: row.name, email: row.email, installationRole: row.role, via: { kind: "session" } };
}

/** The active user with this address (already lower-cased), or null: nobody else may sign in. */
export async function findUserForSignIn(
  ctx: Pick<CoreContext, "db">,
  email: string,
): Promise<{ id: string; name: string } | null> {
  return ctx.db.user.findUnique({ where: { email, isActive: true }, select: { id: true, name: true } });
}

/** Keeps the picture that the identity provider gives; people without one have initials. */
export async function recordSignIn(ctx: Pick<CoreContext, "db">, userId: string, image: string | null): Promise<void> {
  if (image !== null) await ctx.db.user.updateMany({ where: { id: userId }, data: { image } });
}
