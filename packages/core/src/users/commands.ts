import type { UpdateUserInput, User } from "@hustings/contracts/users";
import { inTransaction } from "@hustings/db/client";
import { recordChange } from "../audit/record-change";
import type { PrincipalContext } from "../context";
import { invalid, notFound } from "../errors";
import { assertGlobalAdmin } from "../workspaces/access";
import { lockGlobalAdmins } from "./global-admins";
import { toUser, WITH_MEMBERSHIPS } from "./mapper";

/**
 * Sets the installation role of a user, and whether they are active. Takes effect at their next request; a session that
 * ends so stays over.
 *
 * @throws DomainError `forbidden` unless a global admin asks; `not_found`; `invalid` when no active global admin would
 * be left.
 */
export async function updateUser(ctx: PrincipalContext, { id, role, isActive }: UpdateUserInput): Promise<User> {
  assertGlobalAdmin(ctx);
  return inTransaction(ctx.db, async (tx) => {
    await lockGlobalAdmins(tx);
    const known = await tx.user.findUnique({ where: { id } });
    if (!known) throw notFound("User");
    const ended = known.isActive && isActive === false ? { sessionsEndedAt: ctx.ports.now() } : {};
    const row = await tx.user.update({ where: { id }, data: { role, isActive, ...ended }, include: WITH_MEMBERSHIPS });
    if ((await tx.user.count({ where: { role: "admin", isActive: true } })) === 0)
      throw invalid("The last global admin cannot be demoted or deactivated");
    const change = { role: row.role, isActive: row.isActive };
    const before = { role: known.role, isActive: known.isActive };
    await recordChange(
      tx,
      { principal: ctx.principal },
      { action: "users.update", targetType: "user", targetId: id, details: { ...change, before } },
    );
    return toUser(row);
  });
}
