import { type Db, inTransaction, join, sql } from "@hustings/db/client";
import { isLikelyMachine } from "@hustings/email/likely-machine";
import { isOwnLink } from "@hustings/email/links";
import { type ProviderEvent, parseMailersendEvent } from "@hustings/email/mailersend-webhook";
import type { CoreContext } from "../context";
import { updateSandboxMails } from "../sandbox/update-sandbox-mails";
import { applyRecipientEvents, type MatchedEvent, type RecipientRow, recipientColumns } from "./apply-recipient-events";
import { auditOptOuts } from "./audit-opt-outs";
import type { RecipientEventType } from "./recipient-state";

/** Stored deliveries applied at a time (facts: batches of 1,000 run at half the speed of an insert-only log). */
export const EVENT_BATCH_SIZE = 1_000;

type StoredRow = { id: bigint; eventId: string; body: unknown; receivedAt: Date };
type KnownEvent = ProviderEvent & { type: RecipientEventType; messageId: string | null };
type FoundRow = RecipientRow & { eventId: string };

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
    const found = await lockRecipients(tx, events);
    const matched = matchRecipients(ctx, events, found);
    await auditOptOuts(tx, await applyRecipientEvents({ ...ctx, db: tx }, matched, found));
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

/**
 * Finds and locks the recipients of events: by message id; where that is not known (yet), by the campaign's tag and the
 * address. Locked in the order of the key, so that two batches never wait for each other in a circle.
 */
async function lockRecipients(tx: Db, events: readonly KnownEvent[]): Promise<FoundRow[]> {
  const byMessage = events.map(({ eventId, messageId }) => ({ eventId, messageId }));
  const found = await tx.$queryRaw<FoundRow[]>`
    select a."eventId", ${recipientColumns}
    from jsonb_to_recordset(${JSON.stringify(byMessage)}::jsonb) as a("eventId" text, "messageId" text)
    join campaign_emails e on e.provider_message_id = a."messageId"
    order by e.campaign_id, e.contact_id for update of e`;
  const known = new Set(found.map(({ eventId }) => eventId));
  const byAddress = events.flatMap(({ eventId, tags, recipient }) => {
    const campaignId = known.has(eventId) ? null : campaignOfTags(tags);
    return campaignId ? [{ eventId, campaignId, email: recipient }] : [];
  });
  if (byAddress.length === 0) return found;
  const early = await tx.$queryRaw<FoundRow[]>`
    select a."eventId", ${recipientColumns}
    from jsonb_to_recordset(${JSON.stringify(byAddress)}::jsonb) as a("eventId" text, "campaignId" uuid, email text)
    join contacts c on c.email = a.email
    join campaign_emails e on e.campaign_id = a."campaignId" and e.contact_id = c.id and e.provider_message_id is null
    order by e.campaign_id, e.contact_id for update of e`;
  return [...found, ...early];
}

function matchRecipients(ctx: CoreContext, events: readonly KnownEvent[], found: readonly FoundRow[]): MatchedEvent[] {
  const recipients = new Map(found.map((row) => [row.eventId, row]));
  return events.flatMap((event) => {
    const recipient = recipients.get(event.eventId);
    if (!recipient || isOurOwnClick(ctx, event)) return [];
    return [toMatched(ctx, event, recipient)];
  });
}

function toMatched(ctx: CoreContext, event: KnownEvent, recipient: RecipientRow): MatchedEvent {
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

/**
 * What was applied is told by recipients' rows from then on, so its words go: they name people who may ask to be
 * erased. The message's id stays, by which the provider finds it. `unmatched` deliveries are kept whole: they may be
 * about a message of before, or of another system.
 */
async function markApplied(
  tx: Db,
  rows: readonly StoredRow[],
  events: readonly KnownEvent[],
  matched: readonly MatchedEvent[],
): Promise<void> {
  const known = new Map(events.map((event) => [event.eventId, event]));
  const applied = new Set(matched.map((event) => event.eventId));
  const outcomes = rows.map(({ id, eventId }) => ({
    id: String(id),
    outcome: applied.has(eventId) ? "applied" : known.has(eventId) ? "unmatched" : "ignored",
    body: { messageId: known.get(eventId)?.messageId ?? null },
  }));
  await tx.$executeRaw`
    update provider_events p set applied_at = now(), outcome = o.outcome,
      body = case when o.outcome = 'unmatched' then p.body else o.body end
    from jsonb_to_recordset(${JSON.stringify(outcomes)}::jsonb) as o(id bigint, outcome text, body jsonb)
    where p.id = o.id`;
}
