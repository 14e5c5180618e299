import type { JobOverview, JobRun } from "@hustings/contracts/jobs";
import { Button } from "@hustings/ui/button";
import { Checkbox } from "@hustings/ui/checkbox";
import { formatCount, formatCountOf } from "@hustings/ui/count";
import { EmptyState, FilteredEmptyState } from "@hustings/ui/empty-state";
import { SegmentedControl } from "@hustings/ui/segmented-control";
import { SkeletonRows } from "@hustings/ui/skeleton";
import { statusIcon, statusTone } from "@hustings/ui/status";
import { formatExactTime, useNow } from "@hustings/ui/time";
import { TONE_TEXT } from "@hustings/ui/tone";
import { Activity } from "lucide-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import { useCommands } from "~/client/commands";
import { useKeysetPages } from "~/client/keyset-pages";
import { trpc } from "~/client/trpc";
import { QueryError } from "~/components/query-error";
import { ScrollBox } from "~/components/scroll-box";
import { ListRow } from "./list-row";
import { RunFilters } from "./run-filters";
import type { Jobs } from "./use-jobs";
import { describeRun, STATE_OF, shortTime } from "./words";

const RunBulk = dynamic(() => import("./run-bulk").then((module) => module.RunBulk), { ssr: false });

const PAGE_SIZE = 50;
const LIVE_EVERY_MS = 3_000;

/** Runs, newest first, as they come; choosing many of them. */
export function RunList({ jobs, overview }: { jobs: Jobs; overview: JobOverview | undefined }) {
  const [chosen, setChosen] = useState<ReadonlySet<string> | null>(null);
  const utils = trpc.useUtils();
  const input = { ...jobs.filter, ...(jobs.search ? { search: jobs.search } : {}), limit: PAGE_SIZE };
  const list = useKeysetPages({
    procedure: ["jobs", "runs"],
    input,
    fetchPage: (cursor) => utils.client.jobs.runs.query({ ...input, cursor }),
    everyMs: LIVE_EVERY_MS,
  });
  const runs = list.data?.pages.flatMap((page) => page.runs) ?? [];
  useListKeys(runs, jobs);
  const toggle = (id: string) =>
    setChosen((now) => {
      const next = new Set(now);
      if (!next.delete(id)) next.add(id);
      return next;
    });
  return (
    <>
      <div className="grid flex-none gap-2 border-b border-border px-4 pb-2.5">
        <SegmentedControl
          label="Which runs"
          value={jobs.status ?? "all"}
          onValueChange={(status) => jobs.setStatus(status === "all" ? null : status)}
          options={statusOptions(jobs.status, overview)}
          className="justify-self-start"
        />
        <RunFilters jobs={jobs} isChoosing={chosen !== null} onChoose={() => setChosen(chosen ? null : new Set())} />
      </div>
      <ScrollBox
        label={`Runs, ${formatCount(runs.length)} shown`}
        isBusy={list.isPending}
        className="relative min-h-0 flex-1 bg-card"
      >
        {list.data ? (
          <Rows runs={runs} jobs={jobs} chosen={chosen} onToggle={toggle} />
        ) : list.error ? (
          <QueryError
            title="The runs did not load."
            error={list.error}
            onRetry={() => void list.refetch()}
            className="m-4"
          />
        ) : (
          <SkeletonRows label="Loading the runs" rows={10} />
        )}
        {list.hasNextPage && (
          <div className="p-3 text-center">
            <Button size="sm" isBusy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
              Show older runs
            </Button>
          </div>
        )}
      </ScrollBox>
      {chosen && <RunBulk runs={runs} chosen={chosen} jobs={jobs} onDone={() => setChosen(null)} />}
    </>
  );
}

function statusOptions(status: Jobs["status"], overview: JobOverview | undefined) {
  const counts = overview?.runs;
  const rare = (["completed", "cancelled"] as const).filter((each) => each === status);
  return [
    { value: "all" as const, label: "All" },
    { value: "running" as const, label: "Running", count: counts && formatCount(counts.running) },
    { value: "failed" as const, label: "Failed", count: counts && formatCount(counts.failedLastDay) },
    { value: "waiting" as const, label: "Waiting", count: counts && formatCount(counts.waiting) },
    ...rare.map((value) => ({ value, label: value === "completed" ? "Finished" : "Cancelled" })),
  ];
}

type RowsProps = { runs: JobRun[]; jobs: Jobs; chosen: ReadonlySet<string> | null; onToggle: (id: string) => void };

function Rows({ runs, jobs, chosen, onToggle }: RowsProps) {
  const now = useNow(1_000);
  if (runs.length === 0)
    return jobs.isFiltered ? (
      <FilteredEmptyState
        title="No run matches."
        actions={
          <Button size="sm" onClick={jobs.clearFilters}>
            Show all runs
          </Button>
        }
      />
    ) : (
      <EmptyState icon={Activity} title="Nothing has run yet">
        Campaigns, imports and the clock make runs; each shows here as it begins.
      </EmptyState>
    );
  return (
    <ul aria-label={formatCountOf(runs.length, "run")}>
      {runs.map((run) => {
        const Icon = statusIcon(STATE_OF[run.status]);
        return (
          <ListRow
            key={run.id}
            icon={<Icon aria-label={run.status} className={TONE_TEXT[statusTone(STATE_OF[run.status])]} />}
            title={run.title}
            aside={
              <time dateTime={run.createdAt} title={formatExactTime(new Date(run.createdAt))}>
                {shortTime(run.createdAt, now)}
              </time>
            }
            words={describeRun(run, now)}
            name={run.functionName}
            isOpen={run.id === jobs.openId}
            onOpen={() => jobs.open(run.id)}
            choice={
              chosen && (
                <span className="flex items-center pl-3">
                  <Checkbox
                    aria-label={`Choose ${run.title} of ${shortTime(run.createdAt, now)}`}
                    checked={chosen.has(run.id)}
                    onChange={() => onToggle(run.id)}
                  />
                </span>
              )
            }
          />
        );
      })}
    </ul>
  );
}

function useListKeys(runs: JobRun[], jobs: Jobs) {
  const index = runs.findIndex((run) => run.id === jobs.openId);
  const open = (next: number) => {
    const run = runs[Math.min(Math.max(0, next), runs.length - 1)];
    if (run) jobs.open(run.id);
  };
  useCommands([
    { id: "run-next", label: "Next run", key: "j", group: "here", run: () => open(index + 1) },
    { id: "run-before", label: "Run before", key: "k", group: "here", run: () => open(index - 1) },
  ]);
}
