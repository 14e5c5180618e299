import type { JobFunction } from "@hustings/contracts/jobs";
import { Button } from "@hustings/ui/button";
import { Card, CardBody, CardHeader } from "@hustings/ui/card";
import { formatCountOf } from "@hustings/ui/count";
import { Note } from "@hustings/ui/note";
import { SkeletonRows } from "@hustings/ui/skeleton";
import { Stat } from "@hustings/ui/stat";
import { formatDuration, RelativeTime } from "@hustings/ui/time";
import { notifyDone, notifyFailed } from "@hustings/ui/toast";
import { CirclePause, List, Play } from "lucide-react";
import { readCallError } from "~/client/errors";
import { trpc } from "~/client/trpc";
import { BackToList } from "./back-to-list";
import { useFunctions } from "./function-list";
import type { Jobs } from "./use-jobs";

/** One function: when it runs, how much of it at once, how it went; pausing it. */
export function FunctionView({ id, jobs }: { id: string; jobs: Jobs }) {
  const functions = useFunctions();
  const entry = functions.data?.find((each) => each.id === id);
  const pause = usePause();
  if (!entry)
    return functions.data ? (
      <p className="text-sm text-muted-foreground">The workers do not serve this function any more.</p>
    ) : (
      <SkeletonRows label="Loading the function" rows={4} />
    );
  return (
    <article className="grid grid-cols-[minmax(0,1fr)] gap-3.5">
      <header className="flex flex-wrap items-start gap-x-4 gap-y-2">
        <div className="min-w-0 flex-1 basis-60">
          <BackToList jobs={jobs} label="All functions" />
          <h2 className="text-lg leading-6">{entry.title}</h2>
          <p className="mt-1 font-mono text-xs text-muted-foreground">{entry.name}</p>
        </div>
        <div className="flex flex-wrap gap-2">
          <Button icon={<List aria-hidden />} onClick={() => jobs.show({ view: "runs", functionId: entry.id })}>
            Its runs
          </Button>
          <Button
            icon={entry.pausedAt ? <Play aria-hidden /> : <CirclePause aria-hidden />}
            isBusy={pause.isPending}
            onClick={() => void pause.change(entry, entry.pausedAt === null)}
          >
            {entry.pausedAt ? "Let it go on" : "Pause"}
          </Button>
        </div>
      </header>
      {entry.pausedAt && (
        <Note tone="look" icon={CirclePause}>
          Paused <RelativeTime at={entry.pausedAt} isInSentence />, also across restarts. Its events make runs that
          wait; ticks of the clock are made up for by one run afterwards.
        </Note>
      )}
      <Card>
        <CardHeader title="The last 24 hours" />
        <CardBody className="flex flex-wrap gap-x-8 gap-y-3">
          <Stat value={entry.completed} label="finished" />
          <Stat value={entry.failed} label="failed" />
          <Stat value={entry.running} label="under way or asleep now" />
          <Stat value={entry.waiting} label="waiting to begin" />
        </CardBody>
      </Card>
      <Card>
        <CardHeader title="When and how" />
        <CardBody>
          <dl className="grid gap-x-6 gap-y-2 text-sm md:grid-cols-[140px_minmax(0,1fr)]">
            <Fact name="Begins by">
              {entry.events.map((event) => (
                <span key={event} className="block font-mono text-xs leading-[18px]">
                  {event}
                </span>
              ))}
              {entry.crons.map((cron) => (
                <span key={cron.expression} className="block">
                  <span className="font-mono text-xs">{cron.expression}</span> in {cron.timeZone.replace("Etc/", "")},{" "}
                  {cron.next ? (
                    <>
                      next <RelativeTime at={cron.next} isInSentence />
                    </>
                  ) : (
                    "never again"
                  )}
                </span>
              ))}
            </Fact>
            <Fact name="Limits">{entry.limits.length === 0 ? "None" : entry.limits.join("; ")}</Fact>
            <Fact name="Tries">{formatCountOf(entry.retries + 1, "time")}</Fact>
            <Fact name="Usually takes">{entry.medianMs === null ? "–" : formatDuration(entry.medianMs)}</Fact>
          </dl>
        </CardBody>
      </Card>
    </article>
  );
}

function Fact({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <>
      <dt className="text-muted-foreground">{name}</dt>
      <dd className="min-w-0 wrap-anywhere">{children}</dd>
    </>
  );
}

/** Pauses a function or lets it go on, and offers to take it back. */
function usePause() {
  const utils = trpc.useUtils();
  const pause = trpc.jobs.pause.useMutation();
  const resume = trpc.jobs.resume.useMutation();
  const change = async (entry: JobFunction, isPaused: boolean, isUndo = false): Promise<void> => {
    try {
      await (isPaused ? pause : resume).mutateAsync({ id: entry.id });
      await utils.jobs.invalidate();
      if (!isUndo)
        notifyDone(isPaused ? `Paused: ${entry.title}` : `Goes on: ${entry.title}`, {
          onUndo: () => void change(entry, !isPaused, true),
        });
    } catch (thrown) {
      notifyFailed(`${entry.title} was not changed. ${readCallError(thrown).message}`);
    }
  };
  return { change, isPending: pause.isPending || resume.isPending };
}
