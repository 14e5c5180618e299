import { randomBytes } from "node:crypto";
import type { SimulatedEvent } from "@hustings/contracts/sandbox";

export type SimulatedEventInput = {
  event: SimulatedEvent;
  messageId: string;
  recipient: string;
  subject: string;
  tags: readonly string[];
  occurredAt: Date;
  /** Of a click. */
  url?: string | undefined;
};

const READER = {
  ip: "192.0.2.1",
  country: "SE",
  user_agent: "Mozilla/5.0 (X11; Linux x64) Gecko/20100101 Firefox/140.0 Sandbox",
  device_type: "desktop",
  browser: "Firefox",
};
const EVENTS: Record<SimulatedEvent, { type: string; meta: Record<string, string> | [] }> = {
  delivered: { type: "delivered", meta: [] },
  opened: { type: "opened", meta: READER },
  clicked: { type: "clicked", meta: READER },
  bounced: {
    type: "hard_bounced",
    meta: {
      bounce_reason: "550 5.1.1 The mailbox does not exist (simulated)",
      bounce_code: "550",
      bounce_type: "hard",
    },
  },
  complained: { type: "spam_complaint", meta: [] },
  unsubscribed: { type: "unsubscribed", meta: { unsubscribe_reason: "NO_LONGER_WANT" } },
};

/**
 * A webhook body of version 2 as MailerSend would send it for this event, to the escaped slashes: sign it and hand it
 * to the webhook's own handler. Every call is an event of its own.
 */
export function buildSimulatedEvent({
  event,
  messageId,
  recipient,
  subject,
  tags,
  occurredAt,
  url,
}: SimulatedEventInput): string {
  const { type, meta } = EVENTS[event];
  const body = {
    type: `activity.${type}`,
    created_at: occurredAt.toISOString().replace(/\.(\d{3})Z$/, ".$1000Z"),
    data: {
      id: randomBytes(12).toString("hex"),
      domain_id: "sandbox",
      message_id: messageId,
      email_id: messageId,
      type,
      subject,
      recipient,
      tags,
      meta: event === "clicked" ? { ...meta, url: url ?? "https://example.org/" } : meta,
    },
  };
  return escapeLikePhp(JSON.stringify(body));
}

/** PHP's json_encode: `\/` for a slash, `\uXXXX` for what is not ASCII. Both can only stand inside strings. */
function escapeLikePhp(json: string): string {
  return json
    .replaceAll("/", "\\/")
    .replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
