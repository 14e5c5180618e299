import type { Tag } from "@hustings/contracts/tags";
import type { TagModel } from "@hustings/db/types";

export const toTag = (row: TagModel): Tag => ({
  id: row.id,
  name: row.name,
  color: row.color,
  createdAt: row.createdAt.toISOString(),
});
