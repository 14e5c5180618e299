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
  const row = await findActive(ctx, userId);
  if (!row || (row.sessionsEndedAt && beganAt <= row.sessionsEndedAt)) return null;
  return { ...toPerson(row), via: { kind: "session" } };
}

/** Somebody with the installation role of this moment; null when they are gone or deactivated. */
export async function findPerson(ctx: Pick<CoreContext, "db">, userId: string): Promise<Omit<Principal, "via"> | null> {
  const row = await findActive(ctx, userId);
  return row && toPerson(row);
}

const findActive = (ctx: Pick<CoreContext, "db">, userId: string) =>
  ctx.db.user.findUnique({
    where: { id: userId, isActive: true },
    select: { id: true, name: true, email: true, role: true, sessionsEndedAt: true },
  });

const toPerson = ({ id, name, email, role }: NonNullable<Awaited<ReturnType<typeof findActive>>>) => ({
  userId: id,
  name,
  email,
  installationRole: role,
});
