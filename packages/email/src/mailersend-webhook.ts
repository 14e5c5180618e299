import { createHash } from "node:crypto";
import { isMailersendSignature } from "@hustings/crypto/webhook-signature";

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

/** Where the versions say why, the plainest first. */
const REASONS = [
  "readable_reason",
  "bounce_reason",
  "reject_reason",
  "suppression_reason",
  "unsubscribe_reason",
  "reason",
] as const;

const SURROGATE_HALF = /\p{Surrogate}/gu;

/** Text of a provider: bounded, and without what Postgres does not store (NUL, halves of surrogate pairs). Anything else is taken as absent. */
function readText(value: unknown): string | null {
  if (typeof value === "number") return String(value);
  if (typeof value !== "string") return null;
  const text = value.includes("\0") ? value.replaceAll("\0", "") : value;
  return text.slice(0, MAX_TEXT_CHARACTERS).replace(SURROGATE_HALF, "\ufffd");
}

const readTexts = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];

type Properties = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Properties =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** `[]` and `null` stand for nothing. */
const readObject = (value: unknown): Properties => (isObject(value) ? value : {});

/**
 * Reads a MailerSend webhook body of version 1 (nested) or 2 (flat), tolerantly: whatever is missing or of another
 * type is null, and an event of an unknown type is `ignored`.
 *
 * @param body the parsed JSON.
 * @param receivedAt stands in where the event has no readable time.
 * @returns null when the body is no object.
 */
export function parseMailersendEvent(body: unknown, receivedAt: Date): ProviderEvent | null {
  if (!isObject(body)) return null;
  const data = readObject(body.data);
  // The top-level type alone is reliable: `data.type` says `rejected` and `spam_complaints` among others.
  const providerType = readText(body.type) ?? readText(body.object) ?? "";
  const type = TYPES.get(providerType) ?? "ignored";
  const nested = isObject(data.email) ? data.email : null;
  const detail = readObject(nested ? data.morph : data.meta);
  const recipient = nested
    ? readText(readObject(nested.recipient).email)
    : (readText(data.recipient) ?? (type === "ignored" ? null : readText(data.email)));

  return {
    eventId: getEventId(providerType, data, body),
    type,
    providerType,
    messageId: readText(nested ? readObject(nested.message).id : data.message_id),
    recipient: recipient?.trim().toLowerCase() ?? null,
    tags: readTexts(nested ? nested.tags : data.tags),
    url: readText(detail.url),
    reason: REASONS.reduce<string | null>((found, name) => found ?? readText(detail[name]), null),
    ip: readText(detail.ip),
    userAgent: readText(detail.user_agent),
    occurredAt: parseProviderTime(readText(body.created_at) ?? readText(data.created_at)) ?? receivedAt,
  };
}

/**
 * Whether this is MailerSend's signed ping, which must be answered 200 before a webhook can be saved, and so before
 * there is a secret. Its signature never vouches for anything else.
 */
export function isMailersendPing(rawBody: Uint8Array, signature: string | undefined): boolean {
  if (!isMailersendSignature([PING_SECRET], rawBody, signature)) return false;
  try {
    return readObject(JSON.parse(Buffer.from(rawBody).toString("utf8"))).type === PING_TYPE;
  } catch {
    return false; // signed, and no JSON
  }
}

/** Activities have an id of their own; other events carry that of the thing that they are about, or none. */
function getEventId(providerType: string, data: Properties, body: object): string {
  const id = readText(data.id);
  if (id && providerType.startsWith("activity.")) return id;
  return `digest-${createHash("sha256").update(JSON.stringify(body)).digest("hex").slice(0, 40)}`;
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
