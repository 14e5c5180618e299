import { Button } from "@hustings/ui/button";
import { formatCount, formatCountOf } from "@hustings/ui/count";
import { EmptyState, FilteredEmptyState } from "@hustings/ui/empty-state";
import { SearchInput } from "@hustings/ui/input";
import { SkeletonRows } from "@hustings/ui/skeleton";
import { formatExactTime, useNow } from "@hustings/ui/time";
import { Zap } from "lucide-react";
import { useKeysetPages } from "~/client/keyset-pages";
import { trpc } from "~/client/trpc";
import { QueryError } from "~/components/query-error";
import { ScrollBox } from "~/components/scroll-box";
import { ListRow } from "./list-row";
import type { Jobs } from "./use-jobs";
import { shortTime } from "./words";

const PAGE_SIZE = 50;
const LIVE_EVERY_MS = 4_000;

/** What is searched for: a name has a slash, an id has none. */
const toQuery = (search: string) => (search.includes("/") ? { name: search } : { search });

/** Events as they came in, with how many runs each started. */
export function EventList({ jobs }: { jobs: Jobs }) {
  const now = useNow();
  const utils = trpc.useUtils();
  const input = { ...(jobs.search ? toQuery(jobs.search) : {}), limit: PAGE_SIZE };
  const list = useKeysetPages({
    procedure: ["jobs", "events"],
    input,
    fetchPage: (cursor) => utils.client.jobs.events.query({ ...input, cursor }),
    everyMs: LIVE_EVERY_MS,
  });
  const events = list.data?.pages.flatMap((page) => page.events) ?? [];
  return (
    <>
      <div className="flex-none border-b border-border px-4 pb-2.5">
        <SearchInput label="Id or whole name of an event" value={jobs.searchText} onValueChange={jobs.setSearchText} />
      </div>
      <ScrollBox label={`Events, ${formatCount(events.length)} shown`} className="min-h-0 flex-1 bg-card">
        {!list.data && !list.error && <SkeletonRows label="Loading the events" rows={10} />}
        {list.error && !list.data && (
          <QueryError
            title="The events did not load."
            error={list.error}
            onRetry={() => void list.refetch()}
            className="m-4"
          />
        )}
        {list.data && events.length === 0 && <NoEvents jobs={jobs} />}
        <ul>
          {events.map((event) => (
            <ListRow
              key={event.id}
              icon={<Zap aria-hidden className="text-muted-foreground" />}
              title={event.name}
              aside={
                <time dateTime={event.receivedAt} title={formatExactTime(new Date(event.receivedAt))}>
                  {shortTime(event.receivedAt, now)}
                </time>
              }
              words={event.runs.length === 0 ? "Started nothing" : `Started ${formatCountOf(event.runs.length, "run")}`}
              name={event.runs.map((run) => run.functionName).join(", ")}
              isOpen={event.id === jobs.openId}
              onOpen={() => jobs.open(event.id)}
            />
          ))}
        </ul>
        {list.hasNextPage && (
          <div className="p-3 text-center">
            <Button size="sm" isBusy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
              Show older events
            </Button>
          </div>
        )}
      </ScrollBox>
    </>
  );
}

function NoEvents({ jobs }: { jobs: Jobs }) {
  return jobs.search ? (
    <FilteredEmptyState
      title="No event has this id or name."
      actions={
        <Button size="sm" onClick={jobs.clearFilters}>
          Show all events
        </Button>
      }
    />
  ) : (
    <EmptyState icon={Zap} title="No events in the last week">
      A campaign that is sent or a file that is imported makes events.
    </EmptyState>
  );
}
