import { type Db, inTransaction, type Sql, sql } from "@hustings/db/client";
import type { CoreContext } from "../context";
import {
  applyEvent,
  type CounterChange,
  counterChange,
  type RecipientEvent,
  type RecipientState,
} from "./recipient-state";
import { recordOptOuts } from "./record-opt-outs";
import { type AddressEvent, suppressAddresses } from "./suppress-addresses";

/** An event whose recipient is known. `eventId` is what makes a repetition harmless. */
export type MatchedEvent = RecipientEvent & {
  eventId: string;
  campaignId: string;
  contactId: string;
  url: string | null;
};

export type RecipientKey = { campaignId: string; contactId: string };
export type RecipientRow = RecipientState & RecipientKey & { email: string | null };

/** The columns of a `RecipientRow`, of `campaign_emails e`. */
export const recipientColumns: Sql = sql`
  e.campaign_id as "campaignId", e.contact_id as "contactId", e.email, e.status,
  e.delivered_at as "deliveredAt", e.opened_at as "openedAt", e.clicked_at as "clickedAt",
  e.verified_opened_at as "verifiedOpenedAt", e.verified_clicked_at as "verifiedClickedAt",
  e.bounced_at as "bouncedAt", e.complained_at as "complainedAt", e.unsubscribed_at as "unsubscribedAt", e.error`;

/**
 * Applies events to recipients' rows, counters, preferences and suppressions, all or nothing in one transaction.
 * Repeated events are recognised by id and change nothing.
 *
 * @param held the recipients' rows, where the caller has locked them in the open transaction.
 * @returns whose new events said no.
 */
export async function applyRecipientEvents(
  ctx: CoreContext,
  events: readonly MatchedEvent[],
  held?: readonly RecipientRow[],
): Promise<RecipientKey[]> {
  if (events.length === 0) return [];
  return inTransaction(ctx.db, async (tx) => {
    const rows = new Map((held ?? (await lockRows(tx, events))).map((row) => [keyOf(row), row]));
    const fresh = await insertEvents(
      tx,
      events.map((event) => withoutErasedWords(event, rows.get(keyOf(event)))),
    );
    if (fresh.length === 0) return [];
    const changed: RecipientRow[] = [];
    const counters = new Map<string, CounterChange>();
    const addresses: AddressEvent[] = [];
    const optOuts: RecipientKey[] = [];
    for (const [key, group] of groupByRow(fresh)) {
      const row = rows.get(key);
      if (!row) continue;
      let next: RecipientState = row;
      for (const event of group) {
        next = applyEvent(next, event);
        if (row.email !== null) addresses.push({ type: event.type, email: row.email, at: event.occurredAt });
        if (event.type === "unsubscribed") optOuts.push(row);
      }
      if (next === row) continue;
      changed.push({ ...row, ...next });
      addTo(counters, row.campaignId, counterChange(row, next));
    }
    await updateRows(tx, changed);
    await updateCounters(tx, counters);
    await recordOptOuts(tx, optOuts);
    await suppressAddresses(tx, addresses);
    return optOuts.map(({ campaignId, contactId }) => ({ campaignId, contactId }));
  });
}

/** Of somebody who is erased a late event is counted; what it says may hold the address. */
const withoutErasedWords = (event: MatchedEvent, row: RecipientRow | undefined): MatchedEvent =>
  row?.email === null ? { ...event, reason: null } : event;

const keyOf = (row: RecipientKey): string => `${row.campaignId}:${row.contactId}`;

/** Events in the order in which they happened, per recipient. */
function groupByRow(events: readonly MatchedEvent[]): Map<string, MatchedEvent[]> {
  const groups = new Map<string, MatchedEvent[]>();
  for (const event of [...events].sort((a, b) => a.occurredAt.getTime() - b.occurredAt.getTime())) {
    const group = groups.get(keyOf(event));
    if (group) group.push(event);
    else groups.set(keyOf(event), [event]);
  }
  return groups;
}

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
    update campaign_emails e set status = n.status, delivered_at = n."deliveredAt", opened_at = n."openedAt",
      clicked_at = n."clickedAt", verified_opened_at = n."verifiedOpenedAt", verified_clicked_at = n."verifiedClickedAt",
      bounced_at = n."bouncedAt", complained_at = n."complainedAt", unsubscribed_at = n."unsubscribedAt", error = n.error
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as n("campaignId" uuid, "contactId" uuid, status smallint,
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
