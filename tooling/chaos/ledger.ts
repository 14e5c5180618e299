import { EMAIL_STATUS } from "@hustings/core/campaigns/email-status";
import type { Pool } from "pg";

/** A campaign's counters beside its rows, of one moment. */
export type Sample = { status: string; counters: Ledger; rows: Ledger };

/** Where recipients are. `queued` holds those in flight too: it is what is left. */
export type Ledger = {
  recipients: number;
  queued: number;
  sent: number;
  skipped: number;
  failed: number;
  unknown: number;
};

const { queued, sending, failed, skipped, unknown } = EMAIL_STATUS;

/** One statement, so that both sides are of the same moment. */
const SAMPLE = `
  select c.status,
    json_build_object('recipients', coalesce(s.recipients, 0),
      'queued', coalesce(s.recipients - s.sent - s.skipped - s.failed - s.unknown, 0), 'sent', coalesce(s.sent, 0),
      'skipped', coalesce(s.skipped, 0), 'failed', coalesce(s.failed, 0), 'unknown', coalesce(s.unknown, 0)) as counters,
    json_build_object('recipients', r.recipients, 'queued', r.queued, 'sent', r.recipients - r.queued - r.failed - r.skipped - r.unknown,
      'skipped', r.skipped, 'failed', r.failed, 'unknown', r.unknown) as rows
  from campaigns c left join campaign_stats s on s.campaign_id = c.id
  cross join lateral (
    select count(*) as recipients, count(*) filter (where e.status in (${queued}, ${sending})) as queued,
      count(*) filter (where e.status = ${failed}) as failed, count(*) filter (where e.status = ${skipped}) as skipped,
      count(*) filter (where e.status = ${unknown}) as unknown
    from campaign_emails e where e.campaign_id = c.id) r
  where c.id = $1`;

export async function readSample(pool: Pool, campaignId: string): Promise<Sample> {
  const { rows } = await pool.query<Sample>(SAMPLE, [campaignId]);
  if (!rows[0]) throw new Error(`There is no campaign ${campaignId}`);
  return rows[0];
}

/** How many of a ledger's recipients have got an end. */
export const countSettled = ({ recipients, queued: left }: Ledger): number => recipients - left;

/** What is wrong with a sample: the counters are those of the rows, and nothing is below zero. */
export function findImbalance({ counters, rows }: Sample): string | null {
  const names = Object.keys(rows) as (keyof Ledger)[];
  const wrong = names.filter((name) => counters[name] !== rows[name] || counters[name] < 0);
  if (wrong.length === 0) return null;
  return `the counters and the rows differ: ${wrong.map((name) => `${name} ${counters[name]} and ${rows[name]}`).join(", ")}`;
}
