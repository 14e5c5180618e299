import type { JobDraft, Queryable } from "./unit-of-work";

/** The schema of the queue below the engine, owned by graphile-worker. */
export const queueSchema = "jobs_queue";

/** The one task of the queue: call the app for a run. */
export const driveTask = "drive";

// The engine bounds deliveries itself (limits.ts); the queue shall not give up silently before.
const queueAttempts = 1000;

/** Hands jobs to the queue in one statement. */
export async function addJobs(db: Queryable, jobs: readonly JobDraft[]): Promise<void> {
  if (jobs.length === 0) return;
  await db.query(
    `select count(*) from ${queueSchema}.add_jobs((
       select array_agg(row(
         $1::text, json_build_object('runId', job.run_id, 'stepId', job.step_id, 'workId', job.work_id), null,
         case when job.delay_ms > 0 then now() + job.delay_ms * interval '1 millisecond' end,
         ${queueAttempts}, null, job.priority, null)::${queueSchema}.job_spec order by job.no)
       from unnest($2::text[], $3::text[], $4::text[], $5::int[], $6::float8[])
         with ordinality as job (run_id, step_id, work_id, priority, delay_ms, no)))`,
    [
      driveTask,
      jobs.map((job) => job.runId),
      jobs.map((job) => job.stepId),
      jobs.map((job) => job.workId),
      jobs.map((job) => job.priority),
      jobs.map((job) => job.delayMs),
    ],
  );
}

/**
 * Frees the jobs that dead workers hold; the queue itself would wait four hours. Call it only as the one leader: every
 * worker that holds a job is then known to be dead or deposed.
 *
 * @returns How many workers held jobs.
 */
export async function unlockDeadWorkers(db: Queryable): Promise<number> {
  const { rows } = await db.query<{ worker: string }>(
    `select distinct locked_by as worker from ${queueSchema}._private_jobs where locked_by is not null`,
  );
  if (rows.length > 0) {
    await db.query(`select ${queueSchema}.force_unlock_workers($1::text[])`, [rows.map((row) => row.worker)]);
  }
  return rows.length;
}

/**
 * Queues anew the calls that a dead leader had begun and whose job is gone too, which takes two crashes at the wrong
 * moments. Without this such a run would stand still for ever, and its slot stay taken.
 *
 * @returns How many calls were found.
 */
export async function requeueOrphans(db: Queryable, epoch: number): Promise<number> {
  const hasJob = (condition: string) =>
    `exists (select from ${queueSchema}._private_jobs job where ${condition} and job.attempts < job.max_attempts)`;
  const { rows } = await db.query<{ run_id: string; step_id: string | null; work_id: string | null }>(
    `select id as run_id, null as step_id, null as work_id from jobs.run
      where status = 'running' and lane_keys is null and dispatch is not null and dispatch_epoch < $1
        and not ${hasJob("job.id = run.dispatch_job")}
     union all
     select step.run_id, step.id, null from jobs.step join jobs.run on run.id = step.run_id
      where step.status = 'running' and step.dispatch_epoch < $1 and run.status = 'running' and run.lane_keys is null
        and not ${hasJob("job.id = step.dispatch_job")}
     union all
     select run_id, step_id, id::text from jobs.work where admitted and not ${hasJob("job.payload->>'workId' = work.id::text")}`,
    [epoch],
  );
  await addJobs(
    db,
    rows.map((row) => ({ runId: row.run_id, stepId: row.step_id, workId: row.work_id, priority: 0, delayMs: 0 })),
  );
  return rows.length;
}
