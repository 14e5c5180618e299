import { type Db, inTransaction } from "@hustings/db/client";
import { newId } from "@hustings/db/ids";
import type { CoreContext } from "../context";
import { writeEvents } from "../outbox/write-event";
import { INTERRUPTED } from "./interrupted";
import { findNextRun, ScheduleError } from "./schedule";

/** Scripts that one sweep starts; the next comes a minute later. */
const SCRIPTS_PER_SWEEP = 500;
/** A worker says every half second that it is at a run; a machine that has too much to do may be late. */
const SILENCE_S = 15;
const LONGEST_WAIT_S = 3_600;
const RUNS_KEPT = 200;
const DAYS_KEPT = 90;

type Due = { id: string; workspaceId: string; cronSchedule: string; isBusy: boolean; now: Date };

/**
 * Starts the scripts whose time has come, each once however often it was missed, and sets their next times. One that still
 * runs is skipped, and the history says so. @returns how many were started and skipped.
 */
export async function startDueScripts({ db }: Pick<CoreContext, "db">): Promise<{ started: number; skipped: number }> {
  return inTransaction(db, async (tx) => {
    const due = await tx.$queryRaw<Due[]>`
      select s.id, s.workspace_id as "workspaceId", s.cron_schedule as "cronSchedule", now() as now,
        exists(select 1 from script_runs r where r.script_id = s.id and r.status in ('queued', 'running')) as "isBusy"
      from scripts s where s.enabled and s.cron_schedule is not null and s.next_run_at <= now()
      order by s.next_run_at limit ${SCRIPTS_PER_SWEEP} for update of s skip locked`;
    if (due.length === 0) return { started: 0, skipped: 0 };
    const runs = due.map((script) => ({ ...script, runId: newId() }));
    await tx.scriptRun.createMany({
      data: runs.map(({ runId, id, workspaceId, isBusy, now }) => ({
        id: runId,
        scriptId: id,
        workspaceId,
        trigger: "cron" as const,
        ...(isBusy ? { status: "skipped" as const, finishedAt: now, error: "The run before had not ended" } : {}),
      })),
    });
    const started = runs.filter(({ isBusy }) => !isBusy);
    await writeEvents(
      tx,
      "script/run.requested",
      started.map(({ runId, id, workspaceId }) => ({ runId, scriptId: id, workspaceId })),
    );
    const next = due.map(({ id, cronSchedule, now }) => ({ id, next: findNext(cronSchedule, now) }));
    await tx.$executeRaw`
      update scripts s set next_run_at = n.next
      from jsonb_to_recordset(${JSON.stringify(next)}::jsonb) as n(id uuid, next timestamptz) where s.id = n.id`;
    return { started: started.length, skipped: runs.length - started.length };
  });
}

/** Null where it does not come any more, or its time zone has gone from this machine. */
function findNext(schedule: string, after: Date): Date | null {
  try {
    return findNextRun(schedule, after);
  } catch (error) {
    if (error instanceof ScheduleError) return null;
    throw error;
  }
}

/** What the minute's job does for scripts; each part may be done at any time, and again. */
export async function sweepScripts(ctx: Pick<CoreContext, "db">) {
  return {
    ...(await startDueScripts(ctx)),
    interrupted: await endInterruptedRuns(ctx.db),
    lost: await endLostRuns(ctx.db),
    forgotten: await pruneScriptRuns(ctx.db),
  };
}

/** Ends the runs whose worker has fallen silent. They are not run again: nobody knows how far they came. @returns how many. */
export const endInterruptedRuns = (db: Db): Promise<number> => db.$executeRaw`
  update script_runs set status = 'failed', finished_at = now(), error = ${INTERRUPTED},
    duration_ms = (extract(epoch from seen_at - started_at) * 1000)::int
  where status = 'running' and seen_at < now() - make_interval(secs => ${SILENCE_S})`;

/** A run that waits for ever would keep its schedule from starting the next. */
const endLostRuns = (db: Db): Promise<number> => db.$executeRaw`
  update script_runs set status = 'failed', finished_at = now(), error = 'Its turn did not come within an hour'
  where status = 'queued' and created_at < now() - make_interval(secs => ${LONGEST_WAIT_S})`;

/** Forgets the runs of a run's script beyond the newest. @returns how many. */
export const forgetOldRuns = (db: Db, runId: string): Promise<number> => db.$executeRaw`
  delete from script_runs where id in (
    select r.id from script_runs r where r.script_id = (select script_id from script_runs where id = ${runId}::uuid)
    order by r.id desc offset ${RUNS_KEPT})`;

/** Forgets runs that ended long ago. @returns how many. */
const pruneScriptRuns = (db: Db): Promise<number> => db.$executeRaw`
  delete from script_runs where id in (
    select id from script_runs
    where status not in ('queued', 'running') and created_at < now() - make_interval(days => ${DAYS_KEPT})
    limit 10000)`;
