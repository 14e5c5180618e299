import { endRuns } from "./runs";
import type { Queryable, UnitOfWork } from "./unit-of-work";

/** A live run that has used up the time that its function allows (`timeouts`). */
export interface OverdueRun {
  id: string;
  /** It had begun, so that it is the time to finish that is over; otherwise the time to start. */
  hasStarted: boolean;
}

/**
 * Overdue runs in which no call of the app is under way, the longest overdue first. A call under way may end: if it ends
 * the run, the run is finished; otherwise the run is cancelled when it reports.
 */
export async function findOverdue(db: Queryable, limit: number): Promise<OverdueRun[]> {
  const { rows } = await db.query<OverdueRun>(
    `select id, started_at is not null as "hasStarted" from jobs.run
      where status in ('queued', 'running') and cancel_at <= now() and dispatch is null
        and not exists (select from jobs.step where run_id = run.id and step.status = 'running')
      order by cancel_at limit $1`,
    [limit],
  );
  return rows;
}

/** Cancels overdue runs and says why. */
export async function cancelOverdue(unit: UnitOfWork, runs: readonly OverdueRun[]): Promise<void> {
  const idsOf = (hasStarted: boolean) => runs.filter((run) => run.hasStarted === hasStarted).map((run) => run.id);
  await endRuns(unit, idsOf(false), { status: "cancelled", reason: "The run did not start in time (timeouts.start)" });
  await endRuns(unit, idsOf(true), { status: "cancelled", reason: "The run did not finish in time (timeouts.finish)" });
}
