import { emailAddress, line } from "@hustings/contracts/primitives";
import { createEnv } from "@t3-oss/env-core";
import { z } from "zod";

const flag = z
  .enum(["0", "1"])
  .default("0")
  .transform((value) => value === "1");

/** Where anybody may get an address: as a domain it would let everybody in. */
const OPEN_DOMAINS = new Set(["gmail.com", "googlemail.com", "outlook.com", "hotmail.com", "yahoo.com", "icloud.com"]);
const DOMAIN = /^(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/;

/** Lower case: `example.org` and `ana@elsewhere.example`. */
const allowed = z
  .string()
  .default("")
  .transform((text) =>
    text
      .toLowerCase()
      .split(",")
      .map((entry) => entry.trim())
      .filter((entry) => entry !== ""),
  )
  .superRefine((entries, ctx) => {
    for (const entry of entries) {
      if (OPEN_DOMAINS.has(entry))
        ctx.addIssue({ code: "custom", message: `${entry} would let everybody in: name the addresses instead` });
      else if (!DOMAIN.test(entry) && !emailAddress.safeParse(entry).success)
        ctx.addIssue({ code: "custom", message: `"${entry}" is neither a domain like example.org nor an address` });
    }
  });

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
      /** Who comes in without an invitation: domains and addresses, separated by commas. */
      SIGN_IN_ALLOWED: allowed,
      /** Becomes global admin at the sign-in, as long as the installation has none. */
      BOOTSTRAP_ADMIN_EMAIL: emailAddress.optional(),
      /** Whom people are told to ask who may not come in: a name, an address, a place. */
      SIGN_IN_CONTACT: line(200).optional(),
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
