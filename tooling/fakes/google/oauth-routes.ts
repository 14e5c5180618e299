import { createHash, randomBytes } from "node:crypto";
import type { Reply } from "./reply";

const GMAIL_SCOPE = "https://www.googleapis.com/auth/gmail.readonly";
const TOKEN_SECONDS = 3_599;

type Code = { address: string; challenge: string; redirectUri: string; scope: string };
type Access = { address: string; refreshToken: string; expiresAt: number };

/** What was granted to the one client that the fake knows. */
export type FakeGrants = {
  clientId: string;
  clientSecret: string;
  codes: Map<string, Code>;
  /** Refresh token to mailbox. */
  refreshTokens: Map<string, string>;
  accessTokens: Map<string, Access>;
};

const draw = (prefix: string) => `${prefix}${randomBytes(16).toString("base64url")}`;

export const createGrants = (): FakeGrants => ({
  clientId: "fake-client.apps.googleusercontent.example",
  clientSecret: draw("GOCSPX-"),
  codes: new Map(),
  refreshTokens: new Map(),
  accessTokens: new Map(),
});

export type Decision = "allow" | "deny" | "untick";

/** What a press on the consent page leads to: back to the app, with a code or with `access_denied`. */
export function decide(grants: FakeGrants, query: URLSearchParams, decision: Decision, address: string): Reply {
  const redirectUri = query.get("redirect_uri") ?? "";
  if (!URL.canParse(redirectUri)) return { status: 400, body: "redirect_uri_mismatch" };
  const back = new URL(redirectUri);
  back.searchParams.set("state", query.get("state") ?? "");
  if (decision === "deny") back.searchParams.set("error", "access_denied");
  else {
    const code = draw("4/");
    const scope = decision === "allow" ? GMAIL_SCOPE : "openid";
    grants.codes.set(code, { address, challenge: query.get("code_challenge") ?? "", redirectUri, scope });
    back.searchParams.set("code", code);
    back.searchParams.set("scope", scope);
  }
  return { status: 302, headers: { location: back.href } };
}

/** The token endpoint: a code once, a refresh token until it is revoked. */
export function answerToken(grants: FakeGrants, form: URLSearchParams): Reply {
  if (form.get("client_id") !== grants.clientId || form.get("client_secret") !== grants.clientSecret)
    return { status: 401, body: { error: "invalid_client", error_description: "Unauthorized" } };
  if (form.get("grant_type") === "authorization_code") return answerCode(grants, form);
  const refreshToken = form.get("refresh_token") ?? "";
  const address = grants.refreshTokens.get(refreshToken);
  return address === undefined
    ? invalidGrant
    : { status: 200, body: issue(grants, address, refreshToken, GMAIL_SCOPE) };
}

const invalidGrant: Reply = {
  status: 400,
  body: { error: "invalid_grant", error_description: "Token has been expired or revoked." },
};

function answerCode(grants: FakeGrants, form: URLSearchParams): Reply {
  const code = grants.codes.get(form.get("code") ?? "");
  grants.codes.delete(form.get("code") ?? "");
  const challenge = createHash("sha256")
    .update(form.get("code_verifier") ?? "")
    .digest("base64url");
  if (!code || code.challenge !== challenge || code.redirectUri !== form.get("redirect_uri")) return invalidGrant;
  const refreshToken = draw("1//");
  grants.refreshTokens.set(refreshToken, code.address);
  return {
    status: 200,
    body: { ...issue(grants, code.address, refreshToken, code.scope), refresh_token: refreshToken },
  };
}

function issue(grants: FakeGrants, address: string, refreshToken: string, scope: string) {
  const accessToken = draw("ya29.");
  grants.accessTokens.set(accessToken, { address, refreshToken, expiresAt: Date.now() + TOKEN_SECONDS * 1_000 });
  return { access_token: accessToken, expires_in: TOKEN_SECONDS, scope, token_type: "Bearer" };
}

/** Revocation of either token ends the whole grant. */
export function answerRevoke(grants: FakeGrants, token: string): Reply {
  const refreshToken = grants.accessTokens.get(token)?.refreshToken ?? token;
  if (!grants.refreshTokens.delete(refreshToken))
    return { status: 400, body: { error: "invalid_token", error_description: "Token expired or revoked" } };
  for (const [accessToken, access] of grants.accessTokens)
    if (access.refreshToken === refreshToken) grants.accessTokens.delete(accessToken);
  return { status: 200, body: {} };
}

/** The mailbox that an access token opens, or undefined when it is none any more. */
export function addressOf(grants: FakeGrants, authorization: string | undefined): string | undefined {
  const access = grants.accessTokens.get(authorization?.replace(/^Bearer /, "") ?? "");
  return access && access.expiresAt > Date.now() ? access.address : undefined;
}
