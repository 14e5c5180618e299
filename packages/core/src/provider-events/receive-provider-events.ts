import { isMailersendSignature } from "@hustings/crypto/webhook-signature";
import type { Db } from "@hustings/db/client";
import { inTransaction } from "@hustings/db/client";
import { isMailersendPing, type ProviderEvent, parseMailersendEvent } from "@hustings/email/mailersend-webhook";
import type { CoreContext } from "../context";
import { DomainError, invalid } from "../errors";
import { writeEventUnlessWaiting } from "../outbox/write-event";

/** A delivery whose signature held, as it is stored. */
export type SignedEvent = { event: ProviderEvent; body: unknown };

/**
 * Takes one webhook delivery: checks it, stores it once and asks for the job; nothing of it is applied here.
 *
 * @throws DomainError `unavailable` without a configured secret; `unauthenticated` for a missing or wrong signature;
 *   `invalid` for a signed body that is no JSON object.
 */
export async function receiveProviderEvent(
  ctx: CoreContext,
  rawBody: Uint8Array,
  signature: string | undefined,
): Promise<void> {
  if (isMailersendPing(rawBody, signature)) return;
  const signed = readSignedEvent(ctx, rawBody, signature);
  await inTransaction(ctx.db, async (tx) => {
    await storeProviderEvents(tx, [signed]);
    await writeEventUnlessWaiting(tx, "provider/events.received", {});
  });
}

/** The checks that every event passes, a simulated one too. See `receiveProviderEvent` for what it throws. */
export function readSignedEvent(ctx: CoreContext, rawBody: Uint8Array, signature: string | undefined): SignedEvent {
  const secrets = ctx.settings.mailersendWebhookSecrets;
  if (secrets.length === 0) throw new DomainError("unavailable", "The webhook's secret is not configured");
  if (!isMailersendSignature(secrets, rawBody, signature))
    throw new DomainError("unauthenticated", "Invalid signature");
  const body = parseJson(rawBody);
  const event = parseMailersendEvent(body, ctx.ports.now());
  if (!event) throw invalid("The body is not a MailerSend event");
  return { event, body };
}

function parseJson(rawBody: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(rawBody).toString("utf8"));
  } catch {
    throw invalid("The body is not JSON");
  }
}

/** Stores deliveries, each event id once; of a repetition it is only counted that it came, and nobody waits for that. */
export async function storeProviderEvents(db: Db, events: readonly SignedEvent[]): Promise<void> {
  const rows = events.map(({ event, body }) => ({
    eventId: event.eventId,
    type: event.providerType,
    messageId: event.messageId,
    body,
  }));
  await db.$executeRaw`
    with given as materialized (
      select * from jsonb_to_recordset(${toStorableJson(rows)}::jsonb)
        as e("eventId" text, type text, "messageId" text, body jsonb)),
    stored as (
      insert into provider_events (event_id, type, message_id, body)
      select "eventId", type, "messageId", body from given
      on conflict (event_id) do nothing),
    again as (
      select p.id from provider_events p join given g on g."eventId" = p.event_id for update of p skip locked)
    update provider_events p set repeats = p.repeats + 1 from again a where p.id = a.id`;
}

/** Backslashes in pairs, so that none is taken for the beginning of an escape; or the escape of a NUL or half a surrogate pair. */
const UNSTORABLE = /\\(?:\\|u(?:0000|d[89a-f][0-9a-f]{2}))/g;

/** JSON that Postgres takes as jsonb: JSON.stringify escapes NUL and halves of surrogate pairs, and jsonb has neither. */
const toStorableJson = (value: unknown): string =>
  JSON.stringify(value).replace(UNSTORABLE, (found) => (found === "\\\\" ? found : "\ufffd"));
