import { z } from "zod";
import { utcDateTime } from "./primitives";

const percent = z.number().min(0).max(100);

/** What an installation's campaigns are stopped by themselves for. Shares are in percent. */
export const safetyLimits = z.object({
  bouncePercent: percent.describe("Of the messages handed over: more, and it stops"),
  complaintPercent: percent.describe("Of the messages handed over, marked as spam: as many, and it stops"),
  errorPercent: percent.describe("Of the messages dealt with, those that could not be handed over: more, and it stops"),
  minPeople: z.number().int().describe("Nothing stops before so many people were dealt with"),
  minEvents: z.number().int().describe("Nor for fewer bounces, complaints or errors: one is chance"),
});
export type SafetyLimits = z.infer<typeof safetyLimits>;

/**
 * Below what costs a sender its good name. Bounces: MailerSend and Amazon SES review an account from 5 % on. Spam:
 * MailerSend from 0.2 % on; Gmail and Yahoo ask for less than 0.1 % and never 0.3 %, and Gmail reports no single one.
 */
export const USUAL_SAFETY_LIMITS: SafetyLimits = {
  bouncePercent: 4,
  complaintPercent: 0.2,
  errorPercent: 10,
  minPeople: 200,
  minEvents: 3,
};

/** A first wave of the recipients: one of `people` and `percent`. */
export const canaryInput = z
  .strictObject({
    people: z.number().int().min(1).max(100_000).optional(),
    percent: z.number().int().min(1).max(50).optional(),
    waitMinutes: z
      .number()
      .int()
      .min(1)
      .max(1_440)
      .optional()
      .describe("After the first wave was dealt with, before it goes on or stops; 15 when absent"),
    bouncePercent: percent
      .optional()
      .describe("More of the first wave bounce: it stops; the installation's when absent"),
    complaints: z
      .number()
      .int()
      .min(1)
      .max(1_000)
      .optional()
      .describe("So many of the first wave mark it as spam: it stops; 1 when absent"),
    errorPercent: percent
      .optional()
      .describe("More of the first wave cannot be handed over: it stops; the installation's when absent"),
  })
  .refine(({ people, percent: share }) => (people === undefined) !== (share === undefined), {
    message: "must name either people or percent",
  });
export type CanaryInput = z.infer<typeof canaryInput>;
export const USUAL_CANARY = { people: 200, waitMinutes: 15, complaints: 1 };

/** What was counted: messages handed over, bounced and marked as spam of them, and what could not be handed over. */
export const measured = z.object({
  sent: z.number().int(),
  bounced: z.number().int(),
  complained: z.number().int(),
  failed: z.number().int(),
});
export type Measured = z.infer<typeof measured>;

/**
 * `to_come`: nobody is chosen yet; `leaving`; `waiting`: until `decidesAt`; then `went_on` or `stopped` by itself, and
 * `overruled` once a person resumed it.
 */
export const canaryState = z.enum(["to_come", "leaving", "waiting", "went_on", "stopped", "overruled"]);
export type CanaryState = z.infer<typeof canaryState>;

export const canary = z
  .object({
    people: z.number().int().nullable(),
    percent: z.number().int().nullable(),
    waitMinutes: z.number(),
    bouncePercent: percent,
    complaints: z.number().int(),
    errorPercent: percent,
    recipients: z.number().int().nullable().describe("In the first wave, once people are chosen"),
    state: canaryState,
    decidesAt: utcDateTime.nullable(),
    decidedAt: utcDateTime.nullable(),
    reason: z.string().nullable().describe("Why it went on or stopped"),
    measured: measured.nullable().describe("What was decided on"),
  })
  .meta({ id: "CampaignCanary" });
export type Canary = z.infer<typeof canary>;

/** What a campaign is stopped by itself for, and what was counted since a person last let it go on. */
export const campaignSafety = z
  .object({
    mustConfirm: z
      .boolean()
      .describe("Nothing of this workspace has been sent to real people yet: send needs confirmRecipients"),
    limits: safetyLimits,
    measured,
    stopReason: z.string().nullable(),
    canary: canary.nullable(),
  })
  .meta({ id: "CampaignSafety" });
export type CampaignSafety = z.infer<typeof campaignSafety>;
