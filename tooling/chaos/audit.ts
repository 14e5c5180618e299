import { EMAIL_STATUS, isHandedOver } from "@hustings/core/campaigns/email-status";
import type { Pool } from "pg";
import type { Arena } from "./arena";
import type { Campaign, Fate } from "./campaign";
import type { Told } from "./events";
import { findImbalance, readSample } from "./ledger";

/** One recipient's row. */
export type LedgerRow = { email: string; status: number; events: Record<keyof Told, boolean> };

export type Audit = { problems: string[]; rows: LedgerRow[] };

/** Compares the ledger with the provider's own mailbox, person by person, once all has come to rest. */
export async function auditCampaign(
  { fake, database: { pool } }: Pick<Arena, "fake" | "database">,
  { id, fates }: Pick<Campaign, "id" | "fates">,
  told: Told,
): Promise<Audit> {
  const sample = await readSample(pool, id);
  const rows = await readRows(pool, id);
  const arrived = countBy(fake.mailbox().map(({ to }) => to));
  const problems = new Problems();

  if (sample.status !== "sent") problems.add("the campaign did not end as sent", sample.status);
  if (sample.rows.queued !== 0) problems.add("somebody is still queued", String(sample.rows.queued));
  const imbalance = findImbalance(sample);
  if (imbalance) problems.add("the equation does not hold at the end", imbalance);
  if (rows.length !== fates.size) problems.add("the ledger holds another number of people", String(rows.length));

  for (const { email, status, events } of rows) {
    const mails = arrived.get(email) ?? 0;
    const fate = fates.get(email);
    if (mails > 1) problems.add("got it more than once", `${email}: ${mails} times`);
    if (mails === 0 && fate === "mailed") problems.add("never got it", `${email}, status ${status}`);
    if (mails > 0 && !isHandedOver(status))
      problems.add("got it, which the ledger does not know", `${email}, status ${status}`);
    if (fate === undefined || !mayBe(fate, status))
      problems.add("has a status that it must not have", `${email}, ${fate}: ${status}`);
    for (const [type, has] of Object.entries(events))
      if (told[type as keyof Told].has(email) !== has)
        problems.add(has ? "has an event that nobody told" : "misses an event that was told", `${email}: ${type}`);
  }
  for (const [address] of arrived) if (!fates.has(address)) problems.add("got it and is nobody's recipient", address);
  for (const line of await findStuck(pool)) problems.add("the jobs did not come to rest", line);
  return { problems: problems.list(), rows };
}

/**
 * Of a call without an answer the provider's list shows the people that it took. Whom it refused is missing there and
 * stays `unknown`.
 */
function mayBe(fate: Fate, status: number): boolean {
  if (fate === "mailed") return isHandedOver(status);
  if (fate === "suppressed") return status === EMAIL_STATUS.skipped;
  return status === EMAIL_STATUS.failed || status === EMAIL_STATUS.unknown;
}

/** The same said of many people is one problem, with some of them. */
class Problems {
  readonly #byKind = new Map<string, string[]>();

  add(kind: string, example: string): void {
    this.#byKind.set(kind, [...(this.#byKind.get(kind) ?? []), example]);
  }

  list(): string[] {
    return [...this.#byKind].map(
      ([kind, examples]) => `${examples.length} × ${kind}: ${examples.slice(0, 5).join("; ")}`,
    );
  }
}

async function readRows(pool: Pool, campaignId: string): Promise<LedgerRow[]> {
  const { rows } = await pool.query<LedgerRow>(
    `select email, status, json_build_object('delivered', delivered_at is not null, 'opened', opened_at is not null,
       'clicked', clicked_at is not null, 'hard_bounced', bounced_at is not null) as events
     from campaign_emails where campaign_id = $1 order by contact_id`,
    [campaignId],
  );
  return rows;
}

function countBy(values: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}

/** Schedules that lie further ahead than their minute stand still, as after a clock that was set back. */
const STUCK = `
  select 'run ' || function_id || ': ' || status || coalesce(', ' || (error ->> 'message'), '') as what from jobs.run
  where status in ('queued', 'running') and event_name <> 'inngest/scheduled.timer'
    or status = 'failed' and function_id in ('hustings-campaign-send', 'hustings-campaign-batch', 'hustings-provider-events')
  union all
  select 'schedule ' || function_id || ' waits until ' || next_at from jobs.cron
  where expression = '* * * * *' and next_at > now() + interval '2 minutes'
  union all
  select 'event ' || name || ' was not sent' from outbox_events where sent_at is null
  union all
  select 'provider event ' || type || ' is ' || coalesce(outcome, 'not applied') from provider_events where outcome is distinct from 'applied'`;

/** What should have ended, or been sent or applied, by now. */
export async function findStuck(pool: Pool): Promise<string[]> {
  const { rows } = await pool.query<{ what: string }>(STUCK);
  return rows.map(({ what }) => what);
}
