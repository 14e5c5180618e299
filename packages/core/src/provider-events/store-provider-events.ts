import type { Db } from "@hustings/db/client";
import type { ProviderEvent } from "@hustings/email/mailersend-webhook";
import { toStorableJson } from "../webhooks/storable-json";

/** A delivery whose signature held, as it is stored. */
export type SignedEvent = { event: ProviderEvent; body: unknown };

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
