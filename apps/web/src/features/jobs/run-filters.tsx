import { IconButton } from "@hustings/ui/button";
import { SearchInput } from "@hustings/ui/input";
import { Select } from "@hustings/ui/select";
import { ListChecks } from "lucide-react";
import { useRef } from "react";
import { useCommands } from "~/client/commands";
import { trpc } from "~/client/trpc";
import { type Jobs, type Span, STATUSES } from "./use-jobs";

const ANY = "any";
const SPAN_OPTIONS: readonly { value: Span | typeof ANY; label: string }[] = [
  { value: ANY, label: "Any time" },
  { value: "1h", label: "Last hour" },
  { value: "24h", label: "Last 24 hours" },
  { value: "7d", label: "Last 7 days" },
];
const STATUS_LABELS = {
  waiting: "Waiting",
  running: "Running",
  completed: "Finished",
  failed: "Failed",
  cancelled: "Cancelled",
} as const;

/** Search by id, function, time and state; the address holds them. */
export function RunFilters({ jobs, isChoosing, onChoose }: { jobs: Jobs; isChoosing: boolean; onChoose: () => void }) {
  const functions = trpc.jobs.functions.useQuery({}, { staleTime: 60_000 });
  const search = useRef<HTMLDivElement>(null);
  useCommands([
    {
      id: "search",
      label: "Search the runs",
      key: "/",
      group: "here",
      run: () => search.current?.querySelector("input")?.focus(),
    },
  ]);
  return (
    <>
      <div className="flex items-center gap-1.5">
        <div ref={search} className="min-w-0 flex-1">
          <SearchInput
            label="Id of a run or an event"
            value={jobs.searchText}
            onValueChange={jobs.setSearchText}
            shortcut="/"
          />
        </div>
        <IconButton
          label={isChoosing ? "Stop choosing" : "Choose several"}
          aria-pressed={isChoosing}
          icon={<ListChecks aria-hidden />}
          onClick={onChoose}
        />
      </div>
      <div className="flex flex-wrap gap-1.5">
        <Select
          aria-label="Function"
          value={jobs.functionId ?? ANY}
          onValueChange={(value) => jobs.setFunction(value === ANY ? null : value)}
          options={[
            { value: ANY, label: "Any function" },
            ...(functions.data ?? []).map((entry) => ({ value: entry.id, label: entry.name })),
          ]}
          className="h-7 min-w-0 flex-1 text-sm max-md:h-9"
        />
        <Select
          aria-label="Time"
          value={jobs.span ?? ANY}
          onValueChange={(value) => jobs.setSpan(value === ANY ? null : value)}
          options={SPAN_OPTIONS}
          className="h-7 w-29 flex-none text-sm max-md:h-9"
        />
        <Select
          aria-label="State"
          value={jobs.status ?? ANY}
          onValueChange={(value) => jobs.setStatus(value === ANY ? null : value)}
          options={[
            { value: ANY, label: "Any state" },
            ...STATUSES.map((value) => ({ value, label: STATUS_LABELS[value] })),
          ]}
          className="h-7 w-27 flex-none text-sm max-md:h-9"
        />
      </div>
    </>
  );
}
