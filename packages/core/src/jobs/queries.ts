import type {
  JobEvent,
  JobFunction,
  JobOverview,
  JobRun,
  JobRunDetail,
  ListJobEventsInput,
  ListJobRunsInput,
} from "@hustings/contracts/jobs";
import type { RunFilter } from "@hustings/job-engine/run-filter";
import type { PrincipalContext } from "../context";
import { notFound } from "../errors";
import { assertGlobalAdmin } from "../workspaces/access";
import { toJobEvent, toJobFunction, toJobRun, toJobRunDetail } from "./mapper";
import { openConsole } from "./open-console";
import { findSubjects } from "./titles";

type Filter = Pick<ListJobRunsInput, "functionId" | "status" | "since" | "until">;

/** The engine's filter: what runs for people is at work for it. */
export function toRunFilter({ functionId, status, since, until }: Filter): RunFilter {
  return {
    functionId,
    status: status === "running" ? "active" : status,
    since: since === undefined ? undefined : new Date(since),
    until: until === undefined ? undefined : new Date(until),
  };
}

/** Runs, newest first. Titles name campaigns and files of every workspace; people are in them as ids alone. */
export async function listJobRuns(
  ctx: PrincipalContext,
  { cursor, limit, search, ...filter }: ListJobRunsInput,
): Promise<{ runs: JobRun[]; nextCursor: string | null }> {
  const runs = await openConsole(ctx).listRuns({
    ...toRunFilter(filter),
    search: search || undefined,
    before: cursor,
    limit,
  });
  const subjectOf = await findSubjects(ctx, runs);
  return {
    runs: runs.map((run) => toJobRun(run, subjectOf(run))),
    nextCursor: nextCursor(runs, limit, (run) => run.id),
  };
}

/** One run with its steps. @throws DomainError `not_found` */
export async function getJobRun(ctx: PrincipalContext, runId: string): Promise<JobRunDetail> {
  const run = await openConsole(ctx).findRun(runId);
  if (!run) throw notFound("Run");
  const subjectOf = await findSubjects(ctx, [run]);
  return toJobRunDetail(run, subjectOf(run));
}

/** Events as they came in, newest first, with the runs that they started. */
export async function listJobEvents(
  ctx: PrincipalContext,
  { cursor, limit, name, search }: ListJobEventsInput,
): Promise<{ events: JobEvent[]; nextCursor: string | null }> {
  const events = await openConsole(ctx).listEvents({
    name: name || undefined,
    search: search || undefined,
    before: cursor,
    limit,
  });
  return { events: events.map(toJobEvent), nextCursor: nextCursor(events, limit, (event) => event.key) };
}

export async function listJobFunctions(ctx: PrincipalContext): Promise<JobFunction[]> {
  return (await openConsole(ctx).listFunctions()).map(toJobFunction);
}

const nextCursor = <Row>(rows: readonly Row[], limit: number, keyOf: (row: Row) => string): string | null => {
  const last = rows.at(-1);
  return last && rows.length === limit ? keyOf(last) : null;
};

/** A worker that was not seen for so long is gone; readiness says the same. */
const WORKER_GONE_MS = 30_000;
const DAY_MS = 86_400_000;

/**
 * How the jobs do: workers alive, what waits, what failed; under either engine.
 *
 * @throws DomainError `forbidden` unless a global admin asks.
 */
export async function getJobOverview(ctx: PrincipalContext): Promise<JobOverview> {
  assertGlobalAdmin(ctx);
  const { jobs } = ctx.ports;
  const nowMs = ctx.ports.now().getTime();
  const seenAfter = new Date(nowMs - WORKER_GONE_MS);
  const [workers, outbox, health, hours] = await Promise.all([
    ctx.db.workerHeartbeat.findMany({ where: { seenAt: { gt: seenAfter } }, orderBy: { name: "asc" }, take: 200 }),
    getOutbox(ctx, nowMs),
    jobs?.engine === "embedded" ? jobs.console.getHealth() : null,
    jobs?.engine === "embedded" ? jobs.console.listHours() : [],
  ]);
  return {
    engine: jobs?.engine ?? "inngest",
    consoleUrl: jobs?.engine === "inngest" ? jobs.consoleUrl : null,
    workers: workers.map(({ name, startedAt, seenAt }) => ({
      name,
      startedAt: startedAt.toISOString(),
      seenAt: seenAt.toISOString(),
      isLeading: health?.leader.isAlive === true && health.leader.instance === name,
    })),
    runs: health && {
      waiting: health.pending + health.running - health.active,
      running: health.active,
      failedLastDay: health.failedLastDay,
      oldestWaitingSeconds: health.oldestPendingMs === null ? null : Math.round(health.oldestPendingMs / 1000),
    },
    hours: hours.map(({ hour, ...counts }) => ({ hour: hour.toISOString(), ...counts })),
    outbox,
  };
}

async function getOutbox(ctx: PrincipalContext, nowMs: number): Promise<JobOverview["outbox"]> {
  const [waiting, oldest, sentLastDay] = await Promise.all([
    ctx.db.outboxEvent.count({ where: { sentAt: null } }),
    ctx.db.outboxEvent.findFirst({ where: { sentAt: null }, orderBy: { id: "asc" }, select: { createdAt: true } }),
    ctx.db.outboxEvent.count({ where: { sentAt: { gt: new Date(nowMs - DAY_MS) } } }),
  ]);
  return {
    waiting,
    oldestWaitingSeconds: oldest && Math.max(0, Math.round((nowMs - oldest.createdAt.getTime()) / 1000)),
    sentLastDay,
  };
}
