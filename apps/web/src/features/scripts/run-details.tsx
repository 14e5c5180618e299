import type { ScriptRun } from "@hustings/contracts/scripts";
import { Button } from "@hustings/ui/button";
import { formatCountOf } from "@hustings/ui/count";
import { SkeletonRows } from "@hustings/ui/skeleton";
import { formatDuration, RelativeTime } from "@hustings/ui/time";
import { trpc } from "~/client/trpc";
import { RecordError } from "~/components/record-error";
import { isUnfinished, RunStatus } from "./run-status";

const POLL_MS = 1_000;

/** One run: how it stands, what it wrote, what came of it. Fresh while it runs. */
export function RunDetails({ scriptId, runId }: { scriptId: string; runId: string }) {
  const utils = trpc.useUtils();
  const query = trpc.scripts.getRun.useQuery(
    { id: scriptId, runId },
    { refetchInterval: ({ state }) => (state.data && isUnfinished(state.data.status) ? POLL_MS : false) },
  );
  const stop = trpc.scripts.stopRun.useMutation({ onSettled: () => utils.scripts.invalidate() });
  const run = query.data;
  if (!run)
    return query.error ? (
      <RecordError noun="run" error={query.error} onRetry={() => void query.refetch()} />
    ) : (
      <SkeletonRows label="Loading the run" rows={2} />
    );
  return (
    <div className="grid grid-cols-1 gap-3">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <RunStatus status={run.status} />
        <span className="text-sm text-muted-foreground">
          <RelativeTime at={run.createdAt} />
          {describeRun(run)}
        </span>
        {isUnfinished(run.status) && (
          <Button
            size="sm"
            className="ml-auto"
            isBusy={stop.isPending}
            onClick={() => stop.mutate({ id: scriptId, runId })}
          >
            Stop it
          </Button>
        )}
      </div>
      {run.error && (
        <p role="alert" className="text-danger wrap-anywhere">
          {run.errorLine !== null && <b>Line {run.errorLine}: </b>}
          {run.error}
        </p>
      )}
      {run.logs.length > 0 && <Lines label="Log" text={run.logs.join("\n")} />}
      {run.status === "succeeded" && run.result !== null && (
        <Lines label="Result" text={JSON.stringify(run.result, null, 2)} />
      )}
    </div>
  );
}

function describeRun({ durationMs, calls, changes }: ScriptRun): string {
  if (durationMs === null) return "";
  const parts = [`took ${formatDuration(durationMs)}`, formatCountOf(calls, "call"), formatCountOf(changes, "change")];
  return `, ${parts.join(", ")}`;
}

function Lines({ label, text }: { label: string; text: string }) {
  return (
    <section aria-label={label}>
      <h3 className="mb-1 text-sm font-semibold text-muted-foreground">{label}</h3>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard (axe: scrollable-region-focusable) */}
      <pre tabIndex={0} className="max-h-72 overflow-auto rounded-md bg-sunken p-2.5 font-mono text-[12.5px] leading-5">
        {text}
      </pre>
    </section>
  );
}
