import {
  byFunctionId,
  byRunId,
  cancelledJobRuns,
  jobEventList,
  jobFunction,
  jobOverview,
  jobRunDetail,
  jobRunList,
  listJobEventsInput,
  listJobRunsInput,
  rerunJobStepInput,
  restartedJobRun,
  restartedJobRuns,
  selectJobRunsInput,
} from "@hustings/contracts/jobs";
import { cancelJobRuns, pauseJobFunction, rerunJobRuns, rerunJobStep } from "@hustings/core/jobs/commands";
import { getJobOverview, getJobRun, listJobEvents, listJobFunctions, listJobRuns } from "@hustings/core/jobs/queries";
import { z } from "zod";
import { globalAdminProcedure } from "../procedures";
import { router } from "../trpc";

const tags = ["Jobs"];
const rest = { errors: [404] } as const;

export const jobsRouter = router({
  overview: globalAdminProcedure
    .meta({ openapi: { method: "GET", path: "/jobs/overview", tags, summary: "How the jobs do, and what runs them" } })
    .input(z.strictObject({}))
    .output(jobOverview)
    .query(({ ctx }) => getJobOverview(ctx.session)),

  runs: globalAdminProcedure
    .meta({ openapi: { method: "GET", path: "/jobs/runs", tags, summary: "List runs, newest first" }, rest })
    .input(listJobRunsInput)
    .output(jobRunList)
    .query(({ ctx, input }) => listJobRuns(ctx.session, input)),

  run: globalAdminProcedure
    .meta({ openapi: { method: "GET", path: "/jobs/runs/{id}", tags, summary: "Get a run with its steps" }, rest })
    .input(byRunId)
    .output(jobRunDetail)
    .query(({ ctx, input }) => getJobRun(ctx.session, input.id)),

  cancel: globalAdminProcedure
    .meta({ openapi: { method: "POST", path: "/jobs/runs/cancel", tags, summary: "End live runs" }, rest })
    .input(selectJobRunsInput)
    .output(cancelledJobRuns)
    .mutation(({ ctx, input }) => cancelJobRuns(ctx.session, input)),

  rerun: globalAdminProcedure
    .meta({
      openapi: { method: "POST", path: "/jobs/runs/rerun", tags, summary: "Start runs over that have ended" },
      rest,
    })
    .input(selectJobRunsInput)
    .output(restartedJobRuns)
    .mutation(({ ctx, input }) => rerunJobRuns(ctx.session, input)),

  rerunStep: globalAdminProcedure
    .meta({
      openapi: {
        method: "POST",
        path: "/jobs/runs/{id}/steps/{stepId}/rerun",
        tags,
        summary: "Start a run over from one of its steps",
      },
      rest,
    })
    .input(rerunJobStepInput)
    .output(restartedJobRun)
    .mutation(({ ctx, input }) => rerunJobStep(ctx.session, input)),

  events: globalAdminProcedure
    .meta({
      openapi: { method: "GET", path: "/jobs/events", tags, summary: "List events and the runs that they started" },
      rest,
    })
    .input(listJobEventsInput)
    .output(jobEventList)
    .query(({ ctx, input }) => listJobEvents(ctx.session, input)),

  functions: globalAdminProcedure
    .meta({ openapi: { method: "GET", path: "/jobs/functions", tags, summary: "List the functions" }, rest })
    .input(z.strictObject({}))
    .output(z.array(jobFunction))
    .query(({ ctx }) => listJobFunctions(ctx.session)),

  pause: globalAdminProcedure
    .meta({
      openapi: {
        method: "POST",
        path: "/jobs/functions/{id}/pause",
        tags,
        summary: "Pause a function: its events make runs that wait",
      },
      rest,
    })
    .input(byFunctionId)
    .output(jobFunction)
    .mutation(({ ctx, input }) => pauseJobFunction(ctx.session, { id: input.id, isPaused: true })),

  resume: globalAdminProcedure
    .meta({
      openapi: {
        method: "POST",
        path: "/jobs/functions/{id}/resume",
        tags,
        summary: "Let a paused function and its waiting runs go on",
      },
      rest,
    })
    .input(byFunctionId)
    .output(jobFunction)
    .mutation(({ ctx, input }) => pauseJobFunction(ctx.session, { id: input.id, isPaused: false })),
});
