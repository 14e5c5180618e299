import type { DeliveryOutcome, WebhookDelivery, WebhookDeliveryDetails } from "@hustings/contracts/webhook-deliveries";
import { parseMailersendEvent } from "@hustings/email/mailersend-webhook";

/** A stored delivery with what it was matched to. */
export type DeliveryRow = {
  /** Of the table: the order of arrival. */
  id: bigint;
  eventId: string;
  provider: WebhookDelivery["provider"];
  type: string;
  messageId: string | null;
  body: Record<string, unknown> | null;
  receivedAt: Date;
  repeats: number;
  appliedAt: Date | null;
  outcome: DeliveryOutcome;
  error: string | null;
  email: string | null;
  contactId: string | null;
  campaignId: string | null;
  campaignName: string | null;
  formId: string | null;
  formName: string | null;
  likelyMachine: boolean;
};

/** Whom an event is about stands in its recipient's row; where it found none, in its body. */
export const toDelivery = (row: DeliveryRow): WebhookDelivery => ({
  id: row.eventId,
  provider: row.provider,
  type: row.type,
  receivedAt: row.receivedAt.toISOString(),
  repeats: row.repeats,
  outcome: row.outcome,
  error: row.error,
  appliedAt: row.appliedAt?.toISOString() ?? null,
  messageId: row.messageId,
  recipient: row.email ?? (row.provider === "mailersend" ? recipientIn(row) : null),
  contactId: row.contactId,
  campaign: row.campaignId && row.campaignName !== null ? { id: row.campaignId, name: row.campaignName } : null,
  form: row.formId && row.formName !== null ? { id: row.formId, name: row.formName } : null,
  likelyMachine: row.likelyMachine,
});

const recipientIn = ({ body, receivedAt }: DeliveryRow) => parseMailersendEvent(body, receivedAt)?.recipient ?? null;

export const toDeliveryDetails = (row: DeliveryRow): WebhookDeliveryDetails => ({ ...toDelivery(row), body: row.body });
