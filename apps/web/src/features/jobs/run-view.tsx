import type { JobRunDetail } from "@hustings/contracts/jobs";
import { Card, CardBody, CardHeader } from "@hustings/ui/card";
import { CopyIcon } from "@hustings/ui/copy-button";
import { Note } from "@hustings/ui/note";
import { SkeletonRows } from "@hustings/ui/skeleton";
import { Status } from "@hustings/ui/status";
import { formatExactTime, useNow } from "@hustings/ui/time";
import { trpc } from "~/client/trpc";
import { RecordError } from "~/components/record-error";
import { BackToList } from "./back-to-list";
import { JsonBlock } from "./json-block";
import { RunActions } from "./run-actions";
import { StepCard } from "./step-card";
import type { Jobs } from "./use-jobs";
import { Waterfall } from "./waterfall";
import { describeRun, formatSeconds, STATE_OF } from "./words";

const LIVE_EVERY_MS = 2_000;

/** One run: how it stands, its steps over time, and what went in and came out. */
export function RunView({ id, jobs }: { id: string; jobs: Jobs }) {
  const query = trpc.jobs.run.useQuery(
    { id },
    { refetchInterval: ({ state }) => (state.data?.endedAt === null ? LIVE_EVERY_MS : false) },
  );
  if (query.data) return <Run run={query.data} jobs={jobs} />;
  if (!query.error) return <SkeletonRows label="Loading the run" rows={8} />;
  return (
    <RecordError
      noun="run"
      error={query.error}
      onRetry={() => void query.refetch()}
      gone="This run is not there any more:"
      goneWhy="runs are kept for a week, failures for a month."
    />
  );
}

function Run({ run, jobs }: { run: JobRunDetail; jobs: Jobs }) {
  const now = useNow(run.endedAt ? 60_000 : 1_000);
  const step = run.steps.find((each) => each.id === jobs.stepId) ?? run.steps.find((each) => each.status === "failed");
  const began = run.startedAt ?? run.createdAt;
  return (
    <article className="grid min-w-0 grid-cols-[minmax(0,1fr)] gap-3.5">
      <header className="flex flex-wrap items-start gap-x-4 gap-y-2">
        <div className="min-w-0 flex-1 basis-72">
          <BackToList jobs={jobs} label="All runs" />
          <h2 className="text-lg leading-6 wrap-anywhere">{run.title}</h2>
          <p className="mt-1 flex flex-wrap items-center gap-x-2 gap-y-1 text-sm text-muted-foreground">
            <Status state={STATE_OF[run.status]} />
            {run.status !== "failed" && <span>{describeRun(run, now)}</span>}
            <time dateTime={began} title={formatExactTime(new Date(began))}>
              {run.startedAt ? "Started" : "Made"} {formatSeconds(began)}
            </time>
            <span className="flex items-center" title={run.id}>
              run&nbsp;<span className="font-mono text-xs">{`${run.id.slice(0, 5)}…${run.id.slice(-4)}`}</span>
              <CopyIcon text={run.id} label="Copy the run’s id" />
            </span>
          </p>
        </div>
        <RunActions run={run} jobs={jobs} />
      </header>
      <Relatives run={run} jobs={jobs} />
      {run.error && (
        <Note tone={run.status === "failed" ? "bad" : "neutral"}>
          <b>{run.error.message}</b>
        </Note>
      )}
      <Waterfall run={run} now={now} openStepId={step?.id ?? null} onOpenStep={jobs.openStep} />
      {step && <StepCard key={step.id} step={step} run={run} jobs={jobs} />}
      <Card>
        <CardHeader title="In and out" note={run.eventName} />
        <CardBody className="grid gap-3">
          <JsonBlock
            title={run.events.length === 1 ? "Event" : `${run.events.length} events`}
            value={run.events.length === 1 ? run.events[0] : run.events}
          />
          {run.status === "completed" && (
            <JsonBlock
              title="Result"
              value={run.output}
              leftOutBytes={run.output === null ? (run.outputBytes > 4 ? run.outputBytes : 0) : 0}
            />
          )}
          {run.error?.stack && <JsonBlock title="Error, with where it came from" value={run.error.stack} />}
        </CardBody>
      </Card>
    </article>
  );
}

/** The runs that this one came from, and those that came from it. */
function Relatives({ run, jobs }: { run: JobRunDetail; jobs: Jobs }) {
  const links = [
    ...(run.rerunOf ? [{ id: run.rerunOf, words: "Repeats an earlier run" }] : []),
    ...run.reruns.map((each) => ({ id: each.id, words: `Run again: ${each.status}` })),
    ...(run.parentRunId ? [{ id: run.parentRunId, words: "Another run waits for this one" }] : []),
    ...run.steps.flatMap((step) =>
      step.invokedRunId ? [{ id: step.invokedRunId, words: `Waits for: ${step.name}` }] : [],
    ),
  ];
  const eventId = readId(run.events[0]);
  if (links.length === 0 && !eventId) return null;
  return (
    <p className="flex flex-wrap gap-x-4 gap-y-1 text-sm">
      {links.map(({ id, words }) => (
        <button key={id} type="button" className="link rounded-sm" onClick={() => jobs.open(id)}>
          {words}
        </button>
      ))}
      {eventId && !run.eventName.startsWith("inngest/") && (
        <button
          type="button"
          className="link rounded-sm"
          onClick={() => jobs.show({ view: "events", search: eventId, open: eventId })}
        >
          The event that started it
        </button>
      )}
    </p>
  );
}

const readId = (event: unknown): string | null => {
  const id = (event as { id?: unknown } | null)?.id;
  return typeof id === "string" ? id : null;
};
