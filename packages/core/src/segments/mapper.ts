import { filter } from "@hustings/contracts/filter";
import type { Segment } from "@hustings/contracts/segments";
import type { SegmentModel } from "@hustings/db/types";

export const toSegment = (row: SegmentModel): Segment => ({
  id: row.id,
  name: row.name,
  description: row.description,
  filter: filter.parse(row.filter),
  crossWorkspace: row.crossWorkspace,
  createdAt: row.createdAt.toISOString(),
  updatedAt: row.updatedAt.toISOString(),
});
