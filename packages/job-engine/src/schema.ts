import { Logger, runMigrations } from "graphile-worker";
import type { Pool, PoolClient } from "pg";
import { queueSchema } from "./queue";

/** The queue logs each job; the engine's own log and tables say the same, so only trouble is passed on elsewhere. */
export const quietQueueLogger = new Logger(() => () => undefined);

/**
 * The engine's tables, one text per version; a version that has been released is never edited. JSON is kept as `json`,
 * not `jsonb`: it is only stored and handed back, and `jsonb`, like every look into a `json`, refuses the NUL character that an event or
 * a step may hold.
 */
const versions = [
  `
  create table jobs.leader (
    only_row boolean primary key default true check (only_row),
    epoch bigint not null,
    instance text,
    since timestamptz,
    beat_at timestamptz
  );
  insert into jobs.leader (epoch) values (0);

  create table jobs.event (
    id text primary key,
    dedupe_id text not null unique,
    name text not null,
    body json not null,
    received_at timestamptz not null default now()
  );
  create index event_received on jobs.event (received_at);

  create table jobs.run (
    id text primary key,
    function_id text not null,
    event_name text not null,
    events json not null,
    status text not null default 'queued',
    attempt int not null default 0,
    idempotency_key text,
    singleton_key text,
    lane_keys text[],
    lane_limits int[],
    parent_run text,
    parent_step text,
    dispatch text,
    dispatch_epoch bigint,
    dispatch_job bigint,
    rediscover boolean not null default false,
    step_count int not null default 0,
    state_bytes bigint not null default 0,
    output json,
    error json,
    created_at timestamptz not null default now(),
    started_at timestamptz,
    ended_at timestamptz
  ) with (fillfactor = 80);
  create unique index run_idempotency on jobs.run (function_id, idempotency_key) where idempotency_key is not null;
  create unique index run_singleton on jobs.run (function_id, singleton_key)
    where singleton_key is not null and status in ('queued', 'running');
  create unique index run_parent on jobs.run (parent_run, parent_step) where parent_run is not null;
  create index run_live on jobs.run (function_id, id) where status in ('queued', 'running');
  create index run_ended on jobs.run (ended_at) where ended_at is not null;
  create index run_function on jobs.run (function_id, id);

  create sequence jobs.settled_no;
  create table jobs.step (
    run_id text not null references jobs.run (id) on delete cascade,
    id text not null,
    name text not null,
    op text not null,
    status text not null,
    attempt int not null default 0,
    input json,
    output json,
    error json,
    eager boolean not null default false,
    settled_no bigint,
    dispatch text,
    dispatch_epoch bigint,
    dispatch_job bigint,
    wake_at timestamptz,
    wait_event text,
    wait_if text,
    created_at timestamptz not null default now(),
    started_at timestamptz,
    ended_at timestamptz,
    primary key (run_id, id)
  );
  create index step_pending on jobs.step (run_id)
    where status in ('planned', 'running', 'sleeping', 'waiting', 'invoking');
  create index step_wake on jobs.step (wake_at) where status in ('sleeping', 'waiting', 'invoking');
  create index step_waiting on jobs.step (wait_event) where status = 'waiting';

  create table jobs.lane (
    name text primary key,
    keys text[] not null,
    limits int[] not null
  );
  create index lane_keys on jobs.lane using gin (keys);
  create table jobs.work (
    id bigint generated always as identity primary key,
    lane text not null,
    run_id text not null,
    step_id text,
    priority int not null,
    admitted boolean not null default false
  );
  create index work_waiting on jobs.work (lane, id) where not admitted;
  create index work_admitted on jobs.work (lane) where admitted;
  create index work_run on jobs.work (run_id);

  create table jobs.cron (
    function_id text not null,
    expression text not null,
    next_at timestamptz not null,
    primary key (function_id, expression)
  );

  create table jobs.batch (
    function_id text not null,
    key text not null,
    due_at timestamptz not null,
    primary key (function_id, key)
  );
  create index batch_due on jobs.batch (due_at);
  create table jobs.batch_event (
    seq bigint generated always as identity primary key,
    function_id text not null,
    key text not null,
    event json not null
  );
  create index batch_event_key on jobs.batch_event (function_id, key, seq);
  `,
  `
  alter table jobs.run
    add column throttle_key text,
    add column cancel_at timestamptz,
    add column finish_ms float8;
  create index run_throttled on jobs.run (function_id, throttle_key, id) where throttle_key is not null and status = 'queued';
  create index run_cancel_at on jobs.run (cancel_at) where status in ('queued', 'running');

  create table jobs.throttle (
    function_id text not null,
    key text not null,
    emission_ms float8 not null,
    capacity int not null,
    free_at timestamptz not null,
    due_at timestamptz not null,
    primary key (function_id, key)
  );
  create index throttle_due on jobs.throttle (due_at);

  create table jobs.debounce (
    function_id text not null,
    key text not null,
    event json not null,
    event_ts float8 not null,
    due_at timestamptz not null,
    latest_at timestamptz,
    primary key (function_id, key)
  );
  create index debounce_due on jobs.debounce (due_at);
  `,
  `
  alter table jobs.run add column rerun_of text;
  create table jobs.function (
    id text primary key,
    declaration json not null
  );
  `,
  `
  alter table jobs.run
    add column held boolean not null default false,
    add column retry_at timestamptz;
  create index run_held on jobs.run (function_id, id) where held and status = 'queued';
  create index run_status on jobs.run (status, id) where status <> 'completed';
  create index run_rerun_of on jobs.run (rerun_of) where rerun_of is not null;
  alter table jobs.step
    add column retry_at timestamptz,
    add column given_input json,
    add column copied boolean not null default false;
  create index event_name on jobs.event (name, id);

  create table jobs.run_event (
    event_id text not null,
    run_id text not null references jobs.run (id) on delete cascade,
    primary key (event_id, run_id)
  );
  create index run_event_run on jobs.run_event (run_id);

  create table jobs.attempt (
    id bigint generated always as identity primary key,
    run_id text not null references jobs.run (id) on delete cascade,
    step_id text,
    attempt int not null,
    error json,
    failed_at timestamptz not null default now(),
    retry_at timestamptz not null
  );
  create index attempt_run on jobs.attempt (run_id, id);

  create table jobs.pause (
    function_id text primary key,
    paused_at timestamptz not null default now()
  );
  `,
];

