import { isWeakSecret, parseSecrets } from "@hustings/crypto/secrets";
import { readLiveMailEnv, readSafetyLimits } from "@hustings/email/env";
import { readGmailEnv } from "@hustings/google/env";
import { readScriptEnv } from "@hustings/script-runner/env";
import { createEnv } from "@t3-oss/env-core";
import { z } from "zod";
import { isLoopbackHost } from "./loopback";

const flag = z
  .enum(["0", "1"])
  .default("0")
  .transform((value) => value === "1");
const list = z.string().default("").transform(parseSecrets);
const secret = z.string("is missing").min(32, "must have at least 32 characters");
const secretList = list.pipe(z.array(secret));

/** Scheme, name and port: every link begins with it. */
const origin = z.url({ protocol: /^https?$/ }).transform((value, ctx) => {
  const url = new URL(value);
  if (url.pathname !== "/" || url.search || url.hash)
    ctx.addIssue({ code: "custom", message: "must end after the port, without a path" });
  return url.origin;
});

/** How long a request waits for a script beyond the script's own limit. */
const SCRIPT_QUEUE_MS = 5_000;

/**
 * The variables of web's server; `.env.example` explains each.
 *
 * @throws Error with one sentence that names each wrong variable.
 */
export function readWebEnv(source: Record<string, string | undefined> = process.env) {
  const parsed = createEnv({
    server: {
      /** `local`: started by `npm start` on somebody's own machine. Anything else is production. */
      DEPLOYMENT: z.enum(["local", "production"]).default("production"),
      NODE_ENV: z.enum(["development", "production", "test"]).default("production"),
      HOST: z.string().default("127.0.0.1"),
      PORT: z.coerce.number().int().min(0).max(65535).default(3000),
      APP_URL: origin.optional(),
      /** Addresses or networks whose forwarded headers count; `loopback` for a proxy on this machine. */
      TRUST_PROXY: list,
      DATABASE_URL: z.string("is missing").min(1),
      DATABASE_POOL_SIZE: z.coerce.number().int().min(2).max(200).default(10),
      EMAIL_MODE: z.enum(["sandbox", "live"]).default("sandbox"),
      API_KEY_SECRET: secret,
      /** Several, separated by commas: the first signs, all verify. */
      UNSUBSCRIBE_SECRET: secretList,
      MAILERSEND_WEBHOOK_SIGNING_SECRET: list,
      TALLY_WEBHOOK_SIGNING_SECRET: list,
      /** As the worker's. */
      JOBS_ENGINE: z.enum(["embedded", "inngest"]).default("embedded"),
      /** Where people look at the runs of an Inngest server. */
      INNGEST_CONSOLE_URL: z.url({ protocol: /^https?$/ }).optional(),
      ANONYMOUS_API: z.enum(["off", "local"]).default("off"),
      LOCAL_SIGN_IN: flag,
      /** Lets a scraper from elsewhere read /metrics; without it only this machine may. */
      METRICS_TOKEN: secret.optional(),
      RATE_LIMIT_PER_SECOND: z.coerce.number().int().min(1).default(100),
      RATE_LIMIT_BURST: z.coerce.number().int().min(1).default(1_000),
    },
    runtimeEnv: source,
    emptyStringAsUndefined: true,
    onValidationError: (issues) => {
      throw new Error(issues.map((issue) => `${issue.path?.join(".") ?? "environment"}: ${issue.message}`).join("; "));
    },
  });
  const scripts = readScriptEnv(source);
  return {
    ...parsed,
    APP_URL: parsed.APP_URL ?? `http://localhost:${parsed.PORT}`,
    safetyLimits: readSafetyLimits(source),
    gmail: readGmailEnv(source),
    liveMail: parsed.EMAIL_MODE === "live" ? readLiveMailEnv(source) : null,
    scriptWaitMs: scripts.limits.wallMs + SCRIPT_QUEUE_MS,
    scriptQueue: scripts.queueSize,
  };
}
export type WebEnv = ReturnType<typeof readWebEnv>;

/**
 * Why this configuration must not be served; empty when it may. Each sentence says what to do.
 *
 * @param authSecret NEXTAUTH_SECRET, which the auth package reads.
 */
export function findUnsafeSettings(env: WebEnv, authSecret: string): string[] {
  const problems: string[] = [];
  const isOnLoopback = isLoopbackHost(env.HOST) && isLoopbackHost(new URL(env.APP_URL).hostname);
  if (env.DEPLOYMENT === "production") {
    if (env.LOCAL_SIGN_IN)
      problems.push("LOCAL_SIGN_IN must be off in production: it lets anyone in without a password");
    if (env.ANONYMOUS_API !== "off")
      problems.push("ANONYMOUS_API must be off in production: it lets anyone read contacts");
    for (const [name, values] of [
      ["NEXTAUTH_SECRET", [authSecret]],
      ["API_KEY_SECRET", [env.API_KEY_SECRET]],
      ["UNSUBSCRIBE_SECRET", env.UNSUBSCRIBE_SECRET],
      ["GMAIL_TOKEN_SECRET", env.gmail?.tokenSecrets ?? []],
    ] as const)
      if (values.some(isWeakSecret)) problems.push(`${name} must be random: make one with "openssl rand -hex 32"`);
  }
  if (env.LOCAL_SIGN_IN && !isOnLoopback)
    problems.push("LOCAL_SIGN_IN works on this machine alone: HOST and APP_URL must be loopback");
  if (env.ANONYMOUS_API === "local" && !(isOnLoopback && env.LOCAL_SIGN_IN))
    problems.push("ANONYMOUS_API=local needs LOCAL_SIGN_IN=1 and loopback in HOST and APP_URL");
  return problems;
}
