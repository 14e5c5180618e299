import type { Db } from "@hustings/db/client";
import { BURST_LINKS, findMachines, type Heard, TOO_SOON_AFTER_DELIVERED_MS } from "@hustings/email/likely-machine";
import type { CoreContext } from "../context";
import type { MatchedEvent, RecipientKey, RecipientRow } from "./apply-recipient-events";

/** What opens and clicks mean, once everything known of their messages is looked at together. */
export type Judgement = {
  /** The new events, each marked. */
  events: MatchedEvent[];
  /** Stored opens and clicks that are machines' after all. */
  unmasked: string[];
  /** What people did in the messages of those, by the key of the row. */
  verified: ReadonlyMap<string, Verified>;
};
export type Verified = { openedAt: Date | null; clickedAt: Date | null };

export const keyOf = (row: RecipientKey): string => `${row.campaignId}:${row.contactId}`;

/** What belongs to the same recipient, in the order given. */
export function groupByRecipient<T extends RecipientKey>(items: readonly T[]): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group) group.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return groups;
}

/**
 * Marks opens and clicks that no person made. A delivery that is told late, or the third link of a burst, can unmask
 * what was stored before.
 */
export async function judgeEngagements(
  ctx: CoreContext,
  events: readonly MatchedEvent[],
  rows: ReadonlyMap<string, RecipientRow>,
): Promise<Judgement> {
  const groups = groupByRecipient(events.filter((event) => isTelling(event.type)));
  const asked = [...groups].filter(([key, group]) => mayUnmask(group, rows.get(key)));
  if (asked.length === 0) return { events: [...events], unmasked: [], verified: new Map() };
  const stored = await listHeard(
    ctx.db,
    asked.flatMap(([, [event]]) => event ?? []),
  );
  const machines = new Set<string>();
  const unmasked: string[] = [];
  const verified = new Map<string, Verified>();
  for (const [key, group] of asked) {
    const before = stored.get(key) ?? [];
    const all = [...new Map([...group, ...before].map((event) => [event.eventId, toHeard(event)])).values()];
    // Whoever simulates is quicker than any mailbox: in the sandbox the time since the delivery says nothing.
    const judged = ctx.settings.emailMode === "sandbox" ? all.filter(({ type }) => isEngagement(type)) : all;
    const found = findMachines(judged);
    for (const id of found) machines.add(id);
    const exposed = before.filter((event) => found.has(event.eventId) && !event.likelyMachine);
    if (exposed.length === 0) continue;
    unmasked.push(...exposed.map(({ eventId }) => eventId));
    verified.set(key, verifiedBy(judged.filter(({ eventId }) => !found.has(eventId))));
  }
  const marked = events.map((event) => (machines.has(event.eventId) ? { ...event, likelyMachine: true } : event));
  return { events: marked, unmasked, verified };
}

/** Marks stored events that turned out to be machines'. */
export async function markUnmasked(tx: Db, eventIds: readonly string[]): Promise<void> {
  if (eventIds.length === 0) return;
  await tx.emailEvent.updateMany({ where: { eventId: { in: [...eventIds] } }, data: { likelyMachine: true } });
}

const isEngagement = (type: string): boolean => type === "opened" || type === "clicked";
const isTelling = (type: string): boolean => isEngagement(type) || type === "sent" || type === "delivered";

/**
 * Whether the events could be told apart, or unmask others, only by what was heard before. Most come in their order and
 * without haste, and cost nothing: what tells of the way matters where something has been opened, an open or a click
 * soon after the arrival, a click among others.
 */
function mayUnmask(group: readonly MatchedEvent[], row: RecipientRow | undefined): boolean {
  if (!row) return false;
  const engagements = group.filter(({ type }) => isEngagement(type));
  if (engagements.length < group.length && (row.openedAt !== null || engagements.length > 0)) return true;
  const clicks = engagements.filter(({ type }) => type === "clicked").length;
  if (clicks >= BURST_LINKS || (clicks > 0 && row.clickedAt !== null)) return true;
  const readableFrom = row.deliveredAt ? row.deliveredAt.getTime() + TOO_SOON_AFTER_DELIVERED_MS : Infinity;
  return engagements.some(({ occurredAt }) => occurredAt.getTime() < readableFrom);
}

type StoredEvent = RecipientKey & Heard;

async function listHeard(db: Db, keys: readonly RecipientKey[]): Promise<Map<string, StoredEvent[]>> {
  const asked = JSON.stringify(keys.map(({ campaignId, contactId }) => ({ campaignId, contactId })));
  const rows = await db.$queryRaw<StoredEvent[]>`
    select v.event_id as "eventId", v.campaign_id as "campaignId", v.contact_id as "contactId", v.type, v.url,
      v.occurred_at as "occurredAt", v.likely_machine as "likelyMachine"
    from jsonb_to_recordset(${asked}::jsonb) as k("campaignId" uuid, "contactId" uuid)
    join email_events v on v.campaign_id = k."campaignId" and v.contact_id = k."contactId"
    where v.type in ('sent', 'delivered', 'opened', 'clicked')`;
  return groupByRecipient(rows);
}

const toHeard = ({ eventId, type, url, occurredAt, likelyMachine }: StoredEvent | MatchedEvent): Heard => ({
  eventId,
  type: type as Heard["type"],
  url,
  occurredAt,
  likelyMachine,
});

function verifiedBy(people: readonly Heard[]): Verified {
  const first = (events: readonly Heard[]): Date | null =>
    events.reduce<Date | null>((known, { occurredAt }) => (known && known <= occurredAt ? known : occurredAt), null);
  const clicks = people.filter(({ type }) => type === "clicked");
  return { openedAt: first(people.filter(({ type }) => isEngagement(type))), clickedAt: first(clicks) };
}
