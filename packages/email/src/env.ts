import { type SafetyLimits, USUAL_SAFETY_LIMITS } from "@hustings/contracts/campaign-safety";
import { isSafeAddress } from "@hustings/crypto/safe-address";
import { parseSecrets } from "@hustings/crypto/secrets";
import { createEnv } from "@t3-oss/env-core";
import { z } from "zod";
import { MAILERSEND_PLAN_NAMES, MAILERSEND_PLANS } from "./mailersend-plan";

/** The key and the mail's content go over the wire: in clear to this machine alone. */
const apiAddress = z
  .url({ protocol: /^https?$/ })
  .refine(isSafeAddress, "must be https, except on this machine")
  .transform((value) => value.replace(/\/$/, ""));

/** The share of the time until an unanswered call is looked up in which it is made; the rest is MailerSend's, to process it. */
const MADE_WITHIN = 2 / 3;

const perMinute = z.coerce.number().int().min(1).max(10_000);

/** One sentence that names each missing or wrong variable. */
function refuse(issues: readonly { path?: readonly unknown[] | undefined; message: string }[]): never {
  throw new Error(issues.map((issue) => `${issue.path?.join(".") ?? "environment"}: ${issue.message}`).join("; "));
}

/**
 * The variables of `EMAIL_MODE=live`, read in that mode alone; `.env.example` explains each.
 *
 * @returns what the transport is made with.
 * @throws Error with one sentence that names each missing or wrong variable.
 */
export function readLiveMailEnv(source: Record<string, string | undefined> = process.env) {
  const env = createEnv({
    server: {
      MAILERSEND_API_KEY: z.string("is missing: EMAIL_MODE=live sends with an API token of MailerSend"),
      MAILERSEND_SENDER_DOMAIN: z
        .string("is missing: EMAIL_MODE=live sends from one domain, verified at MailerSend")
        .toLowerCase()
        .regex(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/, "must be a domain, like mail.example.org"),
      UNSUBSCRIBE_SECRET: z
        .string("is missing: EMAIL_MODE=live sends no mail without a way out of it")
        .transform(parseSecrets)
        .refine((secrets) => secrets.length > 0, "is empty: EMAIL_MODE=live sends no mail without a way out of it"),
      MAILERSEND_BASE_URL: apiAddress.default("https://api.mailersend.com/v1"),
      MAILERSEND_TIMEOUT_MS: z.coerce.number().int().min(100).max(30_000).default(15_000),
      MAILERSEND_SETTLE_SECONDS: z.coerce.number().int().min(1).max(86_400).default(360),
      MAILERSEND_PLAN: z.enum(MAILERSEND_PLAN_NAMES).default("hobby"),
      MAILERSEND_EMAIL_PER_MINUTE: perMinute.optional(),
      MAILERSEND_BULK_PER_MINUTE: perMinute.optional(),
      MAILERSEND_REQUESTS_PER_MINUTE: perMinute.optional(),
      MAILERSEND_MESSAGES_PER_CALL: z.coerce.number().int().min(1).max(500).optional(),
    },
    runtimeEnv: source,
    emptyStringAsUndefined: true,
    onValidationError: refuse,
  });
  const plan = MAILERSEND_PLANS[env.MAILERSEND_PLAN];
  return {
    apiKey: env.MAILERSEND_API_KEY,
    senderDomain: env.MAILERSEND_SENDER_DOMAIN,
    baseUrl: env.MAILERSEND_BASE_URL,
    timeoutMs: env.MAILERSEND_TIMEOUT_MS,
    waits: {
      settleMs: env.MAILERSEND_SETTLE_SECONDS * 1_000,
      madeWithinMs: env.MAILERSEND_SETTLE_SECONDS * 1_000 * MADE_WITHIN,
    },
    plan: {
      ...plan,
      singlePerMinute: env.MAILERSEND_EMAIL_PER_MINUTE ?? plan.singlePerMinute,
      bulkPerMinute: env.MAILERSEND_BULK_PER_MINUTE ?? plan.bulkPerMinute,
      otherPerMinute: env.MAILERSEND_REQUESTS_PER_MINUTE ?? plan.otherPerMinute,
      messagesPerCall: env.MAILERSEND_MESSAGES_PER_CALL ?? plan.messagesPerCall,
    },
  };
}

const percent = (usual: number) => z.coerce.number().min(0).max(100).default(usual);

/**
 * What campaigns are stopped by themselves for, in every mode; `.env.example` explains each variable.
 *
 * @throws Error with one sentence that names each wrong variable.
 */
export function readSafetyLimits(source: Record<string, string | undefined> = process.env): SafetyLimits {
  const env = createEnv({
    server: {
      CAMPAIGN_STOP_BOUNCE_PERCENT: percent(USUAL_SAFETY_LIMITS.bouncePercent),
      CAMPAIGN_STOP_COMPLAINT_PERCENT: percent(USUAL_SAFETY_LIMITS.complaintPercent),
      CAMPAIGN_STOP_ERROR_PERCENT: percent(USUAL_SAFETY_LIMITS.errorPercent),
      CAMPAIGN_STOP_MIN_PEOPLE: z.coerce.number().int().min(1).default(USUAL_SAFETY_LIMITS.minPeople),
      CAMPAIGN_STOP_MIN_EVENTS: z.coerce.number().int().min(1).default(USUAL_SAFETY_LIMITS.minEvents),
    },
    runtimeEnv: source,
    emptyStringAsUndefined: true,
    onValidationError: refuse,
  });
  return {
    bouncePercent: env.CAMPAIGN_STOP_BOUNCE_PERCENT,
    complaintPercent: env.CAMPAIGN_STOP_COMPLAINT_PERCENT,
    errorPercent: env.CAMPAIGN_STOP_ERROR_PERCENT,
    minPeople: env.CAMPAIGN_STOP_MIN_PEOPLE,
    minEvents: env.CAMPAIGN_STOP_MIN_EVENTS,
  };
}
