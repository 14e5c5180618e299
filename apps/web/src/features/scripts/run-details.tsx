import type { ScriptRun } from "@hustings/contracts/scripts";
import { Button, TextButton } from "@hustings/ui/button";
import { formatCountOf } from "@hustings/ui/count";
import { SkeletonRows } from "@hustings/ui/skeleton";
import { RelativeTime } from "@hustings/ui/time";
import { useEffect, useRef, useState } from "react";
import { trpc } from "~/client/trpc";
import { RecordError } from "~/components/record-error";
import { RunChanges } from "./run-changes";
import { RunFigures } from "./run-figures";
import { isUnfinished, RunStatus } from "./run-status";

const POLL_MS = 1_000;

export type RunDetailsProps = {
  scriptId: string;
  runId: string;
  /** Shows a line of the script in the editor. */
  onGoToLine: (line: number) => void;
};

/** One run: how it stands, what it wrote, what came of it. Fresh while it runs. */
export function RunDetails({ scriptId, runId, onGoToLine }: RunDetailsProps) {
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
      <div className="flex min-h-(--control) flex-wrap items-center gap-x-3 gap-y-1">
        <RunStatus status={run.status} />
        <span className="text-sm text-muted-foreground">
          {run.trigger === "cron" ? "By its schedule, " : "By hand, "}
          <RelativeTime at={run.createdAt} isInSentence />
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
      <RunFigures {...run} />
      <RunError run={run} onGoToLine={onGoToLine} />
      {run.logs.length > 0 && <Lines label="Log" text={run.logs.join("\n")} isLive={isUnfinished(run.status)} />}
      {run.status === "succeeded" && run.result !== null && (
        <Lines label="Result" text={JSON.stringify(run.result, null, 2)} />
      )}
      {run.changes > 0 && <Changes {...run} />}
    </div>
  );
}

function RunError({ run, onGoToLine }: { run: ScriptRun; onGoToLine: (line: number) => void }) {
  const { error, errorLine } = run;
  if (!error) return null;
  return (
    <p role="alert" className="text-danger wrap-anywhere">
      {errorLine !== null && (
        <>
          <TextButton onClick={() => onGoToLine(errorLine)}>Line {errorLine}</TextButton>
          {": "}
        </>
      )}
      {error}
    </p>
  );
}

function Changes({ id, changes }: ScriptRun) {
  const [isOpen, setOpen] = useState(false);
  if (isOpen) return <RunChanges runId={id} changes={changes} />;
  return (
    <div>
      <Button size="sm" onClick={() => setOpen(true)}>
        Show {formatCountOf(changes, "change")}
      </Button>
    </div>
  );
}

/** A log follows its end while it is written, unless somebody has scrolled up in it. */
function Lines({ label, text, isLive = false }: { label: string; text: string; isLive?: boolean }) {
  const box = useRef<HTMLPreElement>(null);
  const isAtEnd = useRef(true);
  useEffect(() => {
    if (box.current && isLive && text && isAtEnd.current) box.current.scrollTop = box.current.scrollHeight;
  }, [text, isLive]);
  return (
    <section aria-label={label}>
      <h3 className="mb-1 text-sm font-semibold text-muted-foreground">{label}</h3>
      <pre
        ref={box}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard (axe: scrollable-region-focusable)
        tabIndex={0}
        onScroll={({ currentTarget: { scrollTop, scrollHeight, clientHeight } }) => {
          isAtEnd.current = scrollTop + clientHeight >= scrollHeight - 4;
        }}
        className="max-h-72 overflow-auto rounded-md bg-sunken p-2.5 font-mono text-[12.5px] leading-5"
      >
        {text}
      </pre>
    </section>
  );
}
