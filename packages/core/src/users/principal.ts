import type { CoreContext, Principal } from "../context";

/** What a session cookie says. */
export type Session = { userId: string; beganAt: Date };

/**
 * The person behind a browser session, with the installation role of this moment; null when the user is gone or
 * deactivated, which ends the session at its next request, for good: active again, they sign in anew.
 */
export async function findSessionPrincipal(
  ctx: Pick<CoreContext, "db">,
  { userId, beganAt }: Session,
): Promise<Principal | null> {
  const row = await ctx.db.user.findUnique({
    where: { id: userId, isActive: true },
    select: { id: true, name: true, email: true, role: true, sessionsEndedAt: true },
  });
  if (!row || (row.sessionsEndedAt && beganAt <= row.sessionsEndedAt)) return null;
  return { userId: row.id, name: row.name, email: row.email, installationRole: row.role, via: { kind: "session" } };
}
