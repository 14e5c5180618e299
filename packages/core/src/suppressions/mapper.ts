import type { Suppression } from "@hustings/contracts/suppressions";
import type { SuppressionModel } from "@hustings/db/types";

export const toSuppression = (row: SuppressionModel): Suppression => ({
  id: row.id,
  email: row.email,
  reason: row.reason,
  workspaceId: row.workspaceId,
  createdAt: row.createdAt.toISOString(),
});
