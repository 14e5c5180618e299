import { createEnv } from "@t3-oss/env-core";
import { z } from "zod";

const flag = z
  .enum(["0", "1"])
  .default("0")
  .transform((value) => value === "1");

/**
 * The variables of the sign-in. `NEXTAUTH_SECRET` encrypts the session cookie; the quick start makes one under
 * the data directory, production demands it.
 *
 * @throws Error that names each wrong variable.
 */
export function readAuthEnv(source: Record<string, string | undefined> = process.env) {
  return createEnv({
    server: {
      NEXTAUTH_SECRET: z.string("is missing").min(32, "must have at least 32 characters"),
      GOOGLE_CLIENT_ID: z.string().optional(),
      GOOGLE_CLIENT_SECRET: z.string().optional(),
      /** Another OpenID provider in Google's place, for tests and for other identity systems. */
      GOOGLE_ISSUER: z.url().optional(),
      LOCAL_SIGN_IN: flag,
    },
    runtimeEnv: source,
    emptyStringAsUndefined: true,
    onValidationError: (issues) => {
      throw new Error(issues.map((issue) => `${issue.path?.join(".") ?? "environment"}: ${issue.message}`).join("; "));
    },
  });
}
export type AuthEnv = ReturnType<typeof readAuthEnv>;

/** NextAuth builds its addresses from this variable alone; ours is APP_URL, never a request's Host. */
export function pinNextAuthUrl(appUrl: string): void {
  process.env.NEXTAUTH_URL = appUrl;
}
