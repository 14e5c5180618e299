import type { ApiKey } from "@hustings/contracts/api-keys";
import type { ApiKeyModel } from "@hustings/db/types";

export const toApiKey = (row: ApiKeyModel & { user: { name: string; email: string; isActive: boolean } }): ApiKey => ({
  id: row.id,
  name: row.name,
  keyPrefix: row.keyPrefix,
  userId: row.userId,
  workspaceId: row.workspaceId,
  isActive: row.isActive,
  lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
  createdAt: row.createdAt.toISOString(),
  creatorName: row.user.name,
  creatorEmail: row.user.email,
  creatorIsActive: row.user.isActive,
});
