import { type Db, inTransaction, isDataFailure, join, sql } from "@hustings/db/client";
import { isMachineAgent } from "@hustings/email/likely-machine";
import { isOwnLink } from "@hustings/email/links";
import { parseMailersendEvent } from "@hustings/email/mailersend-webhook";
import type { CoreContext } from "../context";
import { updateSandboxMails } from "../sandbox/update-sandbox-mails";
import { applyRecipientEvents, type MatchedEvent, type RecipientRow } from "./apply-recipient-events";
import { auditOptOuts } from "./audit-opt-outs";
import { campaignOfTags, type KnownEvent, lockRecipients } from "./match-recipients";
import { markFailed, type Outcome, recordOutcomes } from "./record-outcomes";

/** Stored deliveries applied at a time (facts: batches of 1,000 run at half the speed of an insert-only log). */
export const EVENT_BATCH_SIZE = 1_000;

type StoredRow = { id: bigint; eventId: string; body: unknown; receivedAt: Date };
type Applied = { applied: number; changedMails: number };

/**
 * Applies stored deliveries of the mail provider, oldest first, in one transaction: recipients' rows, counters, preferences, suppressions,
 * and in the sandbox the caught mails. Repeated and out-of-order deliveries are harmless. One that cannot be applied is
 * looked for, kept as failed with its reason, and holds up no other.
 *
 * @param only event ids to apply; without, whatever waits.
 * @returns how many were taken up, and how many caught mails changed.
 */
export async function applyProviderEvents(ctx: CoreContext, only?: readonly string[]): Promise<Applied> {
  try {
    return await applyBatch(ctx, only);
  } catch (error) {
    // Inside of a caller's transaction nothing more can be tried: it is broken off.
    if (!("$transaction" in ctx.db) || !isFaultOfEvent(error)) throw error;
    const eventIds = only ?? (await listWaiting(ctx.db));
    if (eventIds.length <= 1) return { applied: await markFailed(ctx.db, eventIds, error), changedMails: 0 };
    const middle = Math.ceil(eventIds.length / 2);
    const first = await applyProviderEvents(ctx, eventIds.slice(0, middle));
    const second = await applyProviderEvents(ctx, eventIds.slice(middle));
    return { applied: first.applied + second.applied, changedMails: first.changedMails + second.changedMails };
  }
}

/** A database that is away, or a deadlock, says nothing about what was to be applied. */
const isFaultOfEvent = (error: unknown): boolean => isDataFailure(error) || error instanceof TypeError;

async function listWaiting(db: Db): Promise<string[]> {
  const rows = await db.providerEvent.findMany({
    where: { appliedAt: null, provider: "mailersend" },
    orderBy: [{ receivedAt: "asc" }, { id: "asc" }],
    take: EVENT_BATCH_SIZE,
    select: { eventId: true },
  });
  return rows.map(({ eventId }) => eventId);
}

async function applyBatch(ctx: CoreContext, only: readonly string[] | undefined): Promise<Applied> {
  return inTransaction(ctx.db, async (tx) => {
    const named = only ? sql`and event_id in (${join([...only])})` : sql``;
    const rows = await tx.$queryRaw<StoredRow[]>`
      select id, event_id as "eventId", body, received_at as "receivedAt" from provider_events
      where applied_at is null and provider = 'mailersend' ${named} order by received_at, id limit ${EVENT_BATCH_SIZE} for update skip locked`;
    if (rows.length === 0) return { applied: 0, changedMails: 0 };
    const events = rows.flatMap((row) => readKnown(row));
    const found = new Map((await lockRecipients(tx, events)).map((row) => [row.eventId, row]));
    const matched = matchEvents(ctx, events, found);
    const { fresh, optOuts } = await applyRecipientEvents({ ...ctx, db: tx }, matched, [...found.values()]);
    await auditOptOuts(tx, optOuts);
    const changedMails = ctx.settings.emailMode === "sandbox" ? await updateSandboxMails(tx, events) : 0;
    await recordOutcomes(tx, outcomesOf(rows, events, found, matched, fresh));
    return { applied: rows.length, changedMails };
  });
}

function readKnown(row: StoredRow): KnownEvent[] {
  const event = parseMailersendEvent(row.body, row.receivedAt);
  if (!event || event.type === "ignored") return [];
  return [{ ...event, type: event.type, eventId: row.eventId }];
}

function matchEvents(
  ctx: CoreContext,
  events: readonly KnownEvent[],
  found: ReadonlyMap<string, RecipientRow>,
): MatchedEvent[] {
  return events.flatMap((event) => {
    const recipient = found.get(event.eventId);
    if (!recipient || isOurOwnClick(ctx, event)) return [];
    const { eventId, type, url, reason, occurredAt, messageId, userAgent } = event;
    const { campaignId, contactId } = recipient;
    const likelyMachine = (type === "opened" || type === "clicked") && isMachineAgent(userAgent);
    return [{ eventId, type, url, reason, occurredAt, messageId, likelyMachine, campaignId, contactId }];
  });
}

/** Scanners follow our unsubscribe links; that is no sign of interest. */
const isOurOwnClick = (ctx: CoreContext, event: KnownEvent): boolean =>
  event.type === "clicked" && event.url !== null && isOwnLink(ctx.settings.appUrl, event.url);

function outcomesOf(
  rows: readonly StoredRow[],
  events: readonly KnownEvent[],
  found: ReadonlyMap<string, RecipientRow>,
  matched: readonly MatchedEvent[],
  fresh: ReadonlySet<string>,
): Outcome[] {
  const known = new Map(events.map((event) => [event.eventId, event]));
  const isMatched = new Set(matched.map(({ eventId }) => eventId));
  return rows.map(({ id, eventId }): Outcome => {
    const event = known.get(eventId);
    const campaignId = found.get(eventId)?.campaignId ?? (event ? campaignOfTags(event.tags) : null);
    const outcome = isMatched.has(eventId)
      ? fresh.has(eventId)
        ? "applied"
        : "duplicate"
      : event && !found.has(eventId)
        ? "unmatched"
        : "ignored";
    return { id: String(id), outcome, campaignId };
  });
}
