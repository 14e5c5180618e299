import {
  type JobFunction,
  MAX_JOB_RUNS,
  type RerunJobStepInput,
  type SelectJobRunsInput,
} from "@hustings/contracts/jobs";
import type { Rerun, RunSelection } from "@hustings/job-engine/control";
import { recordChangeIn } from "../audit/record-change";
import type { PrincipalContext } from "../context";
import { invalid, notFound } from "../errors";
import { toJobFunction } from "./mapper";
import { openConsole } from "./open-console";
import { toRunFilter } from "./queries";

const toSelection = ({ runIds = [], matching }: SelectJobRunsInput): RunSelection =>
  matching ? { matching: toRunFilter(matching) } : { runIds };

/** Bulk work is one entry in the audit: how many, and which of them as far as a person would read. */
const LISTED_IDS = 20;
const describeRuns = (ids: readonly string[], { matching }: SelectJobRunsInput) => ({
  count: ids.length,
  runIds: ids.slice(0, LISTED_IDS),
  ...(matching ? { matching: { ...matching } } : {}),
});
const isMore = ({ matching }: SelectJobRunsInput, affected: number) =>
  matching !== undefined && affected === MAX_JOB_RUNS;

/** Ends live runs; the step under way is the last. What is over already is left alone. */
export async function cancelJobRuns(
  ctx: PrincipalContext,
  input: SelectJobRunsInput,
): Promise<{ affected: number; isMore: boolean }> {
  const ids = await openConsole(ctx).cancelRuns(toSelection(input), (db, done) =>
    recordChangeIn(db, ctx, {
      action: "jobs.cancel",
      targetType: "job",
      targetId: done.length === 1 ? done[0] : null,
      details: describeRuns(done, input),
    }),
  );
  return { affected: ids.length, isMore: isMore(input, ids.length) };
}

/** Starts runs over, from their beginning; of a filter's runs those that were not started over yet. */
export async function rerunJobRuns(
  ctx: PrincipalContext,
  input: SelectJobRunsInput,
): Promise<{ affected: number; isMore: boolean; runs: Rerun[] }> {
  const runs = await openConsole(ctx).rerunRuns(toSelection(input), (db, done) =>
    recordChangeIn(db, ctx, {
      action: "jobs.rerun",
      targetType: "job",
      targetId: done.length === 1 ? done[0]?.rerunOf : null,
      details: describeRuns(
        done.map((run) => run.rerunOf),
        input,
      ),
    }),
  );
  return { affected: runs.length, isMore: isMore(input, runs.length), runs };
}

/**
 * Starts a run over from one of its steps, perhaps with other arguments for it.
 *
 * @throws DomainError `not_found`; `invalid` while the run is live, and when its function is gone.
 */
export async function rerunJobStep(ctx: PrincipalContext, { id, stepId, input }: RerunJobStepInput): Promise<Rerun> {
  const console = openConsole(ctx);
  const rerun = await console.rerunFromStep({ runId: id, stepId, input }, (db, done) =>
    recordChangeIn(db, ctx, {
      action: "jobs.rerun",
      targetType: "job",
      targetId: id,
      details: { count: 1, runIds: [id], fromStep: stepId, hasOtherInput: input !== undefined, newRunId: done.id },
    }),
  );
  if (rerun) return rerun;
  const run = await console.findRun(id);
  if (!run) throw notFound("Run");
  if (!run.steps.some((step) => step.id === stepId)) throw notFound("Step");
  if (run.endedAt === null) throw invalid("This run is not over yet: cancel it first");
  throw invalid("Its function is not served any more, or allows one run at a time and is at work");
}

/**
 * Pauses a function or lets it go on. While it is paused its events make runs that wait; nothing is lost.
 *
 * @throws DomainError `not_found`.
 */
export async function pauseJobFunction(
  ctx: PrincipalContext,
  change: { id: string; isPaused: boolean },
): Promise<JobFunction> {
  const console = openConsole(ctx);
  await console.pauseFunction({ functionId: change.id, isPaused: change.isPaused }, (db) =>
    recordChangeIn(db, ctx, {
      action: change.isPaused ? "jobs.pause" : "jobs.resume",
      targetType: "jobFunction",
      targetId: change.id,
    }),
  );
  const summary = (await console.listFunctions()).find((entry) => entry.id === change.id);
  if (!summary) throw notFound("Function");
  return toJobFunction(summary);
}
