import type { ListUsersInput, User } from "@hustings/contracts/users";
import type { Prisma } from "@hustings/db/types";
import type { PrincipalContext } from "../context";
import { assertGlobalAdmin } from "../workspaces/access";
import { toUser, WITH_MEMBERSHIPS } from "./mapper";

/**
 * Everybody who may or might sign in, newest first, with what they are where. `search`: each of its words is a part of
 * name or address.
 *
 * @throws DomainError `forbidden` unless a global admin asks.
 */
export async function listUsers(
  ctx: PrincipalContext,
  { search, limit, offset }: ListUsersInput,
): Promise<{ users: User[]; total: number }> {
  assertGlobalAdmin(ctx);
  const where = matching(search ?? "");
  const [rows, total] = await Promise.all([
    ctx.db.user.findMany({ where, include: WITH_MEMBERSHIPS, orderBy: { id: "desc" }, take: limit, skip: offset }),
    ctx.db.user.count({ where }),
  ]);
  return { users: rows.map(toUser), total };
}

function matching(search: string): Prisma.UserWhereInput {
  const words = search.split(/\s+/).filter((word) => word !== "");
  return {
    AND: words.map((word) => {
      const holds = { contains: word.replace(/[\\%_]/g, "\\$&"), mode: "insensitive" } as const;
      return { OR: [{ name: holds }, { email: holds }] };
    }),
  };
}
