import type { JobOverview } from "@hustings/contracts/jobs";
import { Card, CardBody, CardHeader } from "@hustings/ui/card";
import { formatCount, formatCountOf } from "@hustings/ui/count";
import { Note } from "@hustings/ui/note";
import { SplitBarLegend } from "@hustings/ui/split-bar";
import { Stat } from "@hustings/ui/stat";
import { formatClock, formatDuration } from "@hustings/ui/time";
import { Workers } from "./workers";

/** How it goes, while no run is open: what ended in a day, what waits, who works. */
export function Figures({ overview }: { overview: JobOverview }) {
  const { runs, hours, outbox } = overview;
  const total = (key: "completed" | "failed" | "cancelled") => hours.reduce((sum, hour) => sum + hour[key], 0);
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-3.5">
      {overview.workers.length === 0 && (
        <Note tone="bad">
          No worker has been seen for 30 seconds: nothing runs. What waits is kept, and goes on when one starts.
        </Note>
      )}
      <Card>
        <CardHeader title="The last 24 hours" />
        <CardBody className="grid gap-4">
          <div className="flex flex-wrap gap-x-8 gap-y-3">
            <Stat value={total("completed")} label="finished" />
            <Stat value={total("failed")} label="failed" />
            <Stat value={total("cancelled")} label="cancelled" />
            <Stat value={runs?.running ?? 0} label="running now" />
            <Stat value={runs?.waiting ?? 0} label="waiting now" />
          </div>
          <Hours hours={hours} />
          <p className="text-sm text-muted-foreground">
            {runs?.oldestWaitingSeconds == null
              ? "Nothing waits to begin."
              : `The oldest that waits to begin has waited ${formatDuration(runs.oldestWaitingSeconds * 1000)}.`}{" "}
            {outbox.waiting === 0
              ? "Every event has been handed to the engine."
              : `${formatCountOf(outbox.waiting, "event")} not handed to the engine yet, the oldest ${formatDuration((outbox.oldestWaitingSeconds ?? 0) * 1000)} old.`}
          </p>
        </CardBody>
      </Card>
      <Workers overview={overview} />
    </div>
  );
}

/** Ends by the hour; failures stand on the others, hatched. */
function Hours({ hours }: { hours: JobOverview["hours"] }) {
  const peak = Math.max(1, ...hours.map((hour) => hour.completed + hour.failed));
  const words = (hour: JobOverview["hours"][number]) =>
    `${formatClock(new Date(hour.hour))}: ${formatCount(hour.completed)} finished, ${formatCount(hour.failed)} failed`;
  return (
    <figure className="min-w-0">
      <div
        role="img"
        aria-label={`By the hour, at most ${formatCountOf(peak, "run")}: ${hours.map(words).join("; ")}`}
        className="flex h-28 items-end gap-1 border-b border-border-strong"
      >
        {hours.map((hour) => (
          <div key={hour.hour} title={words(hour)} className="flex h-full min-w-0 flex-1 flex-col justify-end">
            {hour.failed > 0 && (
              <i
                className="block min-h-[3px] rounded-t-[3px] fill-hatched text-danger inset-ring inset-ring-danger"
                style={{ height: `${(hour.failed / peak) * 100}%` }}
              />
            )}
            {hour.completed > 0 && (
              <i
                className="block min-h-[3px] rounded-t-[3px] bg-chart-1"
                style={{ height: `${(hour.completed / peak) * 100}%` }}
              />
            )}
          </div>
        ))}
      </div>
      <div aria-hidden className="mt-1 flex justify-between text-xs text-muted-foreground">
        <span>{hours[0] && formatClock(new Date(hours[0].hour))}</span>
        <span>This hour</span>
      </div>
      <SplitBarLegend
        className="mt-2"
        items={[
          { key: "completed", color: "var(--chart-1)", children: "Finished" },
          { key: "failed", fill: "hatched", color: "var(--danger)", children: "Failed" },
        ]}
      />
    </figure>
  );
}
