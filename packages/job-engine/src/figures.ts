import { isActiveSql } from "./run-filter";
import type { Queryable } from "./unit-of-work";

/** How the engine of a database does. */
export interface EngineHealth {
  /** Runs that have not begun. */
  pending: number;
  oldestPendingMs: number | null;
  /** Runs that have begun and not ended, sleeping ones included. */
  running: number;
  /** Of them those that the app is at work on. */
  active: number;
  failedLastDay: number;
  leader: { isAlive: boolean; instance: string | null; since: Date | null };
}

// The leader beats every three seconds; three beats missed is the ten seconds in which another takes over.
const beatWindow = "interval '10 seconds'";

/** The engine's figures, from the database alone: any process may ask. */
export async function getEngineHealth(db: Queryable): Promise<EngineHealth> {
  const { rows } = await db.query<{
    pending: number;
    oldest_ms: number | null;
    running: number;
    active: number;
    failed: number;
    is_alive: boolean | null;
    instance: string | null;
    since: Date | null;
  }>(
    `select (select count(*)::int from jobs.run where status = 'queued') as pending,
       (select (extract(epoch from now() - created_at) * 1000)::float8 from jobs.run where status = 'queued' order by id limit 1) as oldest_ms,
       live.running, live.active,
       (select count(*)::int from jobs.run where status = 'failed' and ended_at > now() - interval '1 day') as failed,
       leader.beat_at > now() - ${beatWindow} as is_alive, leader.instance, leader.since
     from jobs.leader, (
       select count(*)::int as running, count(*) filter (where ${isActiveSql})::int as active
       from jobs.run where status = 'running') live`,
  );
  const row = rows[0];
  return {
    pending: row?.pending ?? 0,
    oldestPendingMs: row?.oldest_ms ?? null,
    running: row?.running ?? 0,
    active: row?.active ?? 0,
    failedLastDay: row?.failed ?? 0,
    leader: { isAlive: row?.is_alive ?? false, instance: row?.instance ?? null, since: row?.since ?? null },
  };
}

/** How many runs ended in one hour, and how. */
export interface HourFigures {
  /** When the hour began. */
  hour: Date;
  completed: number;
  failed: number;
  cancelled: number;
}

const shownHours = 24;

/** What ended in the last 24 hours, by the hour, the oldest first; the last is the hour that runs. */
export async function listHours(db: Queryable): Promise<HourFigures[]> {
  const { rows } = await db.query<HourFigures>(
    `select hour, count(*) filter (where status = 'completed')::int as completed,
       count(*) filter (where status = 'failed')::int as failed, count(*) filter (where status = 'cancelled')::int as cancelled
     from generate_series(date_trunc('hour', now()) - interval '${shownHours - 1} hours', date_trunc('hour', now()), interval '1 hour') hour
     left join jobs.run on ended_at >= hour and ended_at < hour + interval '1 hour'
     group by hour order by hour`,
  );
  return rows;
}
