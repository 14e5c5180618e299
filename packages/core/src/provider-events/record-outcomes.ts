import { type Db, join, sql } from "@hustings/db/client";

/** What became of one stored delivery. `campaignId`: the campaign that it is about, where that is known. */
export type Outcome = {
  id: string;
  outcome: "applied" | "duplicate" | "unmatched" | "ignored";
  campaignId: string | null;
};

/**
 * Writes down what became of deliveries, and whose they are. What was applied is told by recipients' rows from then on,
 * so its words go: they name people who may ask to be erased. `unmatched` deliveries are kept whole: they may be about
 * a message of before, or of another system.
 */
export async function recordOutcomes(tx: Db, outcomes: readonly Outcome[]): Promise<void> {
  await tx.$executeRaw`
    update provider_events p set applied_at = now(), outcome = o.outcome, error = null, workspace_id = c.workspace_id,
      body = case when o.outcome = 'unmatched' then p.body end
    from jsonb_to_recordset(${JSON.stringify(outcomes)}::jsonb) as o(id bigint, outcome text, "campaignId" uuid)
    left join campaigns c on c.id = o."campaignId"
    where p.id = o.id`;
}

const MAX_REASON_CHARACTERS = 500;

/** Keeps deliveries as failed, whole, with the reason. @returns how many. */
export async function markFailed(db: Db, eventIds: readonly string[], failure: unknown): Promise<number> {
  if (eventIds.length === 0) return 0;
  const reason = (failure instanceof Error ? failure.message : String(failure)).trim().split("\n").at(-1) ?? "";
  return db.$executeRaw`
    update provider_events set applied_at = now(), outcome = 'failed', error = ${reason.slice(0, MAX_REASON_CHARACTERS)}
    where applied_at is null and event_id in (${join([...eventIds].map((id) => sql`${id}`))})`;
}

/** How far back each run looks for deliveries whose message has become known since; each night looks at all. */
export const WAKE_RECENT_MS = 60 * 60_000;

/**
 * Puts deliveries back that found no message, and now would by its id: an event can be quicker than our own note of
 * what was handed over, and one without a tag tells no more than the id. Idempotent.
 *
 * @param withinMs only those received within it; without, all that are kept.
 * @returns how many.
 */
export async function wakeUnmatched(db: Db, withinMs?: number): Promise<number> {
  const since =
    withinMs === undefined ? sql`` : sql`and p.received_at > now() - ${withinMs} * interval '1 millisecond'`;
  return db.$executeRaw`
    update provider_events p set applied_at = null, outcome = null
    where p.outcome = 'unmatched' ${since}
      and exists (select 1 from campaign_emails e where e.provider_message_id = p.message_id)`;
}
