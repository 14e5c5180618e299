import type { Range } from "@hustings/contracts/primitives";
import type { User } from "@hustings/contracts/users";
import type { PrincipalContext } from "../context";
import { assertGlobalAdmin } from "../workspaces/access";
import { toUser } from "./mapper";

/**
 * Everybody who may or might sign in, newest first.
 *
 * @throws DomainError `forbidden` unless a global admin asks.
 */
export async function listUsers(ctx: PrincipalContext, input: Range): Promise<{ users: User[]; total: number }> {
  assertGlobalAdmin(ctx);
  const [rows, total] = await Promise.all([
    ctx.db.user.findMany({ orderBy: { id: "desc" }, take: input.limit, skip: input.offset }),
    ctx.db.user.count(),
  ]);
  return { users: rows.map(toUser), total };
}
