import { Card, CardBody, CardHeader } from "@hustings/ui/card";
import { SkeletonRows } from "@hustings/ui/skeleton";
import { Status } from "@hustings/ui/status";
import { RelativeTime } from "@hustings/ui/time";
import { trpc } from "~/client/trpc";
import { QueryError } from "~/components/query-error";
import { BackToList } from "./back-to-list";
import { JsonBlock } from "./json-block";
import type { Jobs } from "./use-jobs";
import { STATE_OF } from "./words";

/** One event: what it says, and the runs that it started. */
export function EventView({ id, jobs }: { id: string; jobs: Jobs }) {
  const query = trpc.jobs.events.useQuery({ search: id, limit: 1 });
  const event = query.data?.events[0];
  if (query.isPending) return <SkeletonRows label="Loading the event" rows={4} />;
  if (query.error)
    return <QueryError title="The event did not load." error={query.error} onRetry={() => void query.refetch()} />;
  return (
    <article className="grid grid-cols-[minmax(0,1fr)] gap-3.5">
      <header>
        <BackToList jobs={jobs} label="All events" />
        <h2 className="text-lg leading-6 wrap-anywhere">{event?.name ?? "This event is not there any more"}</h2>
        <p className="mt-1 text-sm text-muted-foreground wrap-anywhere">
          {event ? (
            <>
              Came in <RelativeTime at={event.receivedAt} isInSentence /> ·{" "}
              <span className="font-mono text-xs">{event.id}</span>
            </>
          ) : (
            "Events are kept for a week."
          )}
        </p>
      </header>
      {event && (
        <>
          <Card>
            <CardHeader title="Runs that it started" />
            {event.runs.length === 0 && (
              <CardBody className="text-sm text-muted-foreground">
                None: no function listens to it, its condition did not hold, or an earlier run does the same.
              </CardBody>
            )}
            <ul>
              {event.runs.map((run) => (
                <li key={run.id} className="border-b border-border last:border-b-0">
                  <button
                    type="button"
                    onClick={() => jobs.show({ view: "runs", open: run.id })}
                    className="flex min-h-9 w-full items-center gap-3 px-4 text-left text-sm hover:bg-hover focus-visible:-outline-offset-2"
                  >
                    <span className="min-w-0 flex-1 truncate font-mono text-xs">{run.functionName}</span>
                    <Status state={STATE_OF[run.status]} isBare />
                  </button>
                </li>
              ))}
            </ul>
          </Card>
          <Card>
            <CardBody>
              <JsonBlock title="Data" value={event.data} />
            </CardBody>
          </Card>
        </>
      )}
    </article>
  );
}
