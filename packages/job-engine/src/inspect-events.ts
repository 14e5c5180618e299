import type { RunStatus } from "./run-filter";
import type { Queryable } from "./unit-of-work";

/** An event that was taken in, and the runs that it started. */
export interface EventSummary {
  /** Its place in the list. */
  key: string;
  /** The event's own id. */
  id: string;
  name: string;
  /** The whole event; null when it is long. */
  body: unknown;
  receivedAt: Date;
  /** At most 20, the newest first. */
  runs: { id: string; functionId: string; status: RunStatus }[];
}

const maxListedBytes = 8192;
const runsPerEvent = 20;

/** Lists events, newest first; `before` is the last key of the page before. `search` is an event's id. */
export async function listEvents(
  db: Queryable,
  filter: { name?: string | undefined; search?: string | undefined; before?: string | undefined; limit?: number } = {},
): Promise<EventSummary[]> {
  const { rows } = await db.query<EventSummary>(
    `select event.key, event.id, event.name, event.body, event."receivedAt", coalesce(caused.runs, '[]'::json) as runs
     from (
       select stored.id as key, case when dedupe_id like 'id:%' then substr(dedupe_id, 4) else stored.id end as id, name,
         case when octet_length(body::text) <= ${maxListedBytes} then body end as body, received_at as "receivedAt"
       from jobs.event stored
       where ($1::text is null or name = $1) and ($2::text is null or dedupe_id = 'id:' || $2 or stored.id = $2)
         and ($3::text is null or stored.id < $3)
       order by stored.id desc limit $4) event
     left join lateral (
       select json_agg(json_build_object('id', id, 'functionId', function_id, 'status', status)) as runs from (
         select run.id, run.function_id, run.status from jobs.run_event join jobs.run on run.id = run_event.run_id
          where run_event.event_id = event.id order by run_event.run_id desc limit ${runsPerEvent}) started) caused on true
     order by event.key desc`,
    [filter.name ?? null, filter.search ?? null, filter.before ?? null, Math.min(filter.limit ?? 50, 500)],
  );
  return rows;
}
