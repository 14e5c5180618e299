import { type Db, inTransaction, type Sql, sql } from "@hustings/db/client";
import type { CoreContext } from "../context";
import { groupByRecipient, judgeEngagements, keyOf, markUnmasked, type Verified } from "./judge-engagements";
import {
  applyEvent,
  type CounterChange,
  counterChange,
  type RecipientEvent,
  type RecipientState,
} from "./recipient-state";
import { recordOptOuts } from "./record-opt-outs";
import { type AddressEvent, suppressAddresses } from "./suppress-addresses";

/**
 * An event whose recipient is known. `eventId` is what makes a repetition harmless; `likelyMachine` is what the event
 * tells by itself.
 */
export type MatchedEvent = RecipientEvent & {
  eventId: string;
  campaignId: string;
  contactId: string;
  url: string | null;
  /** The provider's id of the message, which a row learns that has none yet. Null where the event does not tell it. */
  messageId: string | null;
};

export type RecipientKey = { campaignId: string; contactId: string };
export type RecipientRow = RecipientState & RecipientKey & { email: string | null; messageId: string | null };

/** The columns of a `RecipientRow`, of `campaign_emails e`. */
export const recipientColumns: Sql = sql`
  e.campaign_id as "campaignId", e.contact_id as "contactId", e.email, e.provider_message_id as "messageId", e.status,
  e.delivered_at as "deliveredAt", e.opened_at as "openedAt", e.clicked_at as "clickedAt",
  e.verified_opened_at as "verifiedOpenedAt", e.verified_clicked_at as "verifiedClickedAt",
  e.bounced_at as "bouncedAt", e.complained_at as "complainedAt", e.unsubscribed_at as "unsubscribedAt", e.error`;

/** `fresh`: ids of the events that were new. `optOuts`: whose new events said no. */
export type AppliedEvents = { fresh: ReadonlySet<string>; optOuts: RecipientKey[] };

/**
 * Applies events to recipients' rows, counters, preferences and suppressions, all or nothing in one transaction.
 * Repeated events are recognised by id and change nothing.
 *
 * @param held the recipients' rows, where the caller has locked them in the open transaction.
 */
export async function applyRecipientEvents(
  ctx: CoreContext,
  events: readonly MatchedEvent[],
  held?: readonly RecipientRow[],
): Promise<AppliedEvents> {
  if (events.length === 0) return { fresh: new Set(), optOuts: [] };
  return inTransaction(ctx.db, async (tx) => {
    const rows = new Map((held ?? (await lockRows(tx, events))).map((row) => [keyOf(row), row]));
    const judged = await judgeEngagements({ ...ctx, db: tx }, events, rows);
    const fresh = await insertEvents(
      tx,
      judged.events.map((event) => withoutErasedWords(event, rows.get(keyOf(event)))),
    );
    await markUnmasked(tx, judged.unmasked);
    const outcome = fold(fresh, rows, judged.verified);
    await updateRows(tx, outcome.changed);
    await updateCounters(tx, outcome.counters);
    await recordOptOuts(tx, outcome.optOuts);
    await suppressAddresses(tx, outcome.addresses);
    return { fresh: new Set(fresh.map(({ eventId }) => eventId)), optOuts: outcome.optOuts };
  });
}

type Folded = {
  changed: RecipientRow[];
  counters: Map<string, CounterChange>;
  addresses: AddressEvent[];
  optOuts: RecipientKey[];
};

/** What new events make of the rows that they are about. */
function fold(
  fresh: readonly MatchedEvent[],
  rows: ReadonlyMap<string, RecipientRow>,
  verified: ReadonlyMap<string, Verified>,
): Folded {
  const folded: Folded = { changed: [], counters: new Map(), addresses: [], optOuts: [] };
  for (const [key, group] of groupByRecipient(inOrder(fresh))) {
    const row = rows.get(key);
    if (!row) continue;
    let next: RecipientState = row;
    for (const event of group) {
      next = applyEvent(next, event);
      if (row.email !== null) folded.addresses.push({ type: event.type, email: row.email, at: event.occurredAt });
      if (event.type === "unsubscribed") folded.optOuts.push({ campaignId: row.campaignId, contactId: row.contactId });
    }
    next = withoutUnmasked(next, verified.get(key));
    const messageId = row.messageId ?? group.find((event) => event.messageId !== null)?.messageId ?? null;
    if (next === row && messageId === row.messageId) continue;
    folded.changed.push({ ...row, ...next, messageId });
    addTo(folded.counters, row.campaignId, counterChange(row, next));
  }
  return folded;
}