/**
 * Brings the engine's schema and the queue's to this version. Safe to call from several processes at once, and again.
 *
 * @throws Error when the database was written by a newer engine.
 */
export async function ensureSchema(pool: Pool): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query("select pg_advisory_lock(hashtextextended('job-engine.schema', 0))");
    await applyVersions(client);
    await runMigrations({ pgPool: pool, schema: queueSchema, noHandleSignals: true, logger: quietQueueLogger });
  } finally {
    // Closing the connection, rather than handing it back, frees the lock whatever state it is in.
    client.release(true);
  }
}

async function applyVersions(client: PoolClient): Promise<void> {
  await client.query("begin");
  await client.query("create schema if not exists jobs");
  await client.query(
    "create table if not exists jobs.schema_version (version int primary key, applied_at timestamptz default now())",
  );
  const { rows } = await client.query<{ version: number }>(
    "select coalesce(max(version), 0) as version from jobs.schema_version",
  );
  const current = rows[0]?.version ?? 0;
  if (current > versions.length) {
    throw new Error(
      `The job tables are of version ${current}, this engine knows ${versions.length}: run a newer release`,
    );
  }
  for (const [index, ddl] of versions.entries()) {
    if (index < current) continue;
    await client.query(ddl);
    await client.query("insert into jobs.schema_version (version) values ($1)", [index + 1]);
  }
  await client.query("commit");
}
