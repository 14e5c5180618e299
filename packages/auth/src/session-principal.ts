import type { IncomingHttpHeaders } from "node:http";
import type { CoreContext, Principal } from "@hustings/core/context";
import { findSessionPrincipal, type Session } from "@hustings/core/users/principal";
import { getToken } from "next-auth/jwt";
import { usesSecureCookies } from "./options";

export type SessionSettings = { secret: string; appUrl: string };

/** The person behind the session cookie, as the database knows them now; null without a valid session. */
export async function resolveSession(
  ctx: Pick<CoreContext, "db">,
  settings: SessionSettings,
  headers: IncomingHttpHeaders,
): Promise<Principal | null> {
  const session = await readSession(settings, headers.cookie);
  return session === null ? null : findSessionPrincipal(ctx, session);
}

const UUID = /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/;

/** Whose session is in NextAuth's encrypted cookie, which may be split into chunks; null when it is missing, forged or expired. */
export async function readSession(
  { secret, appUrl }: SessionSettings,
  cookieHeader: string | undefined,
): Promise<Session | null> {
  if (!cookieHeader?.includes("next-auth.session-token")) return null;
  // getToken reads a bearer token too; only the cookie is handed to it.
  const req = { cookies: parseCookies(cookieHeader), headers: {} } as Parameters<typeof getToken>[0]["req"];
  const token = await getToken({ req, secret, secureCookie: usesSecureCookies(appUrl) });
  if (token?.sub === undefined || !UUID.test(token.sub)) return null;
  return { userId: token.sub, beganAt: new Date(typeof token.since === "number" ? token.since : 0) };
}

function parseCookies(header: string): Record<string, string> {
  const cookies: Record<string, string> = {};
  for (const pair of header.split(";")) {
    const separator = pair.indexOf("=");
    if (separator < 0) continue;
    // A session token is base64url and dots: nothing in it is ever encoded.
    cookies[pair.slice(0, separator).trim()] ??= pair.slice(separator + 1).trim();
  }
  return cookies;
}
