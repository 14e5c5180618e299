import { type Db, inTransaction, join, sql } from "@hustings/db/client";
import { isLikelyMachine } from "@hustings/email/likely-machine";
import { isOwnLink } from "@hustings/email/links";
import { type ProviderEvent, parseMailersendEvent } from "@hustings/email/mailersend-webhook";
import type { CoreContext } from "../context";
import { updateSandboxMails } from "../sandbox/update-sandbox-mails";
import { applyRecipientEvents, type MatchedEvent } from "./apply-recipient-events";
import type { RecipientEventType } from "./recipient-state";

/** Stored deliveries applied at a time (facts: batches of 1,000 run at half the speed of an insert-only log). */
export const EVENT_BATCH_SIZE = 1_000;

type StoredRow = { id: bigint; eventId: string; body: unknown; receivedAt: Date };
type KnownEvent = ProviderEvent & { type: RecipientEventType; messageId: string | null };
type Recipient = { campaignId: string; contactId: string; messageId: string | null; deliveredAt: Date | null };

/**
 * Applies stored deliveries, oldest first, in one transaction: recipients' rows, counters, preferences, suppressions,
 * and in the sandbox the caught mails. Repeated and out-of-order deliveries are harmless.
 *
 * @param only event ids to apply; without, whatever waits.
 * @returns how many were taken up, and how many caught mails changed.
 */
export async function applyProviderEvents(
  ctx: CoreContext,
  only?: readonly string[],
): Promise<{ applied: number; changedMails: number }> {
  return inTransaction(ctx.db, async (tx) => {
    const named = only ? sql`and event_id in (${join([...only])})` : sql``;
    const rows = await tx.$queryRaw<StoredRow[]>`
      select id, event_id as "eventId", body, received_at as "receivedAt" from provider_events
      where applied_at is null ${named} order by id limit ${EVENT_BATCH_SIZE} for update skip locked`;
    if (rows.length === 0) return { applied: 0, changedMails: 0 };
    const events = rows.flatMap((row) => readKnown(row));
    const matched = await matchRecipients(ctx, tx, events);
    await applyRecipientEvents({ ...ctx, db: tx }, matched);
    const changedMails = ctx.settings.emailMode === "sandbox" ? await updateSandboxMails(tx, events) : 0;
    await markApplied(tx, rows, events, matched);
    return { applied: rows.length, changedMails };
  });
}

function readKnown(row: StoredRow): KnownEvent[] {
  const event = parseMailersendEvent(row.body, row.receivedAt);
  if (!event || event.type === "ignored") return [];
  return [{ ...event, type: event.type, eventId: row.eventId }];
}

/** By message id; where that is not known (yet), by the campaign's tag and the address. */
async function matchRecipients(ctx: CoreContext, tx: Db, events: readonly KnownEvent[]): Promise<MatchedEvent[]> {
  const asked = events.map((event) => ({
    eventId: event.eventId,
    messageId: event.messageId,
    campaignId: campaignOfTags(event.tags),
    email: event.recipient,
  }));
  const found = await tx.$queryRaw<(Recipient & { eventId: string })[]>`
    with asked as materialized (
      select * from jsonb_to_recordset(${JSON.stringify(asked)}::jsonb)
        as a("eventId" text, "messageId" text, "campaignId" uuid, email text))
    select a."eventId", e.campaign_id as "campaignId", e.contact_id as "contactId",
      e.provider_message_id as "messageId", e.delivered_at as "deliveredAt"
    from asked a join campaign_emails e on e.provider_message_id = a."messageId"
    union all
    select a."eventId", e.campaign_id, e.contact_id, e.provider_message_id, e.delivered_at
    from asked a
    join contacts c on c.email = a.email
    join campaign_emails e on e.campaign_id = a."campaignId" and e.contact_id = c.id and e.provider_message_id is null`;
  const recipients = new Map(found.map((row) => [row.eventId, row]));
  return events.flatMap((event) => {
    const recipient = recipients.get(event.eventId);
    if (!recipient || isOurOwnClick(ctx, event)) return [];
    return [toMatched(ctx, event, recipient)];
  });
}

function toMatched(ctx: CoreContext, event: KnownEvent, recipient: Recipient): MatchedEvent {
  const { eventId, type, url, reason, occurredAt, userAgent } = event;
  const isEngagement = type === "opened" || type === "clicked";
  // Whoever simulates is quicker than any mailbox: in the sandbox the time since the delivery says nothing.
  const deliveredAt = ctx.settings.emailMode === "sandbox" ? null : recipient.deliveredAt;
  const likelyMachine = isEngagement && isLikelyMachine({ type, userAgent, occurredAt, deliveredAt });
  return {
    eventId,
    type,
    url,
    reason,
    occurredAt,
    likelyMachine,
    campaignId: recipient.campaignId,
    contactId: recipient.contactId,
  };
}

/** Scanners follow our unsubscribe links; that is no sign of interest. */
const isOurOwnClick = (ctx: CoreContext, event: KnownEvent): boolean =>
  event.type === "clicked" && event.url !== null && isOwnLink(ctx.settings.appUrl, event.url);

const CAMPAIGN_TAG = /^c-([0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12})$/;

function campaignOfTags(tags: readonly string[]): string | null {
  for (const tag of tags) {
    const id = CAMPAIGN_TAG.exec(tag)?.[1];
    if (id) return id;
  }
  return null;
}

/** `unmatched` deliveries are kept: they may be about a message of before, or of another system. */
async function markApplied(
  tx: Db,
  rows: readonly StoredRow[],
  events: readonly KnownEvent[],
  matched: readonly MatchedEvent[],
): Promise<void> {
  const known = new Set(events.map((event) => event.eventId));
  const applied = new Set(matched.map((event) => event.eventId));
  const outcomes = rows.map(({ id, eventId }) => ({
    id: String(id),
    outcome: applied.has(eventId) ? "applied" : known.has(eventId) ? "unmatched" : "ignored",
  }));
  await tx.$executeRaw`
    update provider_events p set applied_at = now(), outcome = o.outcome
    from jsonb_to_recordset(${JSON.stringify(outcomes)}::jsonb) as o(id bigint, outcome text) where p.id = o.id`;
}
