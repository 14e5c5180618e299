import { createHash } from "node:crypto";
import { isMailersendSignature } from "@hustings/crypto/webhook-signature";
import { z } from "zod";

/** What a provider says about one message. `ignored`: stored, and changes nothing. */
export const PROVIDER_EVENT_TYPES = [
  "sent",
  "delivered",
  "soft_bounced",
  "hard_bounced",
  "deferred",
  "opened",
  "clicked",
  "unsubscribed",
  "complained",
  "ignored",
] as const;
export type ProviderEventType = (typeof PROVIDER_EVENT_TYPES)[number];

export type ProviderEvent = {
  /** The same for every delivery of the same event. */
  eventId: string;
  type: ProviderEventType;
  /** As the provider names it, `activity.opened`. */
  providerType: string;
  messageId: string | null;
  /** Lower case. */
  recipient: string | null;
  tags: string[];
  url: string | null;
  reason: string | null;
  ip: string | null;
  /** Null where the provider does not say; empty where the reader's program said nothing. */
  userAgent: string | null;
  occurredAt: Date;
};

/**
 * `opened_unique` and `clicked_unique` come beside the plain ones when both are subscribed to: counting them too would
 * count twice. Surveys, sender identities, maintenance and what MailerSend adds later are nobody's mail.
 */
const TYPES = new Map<string, ProviderEventType>([
  ["activity.sent", "sent"],
  ["activity.delivered", "delivered"],
  ["activity.soft_bounced", "soft_bounced"],
  ["activity.hard_bounced", "hard_bounced"],
  ["activity.deferred", "deferred"],
  ["activity.opened", "opened"],
  ["activity.clicked", "clicked"],
  ["activity.unsubscribed", "unsubscribed"],
  ["activity.spam_complaint", "complained"],
]);

/** The secret with which MailerSend signs the ping that saving a webhook sends. It is public, and proves nothing. */
const PING_SECRET = "test_Am3L1GuOIc4blLUuHqAPxxwkZaJyEk8G";
const PING_TYPE = "webhook.test";

const MAX_TEXT_CHARACTERS = 2_000;

/** Text of a provider: bounded, and without what Postgres does not store (NUL, halves of surrogate pairs). Anything else is taken as absent. */
const text = z
  .union([z.string(), z.number().transform(String)])
  .transform((value) =>
    value
      .replaceAll("\0", "")
      .slice(0, MAX_TEXT_CHARACTERS)
      .replace(/\p{Surrogate}/gu, "\ufffd"),
  )
  .nullish()
  .catch(null);
const texts = z
  .array(z.unknown())
  .transform((items) => items.filter((item) => typeof item === "string"))
  .catch([]);
/** `[]` and `null` stand for nothing. */
const record = z.record(z.string(), z.unknown()).catch({});

const envelope = z.object({ type: text, object: text, created_at: text, data: record });
const versionOne = z.object({
  message: z.object({ id: text }).catch({ id: null }),
  recipient: z.object({ email: text }).catch({ email: null }),
  tags: texts,
});
const details = z.object({
  ip: text,
  url: text,
  user_agent: text,
  reason: text,
  readable_reason: text,
  bounce_reason: text,
  reject_reason: text,
  suppression_reason: text,
  unsubscribe_reason: text,
});

/**
 * Reads a MailerSend webhook body of version 1 (nested) or 2 (flat), tolerantly: whatever is missing or of another
 * type is null, and an event of an unknown type is `ignored`.
 *
 * @param body the parsed JSON.
 * @param receivedAt stands in where the event has no readable time.
 * @returns null when the body is no object.
 */
export function parseMailersendEvent(body: unknown, receivedAt: Date): ProviderEvent | null {
  if (typeof body !== "object" || body === null || Array.isArray(body)) return null;
  const { type: topLevelType, object, created_at: createdAt, data } = envelope.parse(body);
  // The top-level type alone is reliable: `data.type` says `rejected` and `spam_complaints` among others.
  const providerType = topLevelType ?? object ?? "";
  const type = TYPES.get(providerType) ?? "ignored";
  const nested = versionOne.safeParse(data.email).data ?? null;
  const detail = details.parse(record.parse(nested ? data.morph : data.meta));
  const recipient = nested
    ? nested.recipient.email
    : (readText(data.recipient) ?? (type === "ignored" ? null : readText(data.email)));

  return {
    eventId: getEventId(providerType, data, body),
    type,
    providerType,
    messageId: (nested ? nested.message.id : readText(data.message_id)) ?? null,
    recipient: recipient?.trim().toLowerCase() ?? null,
    tags: nested ? nested.tags : texts.parse(data.tags),
    url: detail.url ?? null,
    reason:
      detail.readable_reason ??
      detail.bounce_reason ??
      detail.reject_reason ??
      detail.suppression_reason ??
      detail.unsubscribe_reason ??
      detail.reason ??
      null,
    ip: detail.ip ?? null,
    userAgent: detail.user_agent ?? null,
    occurredAt: parseProviderTime(createdAt ?? readText(data.created_at)) ?? receivedAt,
  };
}

/**
 * Whether this is MailerSend's signed ping, which must be answered 200 before a webhook can be saved, and so before
 * there is a secret. Its signature never vouches for anything else.
 */
export function isMailersendPing(rawBody: Uint8Array, signature: string | undefined): boolean {
  if (!isMailersendSignature([PING_SECRET], rawBody, signature)) return false;
  try {
    return envelope.safeParse(JSON.parse(Buffer.from(rawBody).toString("utf8"))).data?.type === PING_TYPE;
  } catch {
    return false; // signed, and no JSON
  }
}

/** Activities have an id of their own; other events carry that of the thing that they are about, or none. */
function getEventId(providerType: string, data: Record<string, unknown>, body: object): string {
  const id = readText(data.id);
  if (id && providerType.startsWith("activity.")) return id;
  return `digest-${createHash("sha256").update(JSON.stringify(body)).digest("hex").slice(0, 40)}`;
}

function readText(value: unknown): string | null {
  return text.parse(value) ?? null;
}

/** `2026-01-01T12:00:00.000000Z`, or `2026-01-01 12:00:00`, which is UTC too: JavaScript would read it as local time. */
function parseProviderTime(value: string | null): Date | null {
  if (value === null) return null;
  const hasZone = /(?:Z|[+-]\d\d:?\d\d)$/.test(value);
  const time = new Date(hasZone ? value : `${value.replace(" ", "T")}Z`);
  const year = time.getUTCFullYear();
  // Outside of these years JavaScript and Postgres write dates differently.
  return year >= 1 && year <= 9999 ? time : null;
}
