import { createHmac } from "node:crypto";
import { type FakeMail, newObjectId } from "./account";

export type FakeWebhook = { url: string; secret: string };

/** The body of one event of a mail, of version 2. Every call is an event of its own. */
export function buildEvent({ messageId, emailId, to, email }: FakeMail, type: string, meta: EventMeta = {}): string {
  return toPhpJson({
    type: `activity.${type}`,
    created_at: new Date().toISOString().replace(/\.(\d{3})Z$/, ".$1000Z"),
    data: {
      id: newObjectId(),
      domain_id: "fake",
      message_id: messageId,
      email_id: emailId,
      type,
      subject: email.subject,
      recipient: to,
      tags: email.tags ?? [],
      meta: Object.keys(meta).length > 0 ? meta : [],
    },
  });
}

export type EventMeta = Record<string, string>;

/** Delivers a body as MailerSend does, signed over its bytes. @returns the receiver's status. */
export async function deliverEvent({ url, secret }: FakeWebhook, body: string): Promise<number> {
  const response = await fetch(url, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      signature: createHmac("sha256", secret).update(body).digest("hex"),
    },
    body,
  });
  await response.arrayBuffer();
  return response.status;
}

/** PHP's json_encode: `\/` for a slash, `\uXXXX` for what is not ASCII. */
const toPhpJson = (value: unknown): string =>
  JSON.stringify(value)
    .replaceAll("/", "\\/")
    .replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
