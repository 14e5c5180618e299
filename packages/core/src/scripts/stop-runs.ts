import type { Db, Sql } from "@hustings/db/client";

/** Asks that unfinished runs end: those that wait are over at once, those that run hear of it within a second. @returns how many. */
export const stopRuns = (db: Db, condition: Sql): Promise<number> =>
  db.$executeRaw`
    update script_runs set stop_requested_at = now(),
      status = case status when 'queued' then 'cancelled'::"ScriptRunStatus" else status end,
      finished_at = case status when 'queued' then now() end,
      error = case status when 'queued' then 'It was stopped before it began' end
    where ${condition} and status in ('queued', 'running')`;
