import { Card, CardHeader } from "@hustings/ui/card";
import { cn } from "@hustings/ui/class-names";
import { formatCountOf } from "@hustings/ui/count";
import { SkeletonRows } from "@hustings/ui/skeleton";
import { formatDuration, RelativeTime } from "@hustings/ui/time";
import { useState } from "react";
import { type RouterOutputs, trpc } from "~/client/trpc";
import { NewerOlder } from "~/components/newer-older";
import { QueryError } from "~/components/query-error";
import { isUnfinished, RunStatus } from "./run-status";

const PAGE_SIZE = 20;
const POLL_MS = 1_000;

export type RunHistoryProps = {
  scriptId: string;
  /** A run has been asked for, and may not stand here yet. */
  isAsking: boolean;
  shown: string | undefined;
  onChoose: (id: string) => void;
};

/** The runs of a script, newest first, page by page; one is shown beside. */
export function RunHistory({ scriptId, isAsking, shown, onChoose }: RunHistoryProps) {
  const [page, setPage] = useState(0);
  // One more than is shown tells whether there is another page.
  const query = trpc.scripts.runs.useQuery(
    { id: scriptId, limit: PAGE_SIZE + 1, offset: page * PAGE_SIZE },
    {
      placeholderData: (before) => before,
      refetchInterval: ({ state }) =>
        isAsking || state.data?.some(({ status }) => isUnfinished(status)) ? POLL_MS : false,
    },
  );
  const runs = query.data?.slice(0, PAGE_SIZE);
  const isLast = (query.data?.length ?? 0) <= PAGE_SIZE;
  return (
    <Card>
      <CardHeader title="History" />
      {query.error && !runs && (
        <QueryError title="The history did not load." error={query.error} onRetry={() => void query.refetch()} />
      )}
      {query.isPending && <SkeletonRows label="Loading the history" rows={3} />}
      {runs?.length === 0 && (
        <p className="px-4 py-3.5 text-muted-foreground">The last 200 runs stand here, for 90 days.</p>
      )}
      {runs && runs.length > 0 && (
        <ul className="max-h-96 divide-y divide-border overflow-auto">
          {runs.map((run) => (
            <li key={run.id}>
              <Run run={run} isShown={run.id === shown} onChoose={() => onChoose(run.id)} />
            </li>
          ))}
        </ul>
      )}
      {(page > 0 || !isLast) && (
        <div className="flex gap-2 border-t border-border px-4 py-2">
          <NewerOlder isFirst={page === 0} isLast={isLast} onTurn={(by) => setPage(page + by)} />
        </div>
      )}
    </Card>
  );
}

type HistoryRun = RouterOutputs["scripts"]["runs"][number];

function Run({ run, isShown, onChoose }: { run: HistoryRun; isShown: boolean; onChoose: () => void }) {
  return (
    <button
      type="button"
      aria-pressed={isShown}
      onClick={onChoose}
      className={cn(
        "grid w-full grid-cols-[1fr_auto] items-center gap-x-3 px-4 py-2 text-left hover:bg-sunken",
        isShown && "bg-sunken",
      )}
    >
      <RunStatus status={run.status} isBare />
      <RelativeTime at={run.createdAt} isFocusable={false} className="text-sm text-muted-foreground" />
      <span className="col-span-2 truncate text-sm text-muted-foreground">{describeRun(run)}</span>
    </button>
  );
}

function describeRun({ trigger, durationMs, calls, changes }: HistoryRun): string {
  const how = trigger === "cron" ? "By its schedule" : "By hand";
  if (durationMs === null) return how;
  return `${how}, ${formatDuration(durationMs)}, ${formatCountOf(calls, "call")}, ${formatCountOf(changes, "change")}`;
}
