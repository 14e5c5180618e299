import type { JobRunDetail, JobStep } from "@hustings/contracts/jobs";
import { Card } from "@hustings/ui/card";
import { cn } from "@hustings/ui/class-names";
import { statusIcon } from "@hustings/ui/status";
import { formatExactTime } from "@hustings/ui/time";
import { CircleDashed, type LucideIcon, RotateCcw, Timer } from "lucide-react";
import { useState } from "react";
import { type Row, toRows } from "./step-rows";
import { type Bar, barsOf, createTimescale, queueBar, type Timescale } from "./timescale";
import { describeStep } from "./words";

type WaterfallProps = {
  run: JobRunDetail;
  now: Date;
  openStepId: string | null;
  onOpenStep: (id: string | null) => void;
};

const COLUMNS = "grid-cols-[200px_minmax(0,1fr)_minmax(120px,200px)] max-md:grid-cols-[128px_minmax(0,1fr)]";

/** A run's steps over time: waits dashed, tries that failed hatched, work in full. */
export function Waterfall({ run, now, openStepId, onOpenStep }: WaterfallProps) {
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const scale = createTimescale(run, now);
  const queue = queueBar(run, scale, now);
  const rows = toRows(run.steps, open);
  return (
    <div className="min-w-0">
      <Card>
        <div className={cn("grid border-b border-border text-xs text-muted-foreground", COLUMNS)}>
          <span className="px-4 py-2">Step</span>
          <Axis scale={scale} />
          <span className="px-4 py-2 max-md:hidden">What came of it</span>
        </div>
        {queue && queue.width > 0.002 && (
          <div className={cn("grid text-sm", COLUMNS)}>
            <span className="flex min-h-8 items-center border-b border-border pl-4 text-muted-foreground">
              Waited for its turn
            </span>
            <Track scale={scale} bars={[queue]} />
            <span className="border-b border-border max-md:hidden" />
          </div>
        )}
        {rows.length === 0 && (
          <p className="px-4 py-3 text-sm text-muted-foreground">{run.endedAt ? "It has no steps." : "No step yet."}</p>
        )}
        <ul>
          {rows.map((row) => (
            <li key={row.key}>
              <StepRow
                row={row}
                run={run}
                now={now}
                scale={scale}
                isOpen={row.steps.length === 1 && row.steps[0]?.id === openStepId}
                onOpen={() => {
                  const [step] = row.steps;
                  if (row.steps.length > 1) setOpen(new Set([...open, row.key]));
                  else if (step) onOpenStep(step.id);
                }}
              />
            </li>
          ))}
        </ul>
      </Card>
      <Legend scale={scale} now={now} />
    </div>
  );
}

type StepRowProps = { row: Row; run: JobRunDetail; now: Date; scale: Timescale; isOpen: boolean; onOpen: () => void };

function StepRow({ row, run, now, scale, isOpen, onOpen }: StepRowProps) {
  const [step] = row.steps;
  if (!step) return null;
  const { icon: Icon, ink } = lookOf(step);
  const words = row.steps.length > 1 ? "All well; press to see each" : describeStep(step, now);
  return (
    <button
      type="button"
      onClick={onOpen}
      aria-current={isOpen || undefined}
      className={cn(
        "grid w-full text-left text-sm hover:bg-hover focus-visible:-outline-offset-2",
        COLUMNS,
        isOpen && "bg-selected hover:bg-selected",
        step.status === "running" && "bg-send-soft hover:bg-send-soft",
      )}
    >
      <span className="flex min-h-[38px] min-w-0 flex-col justify-center border-b border-border py-1 pl-4">
        <span className="truncate">{row.title}</span>
        <span className="truncate font-mono text-xs leading-[15px] text-muted-foreground">{row.name}</span>
        <span className="truncate text-xs text-muted-foreground md:hidden">{words}</span>
      </span>
      <Track scale={scale} bars={row.steps.flatMap((each) => barsOf(each, run, scale, now))} />
      <span className="flex min-w-0 items-center gap-1.5 border-b border-border px-4 leading-[17px] text-muted-foreground max-md:hidden">
        <Icon aria-hidden className={cn("size-3.5", ink)} />
        <span className="line-clamp-2 wrap-anywhere">{words}</span>
      </span>
    </button>
  );
}

function lookOf(step: JobStep): { icon: LucideIcon; ink: string } {
  if (step.status === "failed") return { icon: statusIcon("failed"), ink: "text-danger" };
  if (step.status === "running") return { icon: statusIcon("running"), ink: "text-foreground" };
  if (step.kind !== "work") return { icon: Timer, ink: "" };
  if (step.status !== "done")
    return { icon: step.error ? RotateCcw : CircleDashed, ink: step.error ? "text-warning" : "" };
  return step.tries > 1
    ? { icon: RotateCcw, ink: "text-warning" }
    : { icon: statusIcon("finished"), ink: "text-success" };
}

const BAR: Record<Bar["kind"], string> = {
  work: "bg-chart-1",
  wait: "border-[1.5px] border-dashed border-input",
  retry: "fill-hatched text-warning inset-ring inset-ring-warning",
  running: "bg-send inset-ring inset-ring-send-border",
  todo: "inset-ring inset-ring-input",
};
const percent = (part: number) => `${part * 100}%`;

function Track({ scale, bars }: { scale: Timescale; bars: Bar[] }) {
  return (
    <span aria-hidden className="relative block border-b border-border">
      {scale.ticks.map((tick) => (
        <i key={tick.label} className="absolute inset-y-0 w-px bg-border" style={{ left: percent(tick.left) }} />
      ))}
      {bars.map((bar, index) => (
        <i
          key={`${bar.key}-${index}`}
          className={cn("absolute top-1/2 h-4 min-w-[3px] -translate-y-1/2 rounded-[3px]", BAR[bar.kind])}
          style={{ left: `min(${percent(bar.left)}, 100% - 3px)`, width: percent(bar.width) }}
        />
      ))}
      {scale.nowAt !== null && (
        <i
          className="absolute inset-y-0 w-0.5 bg-foreground"
          style={{ left: `min(${percent(scale.nowAt)}, 100% - 2px)` }}
        />
      )}
    </span>
  );
}

function Axis({ scale }: { scale: Timescale }) {
  return (
    <span className="relative block overflow-hidden">
      {scale.ticks.map((tick) => (
        <i
          key={tick.label}
          className={cn("absolute top-2 whitespace-nowrap not-italic", tick.left > 0 && "-translate-x-1/2")}
          style={{ left: percent(tick.left) }}
        >
          {tick.label}
        </i>
      ))}
    </span>
  );
}

const KEYS: readonly [Bar["kind"], string][] = [
  ["work", "Worked"],
  ["wait", "Waited on purpose"],
  ["retry", "Tried again"],
  ["running", "Running now"],
];

function Legend({ scale, now }: { scale: Timescale; now: Date }) {
  return (
    <ul className="mt-2.5 flex flex-wrap gap-x-4 gap-y-1 text-xs text-muted-foreground">
      {KEYS.map(([kind, words]) => (
        <li key={kind} className="flex items-center gap-1.5">
          <i aria-hidden className={cn("inline-block size-3 rounded-[2px]", BAR[kind])} />
          {words}
        </li>
      ))}
      {scale.nowAt !== null && <li title={formatExactTime(now)}>Upright line: now</li>}
    </ul>
  );
}
