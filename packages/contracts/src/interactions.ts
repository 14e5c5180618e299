import { z } from "zod";
import { byId, dateTime, line, longText, pageInput, pageOutput, utcDateTime, uuid } from "./primitives";

export const interactionType = z.enum([
  "email_sent",
  "email_received",
  "call",
  "meeting",
  "note",
  "form_submission",
  "event_attended",
  "action_taken",
  "stage_change",
]);
export type InteractionType = z.infer<typeof interactionType>;

/** Something that happened between us and a contact. A person's campaign emails are read along as `email_sent`. */
export const interaction = z
  .object({
    id: uuid,
    contactId: uuid,
    type: interactionType,
    subject: z.string().nullable(),
    body: z.string().nullable(),
    occurredAt: utcDateTime,
    metadata: z.record(z.string(), z.string()),
    createdAt: utcDateTime,
  })
  .meta({ id: "Interaction" });
export type Interaction = z.infer<typeof interaction>;

export const listInteractionsInput = z.strictObject({ ...byId.shape, ...pageInput });
export type ListInteractionsInput = z.infer<typeof listInteractionsInput>;
export const interactionList = z.object({ interactions: z.array(interaction), ...pageOutput });
export type InteractionList = z.infer<typeof interactionList>;

export const createInteractionInput = z
  .strictObject({
    /** The contact. */
    ...byId.shape,
    type: interactionType,
    subject: line(998).nullable().optional(),
    body: longText(100_000).nullable().optional(),
    occurredAt: dateTime.optional(),
    metadata: z.record(line(100), longText(10_000)).default({}),
  })
  .meta({ example: { type: "call", subject: "Helps on Saturday", occurredAt: "2026-11-20T18:30:00+01:00" } });
export type CreateInteractionInput = z.infer<typeof createInteractionInput>;
