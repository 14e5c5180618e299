import type { IncomingHttpHeaders } from "node:http";
import type { CoreContext, Principal } from "@hustings/core/context";
import { DomainError } from "@hustings/core/errors";
import { resolveApiKey } from "./api-key-principal";
import { resolveSession, type SessionSettings } from "./session-principal";

type AuthContext = Pick<CoreContext, "db" | "settings" | "logger">;

/**
 * Who sends a request, or null. An `Authorization` header decides alone: a session cookie beside a bad key
 * does not help, on no path.
 *
 * @throws DomainError `unauthenticated` when there is an `Authorization` header that is no live API key.
 */
export async function resolvePrincipal(
  ctx: AuthContext,
  session: SessionSettings,
  headers: IncomingHttpHeaders,
): Promise<Principal | null> {
  if (headers.authorization === undefined) return resolveSession(ctx, session, headers);
  const principal = await resolveApiKey(ctx, headers.authorization);
  if (!principal) throw new DomainError("unauthenticated", "The API key is unknown, malformed or revoked");
  return principal;
}
