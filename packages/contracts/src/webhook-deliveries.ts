import { z } from "zod";
import { dateTime, line, requiredLine, utcDateTime, uuid } from "./primitives";

/**
 * What became of a delivery. `duplicate`: the event had been applied before; `unmatched`: it is about no message that
 * is known; `ignored`: it changes nothing; `failed`: it could not be applied.
 */
export const deliveryOutcome = z.enum(["waiting", "applied", "duplicate", "unmatched", "ignored", "failed"]);
export type DeliveryOutcome = z.infer<typeof deliveryOutcome>;
/** What is kept whole, and can be tried again. */
export const replayableOutcome = deliveryOutcome.extract(["unmatched", "failed"]);
export type ReplayableOutcome = z.infer<typeof replayableOutcome>;

/** The provider's id of the event, or a digest of a body that has none. */
export const deliveryId = requiredLine(2_000).meta({ example: "69206a4bd3e0f1a2b3c4d5e6" });
export const byDeliveryId = z.strictObject({ id: deliveryId });
export type ByDeliveryId = z.infer<typeof byDeliveryId>;

/** A delivery of a webhook: the mail provider's, or that of forms. `repeats`: how often the same event came again. */
export const webhookDelivery = z
  .object({
    id: z.string(),
    provider: z.enum(["mailersend", "tally"]),
    /** As the provider names it: `activity.opened`, `FORM_RESPONSE`. */
    type: z.string(),
    receivedAt: utcDateTime,
    repeats: z.number().int(),
    outcome: deliveryOutcome,
    /** Why it failed. */
    error: z.string().nullable(),
    appliedAt: utcDateTime.nullable(),
    /** Of the message that it is about; of the submission, where it is a form's. */
    messageId: z.string().nullable(),
    /** The address that it is about; null once the person is erased, or where it was ignored. */
    recipient: z.string().nullable(),
    contactId: uuid.nullable(),
    campaign: z.object({ id: uuid, name: z.string() }).nullable(),
    form: z.object({ id: uuid, name: z.string() }).nullable(),
    /** An open or a click that was likely no person's. */
    likelyMachine: z.boolean(),
  })
  .meta({ id: "WebhookDelivery" });
export type WebhookDelivery = z.infer<typeof webhookDelivery>;

/** With the body as it came, where that is kept: while it waits, and when it was unmatched or failed. */
export const webhookDeliveryDetails = webhookDelivery
  .extend({ body: z.record(z.string(), z.unknown()).nullable() })
  .meta({ id: "WebhookDeliveryDetails" });
export type WebhookDeliveryDetails = z.infer<typeof webhookDeliveryDetails>;

/** `before` is the `next` of the page before. `search` is the id of an event, a message or a submission, or an address, whole. */
export const listDeliveriesInput = z.strictObject({
  outcome: deliveryOutcome.optional(),
  type: line(100).optional(),
  search: line(254).optional(),
  from: dateTime.optional(),
  to: dateTime.optional(),
  before: z
    .string()
    .regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z_\d{1,18}$/, "must be the `next` of a page")
    .refine((text) => dateTime.safeParse(text.split("_", 1)[0]).success, "must be the `next` of a page")
    .optional(),
  limit: z.number().int().min(1).max(200).default(50),
});
export type ListDeliveriesInput = z.infer<typeof listDeliveriesInput>;
export const deliveryList = z.object({ deliveries: z.array(webhookDelivery), next: z.string().nullable() });
export type DeliveryList = z.infer<typeof deliveryList>;

export const replayDeliveriesInput = z.strictObject({ ids: z.array(deliveryId).min(1).max(1_000) });
export type ReplayDeliveriesInput = z.infer<typeof replayDeliveriesInput>;
/** Those of the ids that could be tried again. */
export const replayed = z.object({ replayed: z.number().int() });

/** Everything that failed or found no message, received in a span of time; `from` and `to` are part of it. */
export const replaySpanInput = z
  .strictObject({
    outcomes: z.array(replayableOutcome).min(1).max(2).default(["unmatched", "failed"]),
    from: dateTime,
    to: dateTime,
  })
  .meta({ example: { from: "2026-11-20T00:00:00Z", to: "2026-11-21T00:00:00Z" } });
export type ReplaySpanInput = z.infer<typeof replaySpanInput>;
/** So many wait for the job that tries them again. */
export const replayRequested = z.object({ requested: z.number().int() });
