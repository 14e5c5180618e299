import type { EngineEvent } from "./event";
import { evaluateKey } from "./expressions";
import type { FunctionConfig } from "./function-config";
import type { Lane, Queryable, UnitOfWork, WorkDraft } from "./unit-of-work";

/** The lane of a run that `event` starts; null when its function does not limit concurrency. */
export function laneOf(config: FunctionConfig, event: EngineEvent): Lane | null {
  if (config.concurrency.length === 0) return null;
  return {
    keys: config.concurrency.map((rule, index) => {
      const value = evaluateKey(rule.key, event);
      return rule.scope === "account" ? `account|${rule.keyText}|${value}` : `fn|${config.id}|${index}|${value}`;
    }),
    limits: config.concurrency.map((rule) => rule.limit),
  };
}

/** Gives runs that are under way the limits that the app declares now; a function with other rules than before keeps the old. */
export async function refreshLimits(db: Queryable, functions: FunctionConfig[]): Promise<void> {
  for (const config of functions.filter((entry) => entry.concurrency.length > 0)) {
    const limits = config.concurrency.map((rule) => rule.limit);
    await db.query(
      `update jobs.run set lane_limits = $2 where function_id = $1 and status in ('queued', 'running')
        and cardinality(lane_limits) = cardinality($2::int[]) and lane_limits <> $2`,
      [config.id, limits],
    );
    await db.query(
      `update jobs.lane set limits = $2 from jobs.work join jobs.run on run.id = work.run_id
        where work.lane = lane.name and run.function_id = $1 and cardinality(limits) = cardinality($2::int[])`,
      [config.id, limits],
    );
  }
}

/**
 * Writes the moves of a unit of work in the line: who leaves, who comes, and who is let in for it. Nobody polls for a
 * slot: whoever frees one lets the next in, in the same transaction.
 *
 * The line is first come, first served among those for whom all slots are free. Work whose own key is full does not
 * hold up work with another key.
 */
export async function moveLine(unit: UnitOfWork): Promise<void> {
  const { arrivals, departures, abandonedRunIds } = unit;
  if (arrivals.length + departures.length + abandonedRunIds.length === 0) return;
  // Taken last in every transaction, after all row locks, so that it cannot take part in a deadlock.
  await unit.query("select pg_advisory_xact_lock(hashtextextended('job-engine.line', 0))");
  const left = await leave(unit, departures, abandonedRunIds);
  await join(unit, arrivals);
  const touched = new Set([...left, ...arrivals.map((work) => laneName(work.lane))]);
  await admit(unit, [...touched]);
  if (left.length > 0) {
    await unit.query(
      "delete from jobs.lane where name = any($1) and not exists (select from jobs.work where work.lane = lane.name)",
      [left],
    );
  }
}

const laneName = (lane: Lane | null): string => JSON.stringify(lane?.keys ?? []);

async function leave(unit: UnitOfWork, workIds: string[], runIds: string[]): Promise<string[]> {
  if (workIds.length + runIds.length === 0) return [];
  const { rows } = await unit.query<{ lane: string }>(
    "delete from jobs.work where id = any($1::bigint[]) or (run_id = any($2::text[]) and not admitted) returning lane",
    [workIds, runIds],
  );
  return rows.map((row) => row.lane);
}

async function join(unit: UnitOfWork, arrivals: WorkDraft[]): Promise<void> {
  if (arrivals.length === 0) return;
  const lanes = new Map(arrivals.map((work) => [laneName(work.lane), work.lane]));
  await unit.query(
    `insert into jobs.lane (name, keys, limits)
     select lane->>'name', array(select json_array_elements_text(lane->'keys')),
       array(select json_array_elements_text(lane->'limits')::int)
     from json_array_elements($1::json) lane
     on conflict (name) do update set limits = excluded.limits where lane.limits <> excluded.limits`,
    [JSON.stringify([...lanes].map(([name, lane]) => ({ name, ...lane })))],
  );
  await unit.query(
    `insert into jobs.work (lane, run_id, step_id, priority)
     select lane, run_id, step_id, priority from unnest($1::text[], $2::text[], $3::text[], $4::int[])
       with ordinality as work (lane, run_id, step_id, priority, no) order by no`,
    [
      arrivals.map((work) => laneName(work.lane)),
      arrivals.map((work) => work.runId),
      arrivals.map((work) => work.stepId),
      arrivals.map((work) => work.priority),
    ],
  );
}

interface Candidate {
  keys: string[];
  limits: number[];
  /** Waiting work, oldest first, as far as the limits could let it in. */
  waiting: number[];
}

async function admit(unit: UnitOfWork, touchedLanes: string[]): Promise<void> {
  const { rows: candidates } = await unit.query<Candidate>(
    `with touched as (select distinct unnest(keys) as key from jobs.lane where name = any($1))
     select lane.keys, lane.limits, head.waiting from jobs.lane
     cross join lateral (
       select array_agg(id::float8 order by id) as waiting from (
         select id from jobs.work where work.lane = lane.name and not admitted order by id
         limit (select max(room) from unnest(lane.limits) room)) oldest
     ) head
     where lane.keys && array(select key from touched) and head.waiting is not null`,
    [touchedLanes],
  );
  if (candidates.length === 0) return;
  const { rows: taken } = await unit.query<{ key: string; count: number }>(
    `select key, count(*)::int as count from jobs.work join jobs.lane on lane.name = work.lane cross join unnest(lane.keys) key
     where work.admitted group by key`,
  );
  const admitted = chooseNext(candidates, new Map(taken.map((row) => [row.key, row.count])));
  if (admitted.length === 0) return;
  const { rows } = await unit.query<{ id: string; run_id: string; step_id: string | null; priority: number }>(
    "update jobs.work set admitted = true where id = any($1::bigint[]) returning id, run_id, step_id, priority",
    [admitted],
  );
  rows.sort((a, b) => Number(a.id) - Number(b.id));
  for (const row of rows) {
    unit.jobs.push({ runId: row.run_id, stepId: row.step_id, workId: row.id, priority: row.priority, delayMs: 0 });
  }
}

/** Lets in the oldest work for which every slot set has room, until none is left; `taken` counts the slots in use. */
export function chooseNext(candidates: Candidate[], taken: Map<string, number>): number[] {
  const admitted: number[] = [];
  const hasRoom = (lane: Candidate) =>
    lane.keys.every((key, index) => (taken.get(key) ?? 0) < (lane.limits[index] ?? 0));
  const open = candidates.map((lane) => ({ lane, next: 0 }));
  for (;;) {
    let oldest: (typeof open)[number] | undefined;
    for (const entry of open) {
      const head = entry.lane.waiting[entry.next];
      if (head === undefined || !hasRoom(entry.lane)) continue;
      if (!oldest || head < (oldest.lane.waiting[oldest.next] ?? 0)) oldest = entry;
    }
    const head = oldest?.lane.waiting[oldest.next];
    if (!oldest || head === undefined) return admitted;
    admitted.push(head);
    oldest.next += 1;
    for (const key of oldest.lane.keys) taken.set(key, (taken.get(key) ?? 0) + 1);
  }
}
