import { z } from "zod";
import { dateTime, utcDateTime, uuid } from "./primitives";

/** `waiting`: has not begun, or sleeps; `running`: a worker is at it. */
export const jobStatus = z.enum(["waiting", "running", "completed", "failed", "cancelled"]);
export type JobStatus = z.infer<typeof jobStatus>;

const runId = z
  .string()
  .regex(/^[0-9A-HJKMNP-TV-Z]{26}$/, "must be the id of a run")
  .meta({ example: "01KB1Q2H7GZ4T5N8M3V6W9X0YC" });
const functionId = z.string().min(1).max(200).meta({ example: "hustings-campaign-send" });
const json = z.unknown().describe("JSON, whatever the function gave");

export const jobWait = z
  .object({
    for: z
      .enum(["turn", "resume", "rate", "retry", "time", "event", "run"])
      .describe("Its turn, its paused function, its rate, a new try, a time, an event, another run"),
    until: utcDateTime.nullable(),
  })
  .meta({ id: "JobWait" });

/** What a run is about. Runs know people by ids alone. */
export const jobSubject = z
  .object({ kind: z.enum(["campaign", "import"]), id: uuid, name: z.string(), workspaceSlug: z.string() })
  .meta({ id: "JobSubject" });

export const jobRun = z
  .object({
    id: z.string(),
    functionId: z.string(),
    functionName: z.string(),
    title: z.string().describe("In words: Sending “Autumn news”"),
    subject: jobSubject.nullable(),
    status: jobStatus,
    wait: jobWait.nullable().describe("While it is waiting: for what"),
    eventName: z.string(),
    tries: z.number().int().describe("Of what it is at: 1 unless a try failed"),
    failure: z.string().nullable().describe("The error's message"),
    output: json,
    createdAt: utcDateTime,
    startedAt: utcDateTime.nullable(),
    endedAt: utcDateTime.nullable(),
  })
  .meta({ id: "JobRun" });
export type JobRun = z.infer<typeof jobRun>;

export const jobError = z
  .object({ name: z.string(), message: z.string(), stack: z.string().nullable() })
  .meta({ id: "JobError" });
export type JobError = z.infer<typeof jobError>;

export const jobStep = z
  .object({
    id: z.string(),
    name: z.string(),
    kind: z
      .enum(["work", "sleep", "event", "run"])
      .describe("Works, sleeps, waits for an event, waits for another run"),
    status: z.enum(["planned", "running", "retrying", "sleeping", "waiting", "invoking", "done", "failed"]),
    tries: z.number().int(),
    input: json,
    takesInput: z.boolean().describe("A rerun from here may hand it other arguments"),
    output: json,
    outputBytes: z.number().int().describe("Outputs of more than 64 KiB are left out"),
    error: jobError.nullable(),
    isCopied: z.boolean().describe("Taken over from the run that this one repeats"),
    invokedRunId: z.string().nullable(),
    createdAt: utcDateTime.describe("Planned or, for a step that was not planned, recorded"),
    startedAt: utcDateTime.nullable(),
    endedAt: utcDateTime.nullable(),
    wakeAt: utcDateTime.nullable(),
    retryAt: utcDateTime.nullable(),
  })
  .meta({ id: "JobStep" });
export type JobStep = z.infer<typeof jobStep>;

export const jobAttempt = z
  .object({
    stepId: z.string().nullable().describe("Null: the function failed outside of its steps"),
    attempt: z.number().int(),
    error: jobError,
    failedAt: utcDateTime,
    retryAt: utcDateTime,
  })
  .meta({ id: "JobAttempt" });

export const jobRunDetail = z
  .object({
    ...jobRun.shape,
    events: z.array(json),
    outputBytes: z.number().int(),
    error: jobError.nullable(),
    parentRunId: z.string().nullable(),
    rerunOf: z.string().nullable(),
    reruns: z.array(z.object({ id: z.string(), status: jobStatus })),
    steps: z.array(jobStep),
    attempts: z.array(jobAttempt).describe("Failed tries that were followed by another, the oldest first"),
  })
  .meta({ id: "JobRunDetail" });
export type JobRunDetail = z.infer<typeof jobRunDetail>;

const filter = {
  functionId: functionId.optional(),
  status: jobStatus.optional(),
  since: dateTime.optional().describe("Made then or later"),
  until: dateTime.optional().describe("Made before"),
};
const keysetPage = {
  cursor: z.string().max(40).optional().describe("`nextCursor` of the page before"),
  limit: z.number().int().min(1).max(200).default(50),
};