const inOrder = (events: readonly MatchedEvent[]): MatchedEvent[] =>
  [...events].sort((a, b) => a.occurredAt.getTime() - b.occurredAt.getTime());

/** What was taken for a person's and is not stands as what people did otherwise. */
function withoutUnmasked(state: RecipientState, verified: Verified | undefined): RecipientState {
  if (!verified) return state;
  return {
    ...state,
    verifiedOpenedAt: state.verifiedOpenedAt && verified.openedAt,
    verifiedClickedAt: state.verifiedClickedAt && verified.clickedAt,
  };
}

/** Of somebody who is erased a late event is counted; what it says may hold the address. */
const withoutErasedWords = (event: MatchedEvent, row: RecipientRow | undefined): MatchedEvent =>
  row?.email === null ? { ...event, reason: null } : event;

async function insertEvents(tx: Db, events: readonly MatchedEvent[]): Promise<MatchedEvent[]> {
  const unique = [...new Map(events.map((event) => [event.eventId, event])).values()];
  const rows = await tx.$queryRaw<{ id: string }[]>`
    insert into email_events (event_id, campaign_id, contact_id, type, url, reason, likely_machine, occurred_at)
    select "eventId", "campaignId", "contactId", type, url, reason, "likelyMachine", "occurredAt"
    from jsonb_to_recordset(${JSON.stringify(unique)}::jsonb) as e("eventId" text, "campaignId" uuid, "contactId" uuid,
      type text, url text, reason text, "likelyMachine" boolean, "occurredAt" timestamptz)
    on conflict (event_id) do nothing returning event_id as id`;
  const inserted = new Set(rows.map((row) => row.id));
  return unique.filter((event) => inserted.has(event.eventId));
}

/** Locked in the order of the key, so that two batches never wait for each other in a circle. */
async function lockRows(tx: Db, events: readonly MatchedEvent[]): Promise<RecipientRow[]> {
  const keys = JSON.stringify(events.map(({ campaignId, contactId }) => ({ campaignId, contactId })));
  return tx.$queryRaw<RecipientRow[]>`
    select ${recipientColumns} from campaign_emails e
    where (e.campaign_id, e.contact_id) in (
      select k."campaignId", k."contactId" from jsonb_to_recordset(${keys}::jsonb) as k("campaignId" uuid, "contactId" uuid))
    order by e.campaign_id, e.contact_id for update`;
}

async function updateRows(tx: Db, rows: readonly RecipientRow[]): Promise<void> {
  if (rows.length === 0) return;
  await tx.$executeRaw`
    update campaign_emails e set provider_message_id = n."messageId", status = n.status, delivered_at = n."deliveredAt", opened_at = n."openedAt",
      clicked_at = n."clickedAt", verified_opened_at = n."verifiedOpenedAt", verified_clicked_at = n."verifiedClickedAt",
      bounced_at = n."bouncedAt", complained_at = n."complainedAt", unsubscribed_at = n."unsubscribedAt", error = n.error
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as n("campaignId" uuid, "contactId" uuid, "messageId" text, status smallint,
      "deliveredAt" timestamptz, "openedAt" timestamptz, "clickedAt" timestamptz, "verifiedOpenedAt" timestamptz,
      "verifiedClickedAt" timestamptz, "bouncedAt" timestamptz, "complainedAt" timestamptz,
      "unsubscribedAt" timestamptz, error text)
    where e.campaign_id = n."campaignId" and e.contact_id = n."contactId"`;
}

function addTo(counters: Map<string, CounterChange>, campaignId: string, change: CounterChange): void {
  const known = counters.get(campaignId);
  if (!known) counters.set(campaignId, change);
  else for (const name of Object.keys(change) as (keyof CounterChange)[]) known[name] += change[name];
}

/** One update per campaign and batch: a counter row that every event updates would be the bottleneck. */
async function updateCounters(tx: Db, counters: ReadonlyMap<string, CounterChange>): Promise<void> {
  for (const [campaignId, change] of [...counters].sort(([a], [b]) => a.localeCompare(b))) {
    const increments = Object.fromEntries(Object.entries(change).map(([name, by]) => [name, { increment: by }]));
    await tx.campaignStats.updateMany({ where: { campaignId }, data: { ...increments, progressedAt: new Date() } });
  }
}
