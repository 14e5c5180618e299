import type { User } from "@hustings/contracts/users";
import type { UserModel } from "@hustings/db/types";

export const toUser = (row: UserModel): User => ({
  id: row.id,
  name: row.name,
  email: row.email,
  image: row.image,
  isAdmin: row.role === "admin",
  role: row.role,
  isActive: row.isActive,
});
