import type { Role } from "@hustings/contracts/roles";
import type { User } from "@hustings/contracts/users";
import type { UserModel } from "@hustings/db/types";

/** Where somebody is a member, by the workspace's name. */
export const WITH_MEMBERSHIPS = {
  memberships: {
    select: { role: true, workspace: { select: { id: true, name: true, slug: true } } },
    orderBy: { workspace: { name: "asc" } },
  },
} as const;

type UserRow = UserModel & {
  memberships: readonly { role: Role; workspace: { id: string; name: string; slug: string } }[];
};

export const toUser = (row: UserRow): User => ({
  id: row.id,
  name: row.name,
  email: row.email,
  image: row.image,
  isAdmin: row.role === "admin",
  role: row.role,
  isActive: row.isActive,
  lastSignInAt: row.lastSignInAt?.toISOString() ?? null,
  memberships: row.memberships.map(({ role, workspace }) => ({
    workspaceId: workspace.id,
    name: workspace.name,
    slug: workspace.slug,
    role,
  })),
});
