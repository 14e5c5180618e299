import { findApiKeyPrincipal, recordApiKeyUse } from "@hustings/core/api-keys/principal";
import type { CoreContext, Principal } from "@hustings/core/context";
import { hashApiKey, isApiKey } from "@hustings/crypto/api-key";

type ApiKeyContext = Pick<CoreContext, "db" | "settings" | "logger">;

/**
 * Whom an `Authorization` header acts as; null when it is anything but a live key, whose creator is active.
 * The time of use is recorded beside the request, at most once a minute.
 */
export async function resolveApiKey(ctx: ApiKeyContext, authorization: string): Promise<Principal | null> {
  const rawKey = /^Bearer +(\S+)$/i.exec(authorization)?.[1];
  if (rawKey === undefined || !isApiKey(rawKey)) return null;
  const found = await findApiKeyPrincipal(ctx, hashApiKey(ctx.settings.apiKeySecret, rawKey));
  if (!found) return null;
  const { principal, isUseStale } = found;
  if (isUseStale && principal.via.kind === "apiKey")
    recordApiKeyUse(ctx, principal.via.apiKeyId).catch((error: unknown) =>
      ctx.logger.warn({ err: error }, "could not record the use of an API key"),
    );
  return principal;
}
