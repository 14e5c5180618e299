import { z } from "zod";
import { campaignStats } from "./campaign-recipients";
import { canaryInput } from "./campaign-safety";
import {
  byId,
  dateTime,
  emailAddress,
  line,
  longText,
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
    stopReason: z.string().nullable().describe("Why it paused by itself; null when a person paused it"),
    holdUntil: utcDateTime.nullable().describe("Held: nothing leaves before, and it can be recalled"),
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

export const createCampaignInput = z
  .strictObject({
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
  })
  .meta({
    example: {
      name: "Saturday in Lyon",
      subject: "{{ contact.firstName }}, see you on Saturday?",
      body: '<p>Hello {{ contact.firstName }},</p><p><a href="{{ unsubscribeUrl }}">Unsubscribe</a></p>',
    },
  });
export type CreateCampaignInput = z.infer<typeof createCampaignInput>;

export const updateCampaignInput = z
  .strictObject({ ...byId.shape, ...createCampaignInput.partial().shape })
  .meta({ example: { subject: "See you on Sunday" } });
export type UpdateCampaignInput = z.infer<typeof updateCampaignInput>;

/** Ten minutes: longer is what `scheduledAt` is for. */
const MAX_HOLD_SECONDS = 600;

/** What the database counts with. */
const MAX_RECIPIENTS = 2_147_483_647;

export const sendCampaignInput = z
  .strictObject({
    ...byId.shape,
    holdSeconds: z
      .number()
      .int()
      .min(0)
      .max(MAX_HOLD_SECONDS)
      .optional()
      .describe("Nothing leaves before, and the campaign can be recalled; 0 when absent"),
    canary: canaryInput.optional().describe("Some go first; what becomes of them decides whether the rest follows"),
    confirmRecipients: z
      .number()
      .int()
      .min(0)
      .max(MAX_RECIPIENTS)
      .optional()
      .describe("The number of people who get it, as counted before: refused when it is another by now"),
  })
  .meta({ example: { holdSeconds: 120 } });
export type SendCampaignInput = z.infer<typeof sendCampaignInput>;

export const campaignQueued = z.object({ queued: z.literal(true), message: z.string() });

export const previewCampaignInput = z
  .strictObject({
    ...byId.shape,
    email: emailAddress,
    /** As whom to render; without it, as an example person. */
    contactId: uuid.optional(),
  })
  .meta({ example: { email: "ada@example.org" } });
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
  variable: z
    .object({ path: z.string(), field: z.string().nullable() })
    .nullable()
    .describe("Of a gap: what the template writes, and what filters call it if they can ask for it"),
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

export const unsubscribeStatus = z.object({ secretConfigured: z.boolean(), listUnsubscribeEnabled: z.boolean() });

/** A line of the list: with its counters, once it has any. */
export const listedCampaign = campaign.extend({ stats: campaignStats.optional() }).meta({ id: "ListedCampaign" });
export type ListedCampaign = z.infer<typeof listedCampaign>;
