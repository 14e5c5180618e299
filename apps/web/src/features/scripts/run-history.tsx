import type { ScriptRun } from "@hustings/contracts/scripts";
import { cn } from "@hustings/ui/class-names";
import { formatDuration, RelativeTime } from "@hustings/ui/time";
import { RunStatus } from "./run-status";

/** The runs of a script, newest first; one is shown beside. */
export function RunHistory({
  runs,
  shown,
  onChoose,
}: {
  runs: readonly ScriptRun[];
  shown: string | undefined;
  onChoose: (id: string) => void;
}) {
  if (runs.length === 0) return <p className="px-4 py-3.5 text-muted-foreground">Each run stands here for 90 days.</p>;
  return (
    <ul className="max-h-96 divide-y divide-border overflow-auto">
      {runs.map((run) => (
        <li key={run.id}>
          <button
            type="button"
            aria-pressed={run.id === shown}
            onClick={() => onChoose(run.id)}
            className={cn(
              "flex min-h-10 w-full items-center gap-3 px-4 py-2 text-left hover:bg-sunken",
              run.id === shown && "bg-sunken",
            )}
          >
            <RunStatus status={run.status} isBare />
            <span className="min-w-0 flex-1 truncate text-sm text-muted-foreground">
              {run.trigger === "cron" ? "by its schedule" : "by hand"}
              {run.durationMs !== null && `, took ${formatDuration(run.durationMs)}`}
            </span>
            <RelativeTime at={run.createdAt} isFocusable={false} className="text-sm text-muted-foreground" />
          </button>
        </li>
      ))}
    </ul>
  );
}
