import { z } from "zod";
import { byId, line, pageInput, rangeInput, utcDateTime, uuid } from "./primitives";
import { type SuppressionReason, suppressionReason } from "./suppressions";

export const emailStatus = z.enum([
  "queued",
  "sending",
  "sent",
  "captured",
  "delivered",
  "opened",
  "clicked",
  "bounced",
  "complained",
  "unsubscribed",
  "failed",
  "skipped",
  "unknown",
]);
export type EmailStatus = z.infer<typeof emailStatus>;

/**
 * One recipient's row of a campaign. `contactId` and `email` are null once the person is erased; `verified…` leaves out
 * what was likely no person's.
 */
export const campaignEmail = z
  .object({
    id: uuid,
    campaignId: uuid,
    contactId: uuid.nullable(),
    email: z.string().nullable(),
    status: emailStatus,
    sentAt: utcDateTime.nullable(),
    deliveredAt: utcDateTime.nullable(),
    openedAt: utcDateTime.nullable(),
    clickedAt: utcDateTime.nullable(),
    verifiedOpenedAt: utcDateTime.nullable(),
    verifiedClickedAt: utcDateTime.nullable(),
    failedAt: utcDateTime.nullable(),
    error: z.string().nullable(),
  })
  .meta({ id: "CampaignEmail" });
export type CampaignEmail = z.infer<typeof campaignEmail>;
/** `outcome` narrows to what a number of the report opens, `link` to those who clicked it. */
export const emailOutcome = z.enum([
  "queued",
  "sent",
  "skipped",
  "failed",
  "unknown",
  "delivered",
  "opened",
  "clicked",
  "bounced",
  "complained",
  "unsubscribed",
  "verifiedOpened",
  "verifiedClicked",
]);
export type EmailOutcome = z.infer<typeof emailOutcome>;
export const listCampaignEmailsInput = z.strictObject({
  ...byId.shape,
  outcome: emailOutcome.optional(),
  link: line(2_000).optional(),
  ...rangeInput,
});
export type ListCampaignEmailsInput = z.infer<typeof listCampaignEmailsInput>;

export const exclusionReason = z.enum(["noEmail", "unsubscribed", "category", "suppressed", "duplicate"]);
/** The same with what a suppression is for, in the order in which one of several counts. */
export type LeftOutReason = Exclude<z.infer<typeof exclusionReason>, "suppressed"> | SuppressionReason;
/**
 * `matched = recipients + all of excluded`; a person is counted under the first reason that holds. `suppressedBecause`
 * adds up to `excluded.suppressed`.
 */
export const audience = z.object({
  matched: z.number().int(),
  recipients: z.number().int(),
  excluded: z.object({
    noEmail: z.number().int(),
    unsubscribed: z.number().int(),
    category: z.number().int(),
    suppressed: z.number().int(),
    duplicate: z.number().int(),
  }),
  suppressedBecause: z.object({
    hard_bounce: z.number().int(),
    soft_bounces: z.number().int(),
    complaint: z.number().int(),
    manual: z.number().int(),
  }),
});
export type Audience = z.infer<typeof audience>;
/** The people behind one number of the pre-flight; `suppressed` is all of its kinds together. */
export const audiencePeopleInput = z.strictObject({
  ...byId.shape,
  group: z.enum(["matched", "recipients", ...exclusionReason.options, ...suppressionReason.options]),
  ...pageInput,
});
export type AudiencePeopleInput = z.infer<typeof audiencePeopleInput>;
export const audiencePeople = z.object({
  people: z.array(
    z.object({
      id: uuid,
      email: z.string().nullable(),
      firstName: z.string().nullable(),
      lastName: z.string().nullable(),
    }),
  ),
  total: z.number().int(),
  page: z.number().int(),
  pageSize: z.number().int(),
});

/** Who of a campaign's recipients has nothing where its text asks for something. */
export const lackingInput = z.strictObject({ ...byId.shape, field: line(300).min(1, "must not be empty") });
export const lacking = z.object({ people: z.number().int() });

/** `recipients = queued + sent + skipped + failed + unknown` at every moment. */
export const campaignStats = z
  .object({
    recipients: z.number().int(),
    queued: z.number().int(),
    sent: z.number().int(),
    skipped: z.number().int(),
    failed: z.number().int(),
    unknown: z.number().int(),
    delivered: z.number().int(),
    opened: z.number().int(),
    clicked: z.number().int(),
    bounced: z.number().int(),
    complained: z.number().int(),
    unsubscribed: z.number().int(),
    verifiedOpened: z.number().int(),
    verifiedClicked: z.number().int(),
  })
  .meta({ id: "CampaignStats" });
export type CampaignStats = z.infer<typeof campaignStats>;

/** The report's charts: events per hour, and clicks per link. `machineClicks` stand apart and in nothing else. */
export const campaignReport = z.object({
  overTime: z.array(
    z.object({ at: utcDateTime, delivered: z.number().int(), opened: z.number().int(), clicked: z.number().int() }),
  ),
  links: z.array(
    z.object({ url: z.string(), people: z.number().int(), clicks: z.number().int(), machineClicks: z.number().int() }),
  ),
});
export type CampaignReport = z.infer<typeof campaignReport>;

export const recipientInput = z.strictObject({ ...byId.shape, contactId: uuid });
/**
 * Why this person did or did not get it. `events` in their order: of the ledger `chosen`, `called`, `handed_over`,
 * `skipped`, `failed`, `unknown` (of somebody who was no recipient `joined`, `suppressed`, `launched`), of the provider
 * `sent`, `delivered`, `opened` and so on.
 */
export const recipient = z.object({
  outcome: z.enum([...emailStatus.options, "excluded", "not_matched", "would_get"]),
  reason: z.string(),
  events: z.array(
    z.object({
      type: z.string(),
      at: utcDateTime,
      url: z.string().nullable(),
      reason: z.string().nullable(),
      likelyMachine: z.boolean(),
    }),
  ),
});
export type Recipient = z.infer<typeof recipient>;
