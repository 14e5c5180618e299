import type {
  JobError,
  JobEvent,
  JobFunction,
  JobRun,
  JobRunDetail,
  JobStatus,
  JobStep,
} from "@hustings/contracts/jobs";
import type { RunDetail, RunSummary, StepDetail } from "@hustings/job-engine/inspect";
import type { EventSummary } from "@hustings/job-engine/inspect-events";
import type { FunctionSummary } from "@hustings/job-engine/inspect-functions";
import { toFunctionName, toFunctionTitle, toRunTitle } from "./titles";

const iso = (date: Date): string => date.toISOString();
const isoOrNull = (date: Date | null): string | null => date?.toISOString() ?? null;

/** The status for people: what sleeps or has not begun waits. */
export function toJobStatus(run: { status: RunSummary["status"]; isActive: boolean }): JobStatus {
  if (run.status === "queued") return "waiting";
  return run.status === "running" && !run.isActive ? "waiting" : run.status;
}

/** A run for a list; `failure` is that of the summary. */
export function toJobRun(
  run: Omit<RunSummary, "events"> & { events: unknown[] | null },
  subject: JobRun["subject"],
): JobRun {
  return {
    id: run.id,
    functionId: run.functionId,
    functionName: toFunctionName(run.functionId),
    title: toRunTitle(run, subject),
    subject,
    status: toJobStatus(run),
    wait: run.wait && { for: run.wait.for, until: isoOrNull(run.wait.until) },
    eventName: run.eventName,
    tries: run.attempt + 1,
    failure: run.failure,
    output: run.output ?? null,
    createdAt: iso(run.createdAt),
    startedAt: isoOrNull(run.startedAt),
    endedAt: isoOrNull(run.endedAt),
  };
}

export function toJobRunDetail(run: RunDetail, subject: JobRun["subject"]): JobRunDetail {
  const error = toJobError(run.error);
  return {
    ...toJobRun({ ...run, failure: error?.message ?? null }, subject),
    events: run.events,
    outputBytes: run.outputBytes,
    error,
    parentRunId: run.parentRunId,
    rerunOf: run.rerunOf,
    reruns: run.reruns.map(({ id, status }) => ({ id, status: toJobStatus({ status, isActive: true }) })),
    steps: run.steps.map(toJobStep),
    attempts: run.attempts.map((attempt) => ({
      stepId: attempt.stepId,
      attempt: attempt.attempt,
      error: toJobError(attempt.error) ?? UNKNOWN_ERROR,
      failedAt: iso(attempt.failedAt),
      retryAt: iso(attempt.retryAt),
    })),
  };
}

const KINDS: Record<string, JobStep["kind"]> = { Sleep: "sleep", WaitForEvent: "event", InvokeFunction: "run" };

function toJobStep(step: StepDetail): JobStep {
  const kind = KINDS[step.op] ?? "work";
  const options = isRecord(step.input) ? step.input : {};
  const own = Array.isArray(options.input) ? options.input : null;
  return {
    id: step.id,
    name: step.name,
    kind,
    status: step.status,
    tries: step.attempt + 1,
    input: kind === "work" ? (step.givenInput ?? own) : options,
    takesInput: kind === "work" && own !== null,
    output: step.output ?? null,
    outputBytes: step.outputBytes,
    error: toJobError(step.error),
    isCopied: step.isCopied,
    invokedRunId: step.invokedRunId,
    createdAt: iso(step.createdAt),
    startedAt: isoOrNull(step.startedAt),
    endedAt: isoOrNull(step.endedAt),
    wakeAt: isoOrNull(step.wakeAt),
    retryAt: isoOrNull(step.retryAt),
  };
}

export function toJobEvent(event: EventSummary): JobEvent {
  const { data } = isRecord(event.body) ? event.body : {};
  return {
    id: event.id,
    name: event.name,
    data: data ?? null,
    receivedAt: iso(event.receivedAt),
    runs: event.runs.map(({ id, functionId, status }) => ({
      id,
      functionName: toFunctionName(functionId),
      status: toJobStatus({ status, isActive: true }),
    })),
  };
}

export function toJobFunction(summary: FunctionSummary): JobFunction {
  const { declaration: _, ...known } = summary;
  return {
    ...known,
    name: toFunctionName(summary.id),
    title: toFunctionTitle(summary.id),
    crons: summary.crons.map((cron) => ({ ...cron, next: isoOrNull(cron.next) })),
    limits: describeLimits(summary.declaration),
    pausedAt: isoOrNull(summary.pausedAt),
  };
}

/** What a function declares about its starts, in words. */
function describeLimits(declaration: Record<string, unknown>): string[] {
  const by = (option: Record<string, unknown>) => (typeof option.key === "string" ? ` for each ${option.key}` : "");
  const list = (value: unknown) => [value].flat().filter(isRecord);
  const { concurrency } = declaration;
  return [
    ...(typeof concurrency === "number" ? [`${concurrency} at once`] : []),
    ...list(concurrency).map((rule) => `${rule.limit} at once${by(rule)}`),
    ...list(declaration.throttle).map((rule) => `${rule.limit} starts in ${rule.period}${by(rule)}`),
    ...list(declaration.debounce).map((rule) => `starts after ${rule.period} of quiet${by(rule)}`),
    ...list(declaration.batchEvents).map((rule) => `takes ${rule.maxSize} events at a time, or waits ${rule.timeout}`),
    ...list(declaration.singleton).map((rule) => `one run${by(rule)}`),
    ...list(declaration.cancel).map((rule) => `ended by ${rule.event}`),
    ...list(declaration.timeouts).flatMap((rule) => [
      ...(rule.start ? [`starts within ${rule.start}`] : []),
      ...(rule.finish ? [`ends within ${rule.finish}`] : []),
    ]),
  ];
}

const UNKNOWN_ERROR: JobError = { name: "Error", message: "Unknown error", stack: null };

function toJobError(error: unknown): JobError | null {
  if (error === null || error === undefined) return null;
  if (!isRecord(error)) return { ...UNKNOWN_ERROR, message: String(error) };
  const text = (value: unknown) => (typeof value === "string" && value !== "" ? value : null);
  return {
    name: text(error.name) ?? UNKNOWN_ERROR.name,
    message: text(error.message) ?? UNKNOWN_ERROR.message,
    stack: text(error.stack),
  };
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
