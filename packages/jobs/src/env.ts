import { parseSecrets } from "@hustings/crypto/secrets";
import { readLiveMailEnv, readSafetyLimits } from "@hustings/email/env";
import { readGmailEnv } from "@hustings/google/env";
import { createEnv } from "@t3-oss/env-core";
import { z } from "zod";

const secret = z.string().min(32, "must have at least 32 characters");
const refuse: NonNullable<Parameters<typeof createEnv>[0]["onValidationError"]> = (issues) => {
  throw new Error(issues.map((issue) => `${issue.path?.join(".") ?? "environment"}: ${issue.message}`).join("; "));
};
const secretList = z.string().default("").transform(parseSecrets);

/**
 * The variables of whatever runs jobs; `.env.example` explains each.
 *
 * @throws Error with one sentence that names each wrong variable.
 */
export function readJobsEnv(source: Record<string, string | undefined> = process.env) {
  const env = createEnv({
    server: {
      DATABASE_URL: z.string().min(1),
      /** Past a pooler: LISTEN and advisory locks need a connection of their own. */
      DIRECT_DATABASE_URL: z.string().min(1).optional(),
      APP_URL: z.url().transform((value) => new URL(value).origin),
      EMAIL_MODE: z.enum(["sandbox", "live"]).default("sandbox"),
      API_KEY_SECRET: secret,
      UNSUBSCRIBE_SECRET: secretList,
      MAILERSEND_WEBHOOK_SIGNING_SECRET: secretList,
      /** `embedded`: the engine inside the worker. `inngest`: an Inngest server, cloud or self-hosted. */
      JOBS_ENGINE: z.enum(["embedded", "inngest"]).default("embedded"),
      /** `/api/inngest` under `inngest`; the engine's own listener under `embedded`. 0: any free one. */
      WORKER_PORT: z.coerce.number().int().min(0).max(65535).default(3001),
      WORKER_HOST: z.string().default("127.0.0.1"),
      /** Calls of functions at the same time. */
      WORKER_CONCURRENCY: z.coerce.number().int().min(1).max(100).default(8),
      INNGEST_SIGNING_KEY: z.string().min(1),
      INNGEST_EVENT_KEY: z.string().min(1),
    },
    runtimeEnv: source,
    emptyStringAsUndefined: true,
    onValidationError: refuse,
  });
  return {
    ...env,
    history: readHistoryEnv(source),
    safetyLimits: readSafetyLimits(source),
    gmail: readGmailEnv(source),
    liveMail: env.EMAIL_MODE === "live" ? readLiveMailEnv(source) : null,
  };
}
export type JobsEnv = ReturnType<typeof readJobsEnv>;

/**
 * How many days what happened is kept.
 *
 * @throws Error with one sentence that names each wrong variable.
 */
export function readHistoryEnv(source: Record<string, string | undefined> = process.env) {
  const env = createEnv({
    server: {
      /** Shown with the person and with the rule. */
      AUTOMATION_HISTORY_DAYS: z.coerce.number().int().min(1).max(36_500).default(365),
      /** Against mailing anybody twice: longer than an event can be told again. */
      TICKET_MAIL_DAYS: z.coerce.number().int().min(31).max(36_500).default(90),
    },
    runtimeEnv: source,
    emptyStringAsUndefined: true,
    onValidationError: refuse,
  });
  return { automationDays: env.AUTOMATION_HISTORY_DAYS, ticketMailDays: env.TICKET_MAIL_DAYS };
}

/** Where the SDK sends events: the engine in this process, or whatever `INNGEST_BASE_URL` says. */
export function readEngineAddress(source: Record<string, string | undefined> = process.env): { baseUrl?: string } {
  if (source.JOBS_ENGINE === "inngest") return {};
  return { baseUrl: `http://127.0.0.1:${source.WORKER_PORT ?? 3001}` };
}

/**
 * How long events gather for one run: an Inngest server takes a second at least. The embedded engine's timers tick once a
 * second besides, and with half of one what happens at rest is looked at within two.
 */
export const readGatherTime = (source: Record<string, string | undefined> = process.env): "1s" | "0.5s" =>
  source.JOBS_ENGINE === "inngest" ? "1s" : "0.5s";
