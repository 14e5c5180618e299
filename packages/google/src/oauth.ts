import { createHash, randomBytes } from "node:crypto";
import { z } from "zod";
import type { GmailSettings } from "./env";
import { GoogleError, toTokenError } from "./google-error";
import { callGoogle, garbled } from "./http";

/** All that we ask for: reading. Google calls it restricted. */
export const GMAIL_SCOPE = "https://www.googleapis.com/auth/gmail.readonly";

/** What is drawn for one consent, and checked when the person comes back (RFC 6749, 10.12; RFC 7636). */
export type ConsentSecrets = { state: string; verifier: string };

const drawSecret = () => randomBytes(32).toString("base64url");
export const drawConsentSecrets = (): ConsentSecrets => ({ state: drawSecret(), verifier: drawSecret() });

/** The access that a person granted. */
export type Grant = { accessToken: string; expiresAt: Date; refreshToken: string; scopes: readonly string[] };
export type Access = Pick<Grant, "accessToken" | "expiresAt">;

/** Google's consent, tokens and revocation. Every method that calls throws `GoogleError`. */
export type GoogleOAuth = {
  /** Where the person says yes or no. */
  consentUrl(secrets: ConsentSecrets, redirectUri: string, loginHint?: string): string;
  /** @throws GoogleError `refused` also when Google gives no refresh token: the access would end within the hour. */
  exchangeCode(code: string, verifier: string, redirectUri: string): Promise<Grant>;
  /** @throws GoogleError `revoked` when the person took it back, or it died otherwise: never to be tried again. */
  refresh(refreshToken: string): Promise<Access>;
  /** Takes the access back; one that is gone already counts as done. */
  revoke(token: string): Promise<void>;
};

const tokenAnswer = z.object({
  access_token: z.string().min(1).max(10_000),
  expires_in: z.number().min(1).max(10_000_000),
  refresh_token: z.string().min(1).max(10_000).optional(),
  scope: z.string().max(10_000).optional(),
});

export function createGoogleOAuth(settings: GmailSettings): GoogleOAuth {
  const { clientId, clientSecret, timeoutMs } = settings;
  const requestToken = async (fields: Record<string, string>) => {
    const body = new URLSearchParams({ client_id: clientId, client_secret: clientSecret, ...fields });
    const answer = await callGoogle(settings.tokenUrl, { method: "POST", body }, timeoutMs);
    if (answer.status !== 200) throw toTokenError(answer.status, answer.headers, answer.body);
    const parsed = tokenAnswer.safeParse(answer.body);
    if (!parsed.success) throw garbled();
    const { access_token: accessToken, expires_in, refresh_token: refreshToken, scope = "" } = parsed.data;
    return {
      accessToken,
      refreshToken,
      scopes: scope.split(" "),
      expiresAt: new Date(Date.now() + expires_in * 1_000),
    };
  };

  return {
    consentUrl({ state, verifier }, redirectUri, loginHint) {
      const query = new URLSearchParams({
        client_id: clientId,
        redirect_uri: redirectUri,
        response_type: "code",
        scope: GMAIL_SCOPE,
        // Without both no refresh token comes from the second consent on.
        access_type: "offline",
        prompt: "consent",
        state,
        code_challenge: createHash("sha256").update(verifier).digest("base64url"),
        code_challenge_method: "S256",
        ...(loginHint ? { login_hint: loginHint } : {}),
      });
      return `${settings.oauthBaseUrl}/o/oauth2/v2/auth?${query}`;
    },
    async exchangeCode(code, verifier, redirectUri) {
      const fields = { grant_type: "authorization_code", code, code_verifier: verifier, redirect_uri: redirectUri };
      const { refreshToken, ...grant } = await requestToken(fields);
      if (!refreshToken) throw new GoogleError("refused", "Google gave no lasting access.");
      return { ...grant, refreshToken };
    },
    // What Google does not rotate stays as it is: an answer without a refresh token says nothing about the stored one.
    async refresh(refreshToken) {
      const fields = { grant_type: "refresh_token", refresh_token: refreshToken };
      const { accessToken, expiresAt } = await requestToken(fields);
      return { accessToken, expiresAt };
    },
    async revoke(token) {
      const body = new URLSearchParams({ token });
      const answer = await callGoogle(settings.revokeUrl, { method: "POST", body }, timeoutMs);
      const isGone = answer.status === 400 && (answer.body as { error?: unknown } | null)?.error === "invalid_token";
      if (answer.status !== 200 && !isGone) throw toTokenError(answer.status, answer.headers, answer.body);
    },
  };
}
