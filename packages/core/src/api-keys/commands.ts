import type { CreateApiKeyInput, CreatedApiKey } from "@hustings/contracts/api-keys";
import type { ById } from "@hustings/contracts/primitives";
import { hashApiKey, makeApiKey } from "@hustings/crypto/api-key";
import { inTransaction } from "@hustings/db/client";
import { recordChange } from "../audit/record-change";
import type { PrincipalContext, WorkspaceContext } from "../context";
import { DomainError, notFound } from "../errors";
import { assertRole } from "../workspaces/access";
import { openOrNotFound } from "../workspaces/open-by-id";

/**
 * Makes a key that acts as the caller, in this workspace unless a request names another. The raw key is in the answer
 * and nowhere else.
 *
 * @throws DomainError `forbidden` for a caller who is no user (a job, the anonymous local API).
 */
export async function createApiKey(ctx: WorkspaceContext, input: CreateApiKeyInput): Promise<CreatedApiKey> {
  const { userId } = ctx.principal;
  if (!userId) throw new DomainError("forbidden", "A key acts as its creator, so a user must make it");
  const { rawKey, keyPrefix } = makeApiKey();
  return inTransaction(ctx.db, async (tx) => {
    const row = await tx.apiKey.create({
      data: {
        name: input.name,
        keyPrefix,
        keyHash: hashApiKey(ctx.settings.apiKeySecret, rawKey),
        userId,
        workspaceId: ctx.workspaceId,
      },
    });
    await recordChange(tx, ctx, {
      action: "api-keys.create",
      targetType: "apiKey",
      targetId: row.id,
      details: { name: row.name, keyPrefix },
    });
    return {
      id: row.id,
      name: row.name,
      keyPrefix,
      workspaceId: row.workspaceId,
      rawKey,
      createdAt: row.createdAt.toISOString(),
    };
  });
}

/**
 * Revokes a key, for good; doing it again changes nothing. The key's workspace decides who may.
 *
 * @throws DomainError `not_found` without a role in the key's workspace; `forbidden` below admin there.
 */
export async function revokeApiKey(ctx: PrincipalContext, { id }: ById): Promise<void> {
  const key = await ctx.db.apiKey.findUnique({ where: { id }, select: { workspaceId: true, name: true } });
  if (!key) throw notFound("API key");
  const workspace = await openOrNotFound(ctx, key.workspaceId, "API key");
  assertRole(workspace, "admin");
  await inTransaction(ctx.db, async (tx) => {
    const { count } = await tx.apiKey.updateMany({
      where: { id, isActive: true },
      data: { isActive: false, revokedAt: ctx.ports.now() },
    });
    if (count === 0) return;
    await recordChange(tx, workspace, {
      action: "api-keys.revoke",
      targetType: "apiKey",
      targetId: id,
      details: { name: key.name },
    });
  });
}
