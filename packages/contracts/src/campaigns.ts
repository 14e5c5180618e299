import { z } from "zod";
import {
  byId,
  dateTime,
  emailAddress,
  line,
  longText,
  pageInput,
  rangeInput,
  requiredLine,
  utcDateTime,
  uuid,
} from "./primitives";

export const campaignStatus = z.enum([
  "draft",
  "scheduled",
  "queued",
  "sending",
  "paused",
  "sent",
  "cancelled",
  "failed",
]);
export type CampaignStatus = z.infer<typeof campaignStatus>;

const content = {
  name: requiredLine(200),
  /** RFC 5322 2.1.1: at most 998 characters in a line. */
  subject: requiredLine(998),
  body: longText(500_000),
  preheader: line(500).nullable(),
  fromName: line(200).nullable(),
  fromEmail: emailAddress.nullable(),
  segmentId: uuid.nullable(),
  categoryId: uuid.nullable(),
  scheduledAt: dateTime.nullable(),
  allowNoUnsubscribe: z.boolean(),
};

export const campaign = z
  .object({
    id: uuid,
    name: z.string(),
    subject: z.string(),
    body: z.string(),
    preheader: z.string().nullable(),
    fromName: z.string().nullable(),
    fromEmail: z.string().nullable(),
    segmentId: uuid.nullable(),
    categoryId: uuid.nullable(),
    scheduledAt: utcDateTime.nullable(),
    allowNoUnsubscribe: z.boolean(),
    status: campaignStatus,
    error: z.string().nullable(),
    launchedAt: utcDateTime.nullable(),
    finishedAt: utcDateTime.nullable(),
    createdAt: utcDateTime,
    updatedAt: utcDateTime,
  })
  .meta({ id: "Campaign" });
export type Campaign = z.infer<typeof campaign>;

export const listCampaignsInput = z.strictObject({
  ...rangeInput,
  status: campaignStatus.optional(),
  search: z.string().trim().max(200).optional(),
});
export type ListCampaignsInput = z.infer<typeof listCampaignsInput>;

export const createCampaignInput = z.strictObject({
  name: content.name,
  subject: content.subject,
  body: content.body,
  preheader: content.preheader.optional(),
  fromName: content.fromName.optional(),
  fromEmail: content.fromEmail.optional(),
  segmentId: content.segmentId.optional(),
  categoryId: content.categoryId.optional(),
  scheduledAt: content.scheduledAt.optional(),
  allowNoUnsubscribe: content.allowNoUnsubscribe.optional(),
});
export type CreateCampaignInput = z.infer<typeof createCampaignInput>;

export const updateCampaignInput = z.strictObject({ ...byId.shape, ...createCampaignInput.partial().shape });
export type UpdateCampaignInput = z.infer<typeof updateCampaignInput>;

export const campaignQueued = z.object({ queued: z.literal(true), message: z.string() });

export const previewCampaignInput = z.strictObject({
  ...byId.shape,
  email: emailAddress,
  /** As whom to render; without it, as an example person. */
  contactId: uuid.optional(),
});
export type PreviewCampaignInput = z.infer<typeof previewCampaignInput>;

/** The editor's live preview: what would leave, for one person. Nothing is sent or stored. */
export const renderCampaignInput = z.strictObject({
  subject: z.string().max(998),
  body: longText(500_000),
  preheader: line(500).nullable().optional(),
  fromName: content.fromName.optional(),
  fromEmail: content.fromEmail.optional(),
  categoryId: content.categoryId.optional(),
  allowNoUnsubscribe: content.allowNoUnsubscribe.optional(),
  contactId: uuid.nullable().optional(),
});
export type RenderCampaignInput = z.infer<typeof renderCampaignInput>;
export const campaignCheck = z.object({
  level: z.enum(["fine", "look", "stop"]),
  code: z.string(),
  message: z.string(),
  line: z.number().int().nullable(),
});
export const renderedCampaign = z.object({
  subject: z.string(),
  html: z.string(),
  text: z.string(),
  sizeBytes: z.number().int(),
  checks: z.array(campaignCheck),
  /** A template that does not parse: where. */
  error: z
    .object({
      message: z.string(),
      line: z.number().int().nullable(),
      column: z.number().int().nullable(),
      part: z.enum(["subject", "preheader", "body"]),
    })
    .nullable(),
});
export type RenderedCampaign = z.infer<typeof renderedCampaign>;

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

/** One recipient's row of a campaign. `contactId` and `email` are null once the person is erased. */
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
]);
export type EmailOutcome = z.infer<typeof emailOutcome>;
export const listCampaignEmailsInput = z.strictObject({
  ...byId.shape,
  outcome: emailOutcome.optional(),
  link: line(2_000).optional(),
  ...rangeInput,
});
export type ListCampaignEmailsInput = z.infer<typeof listCampaignEmailsInput>;

export const unsubscribeStatus = z.object({ secretConfigured: z.boolean(), listUnsubscribeEnabled: z.boolean() });

export const exclusionReason = z.enum(["noEmail", "unsubscribed", "category", "suppressed", "duplicate"]);
export type ExclusionReason = z.infer<typeof exclusionReason>;
/** `matched = recipients + all of excluded`; a person is counted under the first reason that holds. */
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
});
export type Audience = z.infer<typeof audience>;
/** The people behind one number of the pre-flight. */
export const audiencePeopleInput = z.strictObject({
  ...byId.shape,
  group: z.enum(["matched", "recipients", ...exclusionReason.options]),
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

/** A line of the list: with its counters, once it has any. */
export const listedCampaign = campaign.extend({ stats: campaignStats.optional() }).meta({ id: "ListedCampaign" });
export type ListedCampaign = z.infer<typeof listedCampaign>;

/** The report's charts: events per hour, and clicks per link. */
export const campaignReport = z.object({
  overTime: z.array(
    z.object({ at: utcDateTime, delivered: z.number().int(), opened: z.number().int(), clicked: z.number().int() }),
  ),
  links: z.array(z.object({ url: z.string(), people: z.number().int(), clicks: z.number().int() })),
});
export type CampaignReport = z.infer<typeof campaignReport>;

export const recipientInput = z.strictObject({ ...byId.shape, contactId: uuid });
/** Why this person did or did not get it. */
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
