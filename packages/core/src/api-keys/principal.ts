import type { Role } from "@hustings/contracts/roles";
import type { CoreContext, Principal } from "../context";

/** A minute: the reference shows when a key was last used, and nobody needs it to the second. */
const USE_RESOLUTION_MS = 60_000;

export type ApiKeyPrincipal = {
  principal: Principal;
  /** Whether the last recorded use is older than a minute. */
  isUseStale: boolean;
};

type KeyRow = {
  id: string;
  workspaceId: string;
  lastUsedAt: Date | null;
  userId: string;
  name: string;
  email: string;
  role: Role;
};

/** Whom a key of this hash acts as; null when it is unknown or revoked, or its creator is deactivated. */
export async function findApiKeyPrincipal(
  ctx: Pick<CoreContext, "db">,
  keyHash: string,
): Promise<ApiKeyPrincipal | null> {
  const [row] = await ctx.db.$queryRaw<KeyRow[]>`
    select k.id, k.workspace_id as "workspaceId", k.last_used_at as "lastUsedAt", u.id as "userId", u.name, u.email, u.role
    from api_keys k join users u on u.id = k.user_id
    where k.key_hash = ${keyHash} and k.is_active and u.is_active`;
  if (!row) return null;
  return {
    principal: {
      userId: row.userId,
      name: row.name,
      email: row.email,
      installationRole: row.role,
      via: { kind: "apiKey", apiKeyId: row.id, workspaceId: row.workspaceId },
    },
    isUseStale: row.lastUsedAt === null || Date.now() - row.lastUsedAt.getTime() > USE_RESOLUTION_MS,
  };
}

/** Records that a key is in use, at most once a minute however many requests come at once. */
export async function recordApiKeyUse(ctx: Pick<CoreContext, "db">, apiKeyId: string): Promise<void> {
  await ctx.db.apiKey.updateMany({
    where: {
      id: apiKeyId,
      OR: [{ lastUsedAt: null }, { lastUsedAt: { lt: new Date(Date.now() - USE_RESOLUTION_MS) } }],
    },
    data: { lastUsedAt: new Date() },
  });
}