export const listJobRunsInput = z.strictObject({
  ...filter,
  search: z.string().trim().max(512).optional().describe("A run's id or its beginning, or an event's id"),
  ...keysetPage,
});
export type ListJobRunsInput = z.infer<typeof listJobRunsInput>;
export const jobRunList = z.object({ runs: z.array(jobRun), nextCursor: z.string().nullable() });

export const byRunId = z.strictObject({ id: runId });

/** Runs of one call at the most; for more, call again. */
export const MAX_JOB_RUNS = 1_000;

export const selectJobRunsInput = z
  .strictObject({
    runIds: z.array(runId).min(1).max(MAX_JOB_RUNS).optional(),
    matching: z.strictObject(filter).optional().describe("All that it means, at most 1,000 a call, the oldest first"),
  })
  .refine(({ runIds, matching }) => (runIds === undefined) !== (matching === undefined), {
    path: ["runIds"],
    message: "give either runIds or matching",
  });
export type SelectJobRunsInput = z.infer<typeof selectJobRunsInput>;
export const cancelledJobRuns = z.object({
  affected: z.number().int().describe("What is over already is left alone"),
  isMore: z.boolean().describe("There may be more: call again"),
});
export const restartedJobRuns = z.object({
  ...cancelledJobRuns.shape,
  runs: z.array(z.object({ id: z.string(), rerunOf: z.string() })),
});

export const rerunJobStepInput = z.strictObject({
  id: runId,
  stepId: z
    .string()
    .regex(/^[0-9a-f]{40}$/, "must be the id of a step")
    .meta({ example: "3f786850e387550fdab836ed7e6dc881de23001b" }),
  input: z.array(json).max(50).optional().describe("What the step gets in place of its own arguments"),
});
export type RerunJobStepInput = z.infer<typeof rerunJobStepInput>;
export const restartedJobRun = z.object({ id: z.string(), rerunOf: z.string() });

export const listJobEventsInput = z.strictObject({
  name: z.string().trim().max(256).optional(),
  search: z.string().trim().max(512).optional().describe("An event's id"),
  ...keysetPage,
});
export type ListJobEventsInput = z.infer<typeof listJobEventsInput>;
export const jobEvent = z
  .object({
    id: z.string(),
    name: z.string(),
    data: json,
    receivedAt: utcDateTime,
    runs: z
      .array(z.object({ id: z.string(), functionName: z.string(), status: jobStatus }))
      .describe("Those that it started, at most 20"),
  })
  .meta({ id: "JobEvent" });
export type JobEvent = z.infer<typeof jobEvent>;
export const jobEventList = z.object({ events: z.array(jobEvent), nextCursor: z.string().nullable() });

export const jobFunction = z
  .object({
    id: z.string(),
    name: z.string(),
    title: z.string(),
    events: z.array(z.string()),
    crons: z.array(z.object({ expression: z.string(), timeZone: z.string(), next: utcDateTime.nullable() })),
    limits: z.array(z.string()).describe("In words"),
    retries: z.number().int(),
    pausedAt: utcDateTime.nullable(),
    waiting: z.number().int(),
    running: z.number().int().describe("Begun and not ended, sleeping ones included"),
    completed: z.number().int().describe("In the last 24 hours, as `failed`"),
    failed: z.number().int(),
    medianMs: z.number().nullable(),
  })
  .meta({ id: "JobFunction" });
export type JobFunction = z.infer<typeof jobFunction>;
export const byFunctionId = z.strictObject({ id: functionId });

/** How the jobs do. Under an Inngest server the app knows its workers and its outbox alone. */
export const jobOverview = z
  .object({
    engine: z.enum(["embedded", "inngest"]),
    consoleUrl: z.string().nullable().describe("The Inngest server's own console"),
    workers: z.array(
      z.object({ name: z.string(), startedAt: utcDateTime, seenAt: utcDateTime, isLeading: z.boolean() }),
    ),
    runs: z
      .object({
        waiting: z.number().int(),
        running: z.number().int(),
        failedLastDay: z.number().int(),
        oldestWaitingSeconds: z.number().nullable().describe("Of those that have not begun"),
      })
      .nullable(),
    hours: z
      .array(
        z.object({
          hour: utcDateTime,
          completed: z.number().int(),
          failed: z.number().int(),
          cancelled: z.number().int(),
        }),
      )
      .describe("What ended in the last 24 hours, the oldest hour first"),
    outbox: z.object({
      waiting: z.number().int().describe("Events that no engine has taken yet"),
      oldestWaitingSeconds: z.number().nullable(),
      sentLastDay: z.number().int(),
    }),
  })
  .meta({ id: "JobOverview" });
export type JobOverview = z.infer<typeof jobOverview>;
