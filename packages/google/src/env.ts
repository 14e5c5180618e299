import { isSafeAddress } from "@hustings/crypto/safe-address";
import { parseSecrets } from "@hustings/crypto/secrets";
import { createEnv } from "@t3-oss/env-core";
import { z } from "zod";

/** Tokens and mail go over the wire: in clear to this machine alone. */
const address = z
  .url({ protocol: /^https?$/ })
  .refine(isSafeAddress, "must be https, except on this machine")
  .transform((value) => value.replace(/\/$/, ""));

/**
 * What people's Gmail is read with; null where it is not set up. `.env.example` explains each variable.
 *
 * @throws Error with one sentence that names each missing or wrong variable.
 */
export function readGmailEnv(source: Record<string, string | undefined> = process.env): GmailSettings | null {
  if (!source.GMAIL_CLIENT_ID && !source.GMAIL_CLIENT_SECRET) return null;
  const env = createEnv({
    server: {
      /** An OAuth client of its own, not the sign-in's: revoking a token ends all that a person granted to its client. */
      GMAIL_CLIENT_ID: z.string("is missing: GMAIL_CLIENT_SECRET is set"),
      GMAIL_CLIENT_SECRET: z.string("is missing: GMAIL_CLIENT_ID is set"),
      /** Several, separated by commas: the first encrypts, all decrypt. */
      GMAIL_TOKEN_SECRET: z
        .string("is missing: Gmail's tokens are stored encrypted")
        .transform(parseSecrets)
        .pipe(z.array(z.string().min(32, "must have at least 32 characters")).min(1, "is empty")),
      GOOGLE_OAUTH_BASE_URL: address.default("https://accounts.google.com"),
      GOOGLE_TOKEN_URL: address.default("https://oauth2.googleapis.com/token"),
      GOOGLE_REVOKE_URL: address.default("https://oauth2.googleapis.com/revoke"),
      GMAIL_API_BASE_URL: address.default("https://gmail.googleapis.com"),
      GMAIL_TIMEOUT_MS: z.coerce.number().int().min(100).max(60_000).default(15_000),
      /** Google's quota of one user; a message costs 20 units. */
      GMAIL_UNITS_PER_MINUTE: z.coerce.number().int().min(100).default(6_000),
      /** How far back the first sync reads. */
      GMAIL_SYNC_DAYS: z.coerce.number().int().min(1).max(36_500).default(365),
    },
    runtimeEnv: source,
    emptyStringAsUndefined: true,
    onValidationError: (issues) => {
      throw new Error(issues.map((issue) => `${issue.path?.join(".") ?? "environment"}: ${issue.message}`).join("; "));
    },
  });
  return {
    clientId: env.GMAIL_CLIENT_ID,
    clientSecret: env.GMAIL_CLIENT_SECRET,
    tokenSecrets: env.GMAIL_TOKEN_SECRET,
    oauthBaseUrl: env.GOOGLE_OAUTH_BASE_URL,
    tokenUrl: env.GOOGLE_TOKEN_URL,
    revokeUrl: env.GOOGLE_REVOKE_URL,
    apiBaseUrl: env.GMAIL_API_BASE_URL,
    timeoutMs: env.GMAIL_TIMEOUT_MS,
    unitsPerMinute: env.GMAIL_UNITS_PER_MINUTE,
    syncDays: env.GMAIL_SYNC_DAYS,
  };
}

export type GmailSettings = {
  clientId: string;
  clientSecret: string;
  /** Encrypt the tokens at rest; the first seals, all open. */
  tokenSecrets: readonly string[];
  /** Addresses of Google without a trailing slash. */
  oauthBaseUrl: string;
  tokenUrl: string;
  revokeUrl: string;
  apiBaseUrl: string;
  /** How long a call may take. */
  timeoutMs: number;
  unitsPerMinute: number;
  syncDays: number;
};
