import { setTimeout as delay } from "node:timers/promises";
import { run } from "graphile-worker";
import { refreshLimits } from "./concurrency";
import type { EngineContext } from "./context";
import { syncSchedules } from "./cron";
import { driveWork } from "./drive";
import { isRecord } from "./event";
import type { Term } from "./leader";
import { type Retention, startPruning } from "./prune";
import { driveTask, queueSchema, requeueOrphans, unlockDeadWorkers } from "./queue";
import { quietQueueLogger } from "./schema";
import { storeFunctions } from "./stored-functions";
import { refreshThrottles } from "./throttle";
import { startTimers } from "./timers";

/** How a leader works. */
export interface TermOptions {
  /** Calls of the app at the same time. */
  concurrency: number;
  /** How long `stop` waits for steps in flight, in milliseconds; their work is done again by the next leader. */
  drainTimeoutMs: number;
  retention: Retention;
}

// The queue announces new jobs at once; polling is for retries, which are due at a time.
const pollIntervalMs = 1000;

/** Takes over what an earlier leader left, and starts to work: the queue, the timers and the pruning. */
export async function beginTerm(engine: EngineContext, epoch: number, options: TermOptions): Promise<Term> {
  engine.epoch = epoch;
  const deadWorkers = await unlockDeadWorkers(engine.pool);
  const orphans = await requeueOrphans(engine.pool, epoch);
  if (deadWorkers + orphans > 0) engine.logger.warn({ deadWorkers, orphans }, "took over the jobs of a dead engine");
  await applyDeclarations(engine);

  const runner = await run({
    pgPool: engine.pool,
    schema: queueSchema,
    concurrency: options.concurrency,
    pollInterval: pollIntervalMs,
    noHandleSignals: true,
    logger: quietQueueLogger,
    taskList: {
      [driveTask]: (payload, { job }) =>
        driveWork(engine, toWorkItem(payload), { jobId: job.id, deliveries: job.attempts }),
    },
  });
  const stopTimers = startTimers(engine);
  const stopPruning = startPruning(engine, options.retention);
  // The runner gives up when it cannot write to its queue; the term is over then, and the contest begins anew.
  const ended = runner.promise.catch((error: unknown) => {
    engine.logger.error({ err: error }, "the job queue stopped");
  });
  return {
    ended,
    async stop() {
      await Promise.all([stopTimers(), stopPruning(), stopRunner(engine, runner, options.drainTimeoutMs)]);
      engine.epoch = 0;
    },
  };
}

/** Brings what is stored of functions in line with what the app declares now; for the leader alone. */
export async function applyDeclarations(engine: EngineContext): Promise<void> {
  const functions = engine.functions.all();
  await storeFunctions(engine.pool, functions);
  await refreshLimits(engine.pool, functions);
  await refreshThrottles(engine.pool, functions);
  await syncSchedules(engine);
}

async function stopRunner(
  engine: EngineContext,
  runner: Awaited<ReturnType<typeof run>>,
  drainTimeoutMs: number,
): Promise<void> {
  const timer = new AbortController();
  const drained = Promise.allSettled([runner.stop()]).then(() => true);
  const timedOut = delay(drainTimeoutMs, false, { signal: timer.signal }).catch(() => true);
  if (!(await Promise.race([drained, timedOut]))) {
    engine.logger.warn({ drainTimeoutMs }, "steps in flight did not end in time; they will be run again");
    await runner.kill();
  }
  timer.abort();
}

function toWorkItem(payload: unknown) {
  const text = (value: unknown) => (typeof value === "string" ? value : null);
  const fields = isRecord(payload) ? payload : {};
  return { runId: text(fields.runId) ?? "", stepId: text(fields.stepId), workId: text(fields.workId) };
}
