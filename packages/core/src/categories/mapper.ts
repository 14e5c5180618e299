import type { Category } from "@hustings/contracts/categories";
import type { CategoryModel } from "@hustings/db/types";

export const toCategory = (row: CategoryModel): Category => ({
  id: row.id,
  name: row.name,
  description: row.description,
  createdAt: row.createdAt.toISOString(),
});
