import { parseCron } from "./function-config";
import { loadFunctions } from "./stored-functions";
import type { Queryable } from "./unit-of-work";

/** A function that the app declares, and how it does. Figures of ends are those of the last 24 hours. */
export interface FunctionSummary {
  id: string;
  name: string;
  events: string[];
  /** `next` is null when the schedule has no tick any more, and before an engine has led. */
  crons: { expression: string; timeZone: string; next: Date | null }[];
  retries: number;
  /** As the app declares it. */
  declaration: Record<string, unknown>;
  pausedAt: Date | null;
  waiting: number;
  running: number;
  completed: number;
  failed: number;
  /** The middle of how long completed runs took from their start; null without any. */
  medianMs: number | null;
}

interface FunctionRow {
  id: string;
  crons: { expression: string; next: string }[];
  paused_at: Date | null;
  waiting: number;
  running: number;
  completed: number;
  failed: number;
  median_ms: number | null;
}

/** The functions, by name. */
export async function listFunctions(db: Queryable): Promise<FunctionSummary[]> {
  const [configs, { rows }] = await Promise.all([
    loadFunctions(db),
    db.query<FunctionRow>(
      `select declared.id, pause.paused_at, coalesce(live.waiting, 0) as waiting, coalesce(live.running, 0) as running,
         coalesce(ended.completed, 0) as completed, coalesce(ended.failed, 0) as failed, ended.median_ms,
         coalesce((select json_agg(json_build_object('expression', expression, 'next', next_at)) from jobs.cron
           where cron.function_id = declared.id), '[]'::json) as crons
       from jobs.function declared
       left join jobs.pause on pause.function_id = declared.id
       left join (
         select function_id, count(*) filter (where status = 'queued')::int as waiting,
           count(*) filter (where status = 'running')::int as running
         from jobs.run where status in ('queued', 'running') group by function_id) live on live.function_id = declared.id
       left join (
         select function_id, count(*) filter (where status = 'completed')::int as completed,
           count(*) filter (where status = 'failed')::int as failed,
           (extract(epoch from percentile_cont(0.5) within group (order by ended_at - started_at)
             filter (where status = 'completed')) * 1000)::float8 as median_ms
         from jobs.run where ended_at > now() - interval '1 day' group by function_id) ended on ended.function_id = declared.id`,
    ),
  ]);
  const byId = new Map(rows.map((row) => [row.id, row]));
  return configs
    .map((config) => {
      const row = byId.get(config.id);
      const nextOf = (expression: string) => row?.crons.find((cron) => cron.expression === expression)?.next;
      return {
        id: config.id,
        name: config.name,
        events: config.eventTriggers.map((trigger) => trigger.event),
        crons: config.cronTriggers.map((text) => {
          const next = nextOf(text);
          return { ...parseCron(text), next: next ? new Date(next) : null };
        }),
        retries: config.maxAttempts - 1,
        declaration: config.declaration,
        pausedAt: row?.paused_at ?? null,
        waiting: row?.waiting ?? 0,
        running: row?.running ?? 0,
        completed: row?.completed ?? 0,
        failed: row?.failed ?? 0,
        medianMs: row?.median_ms ?? null,
      };
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}
