import type { JobRunDetail, JobStep } from "@hustings/contracts/jobs";
import { formatClock } from "@hustings/ui/time";

/** A bar of the waterfall, in parts of the whole width (0 to 1). */
export type Bar = { key: string; kind: "work" | "wait" | "retry" | "running" | "todo"; left: number; width: number };

/** The time that a waterfall spans, and where things lie in it. */
export type Timescale = {
  at: (time: string | Date) => number;
  ticks: { left: number; label: string }[];
  nowAt: number | null;
};

const LONG_MS = 10 * 60_000;
const TICKS = 4;
const STEPS_MS = [
  100, 250, 500, 1000, 2000, 5000, 10_000, 15_000, 30_000, 60_000, 120_000, 300_000, 600_000, 900_000, 1_800_000,
  3_600_000, 7_200_000, 21_600_000, 43_200_000, 86_400_000,
];

/** From the making of a run to its end, or, while it lives, to now or to what it waits for. */
export function createTimescale(run: JobRunDetail, now: Date): Timescale {
  const start = ms(run.createdAt);
  const live = [
    now.getTime(),
    ...run.steps.flatMap((step) => [step.wakeAt, step.retryAt]).flatMap((time) => (time ? [ms(time)] : [])),
  ];
  const end = Math.max(run.endedAt ? ms(run.endedAt) : Math.max(...live), start + 100);
  const span = end - start;
  const at = (time: string | Date) => Math.min(1, Math.max(0, (ms(time) - start) / span));
  return { at, ticks: listTicks(start, span), nowAt: run.endedAt ? null : at(now) };
}

const ms = (time: string | Date) => new Date(time).getTime();

/** Round times: of the clock for long runs, since the start for short ones. */
function listTicks(start: number, span: number): Timescale["ticks"] {
  const step = STEPS_MS.find((candidate) => span / candidate <= TICKS) ?? span / TICKS;
  const isLong = span > LONG_MS;
  const offset = isLong ? step - (start % step) : 0;
  const ticks: Timescale["ticks"] = [];
  for (let time = offset; time < span * 0.97; time += step)
    ticks.push({
      left: time / span,
      label: isLong
        ? formatClock(new Date(start + time))
        : time === 0
          ? "0"
          : step < 1000
            ? `${time} ms`
            : formatSeconds(time),
    });
  return ticks;
}

const formatSeconds = (time: number) =>
  time < 60_000
    ? `${time / 1000} s`
    : `${Math.floor(time / 60_000)} min${time % 60_000 ? ` ${(time % 60_000) / 1000} s` : ""}`;

/** How long a run waited before it began. */
export function queueBar(run: JobRunDetail, scale: Timescale, now: Date): Bar | null {
  const from = scale.at(run.createdAt);
  const to = scale.at(run.startedAt ?? run.endedAt ?? now);
  return { key: "queue", kind: "wait", left: from, width: to - from };
}

/** A step's bars: its wait for a turn, failed tries with the pauses after them, its work. */
export function barsOf(step: JobStep, run: JobRunDetail, scale: Timescale, now: Date): Bar[] {
  if (step.isCopied) return [];
  const bar = (key: string, kind: Bar["kind"], from: string | Date, to: string | Date): Bar => {
    const left = scale.at(from);
    return { key, kind, left, width: Math.max(0, scale.at(to) - left) };
  };
  if (step.kind !== "work") {
    const isOpen = step.endedAt === null;
    return [
      bar("wait", "wait", step.createdAt, step.endedAt ?? (isOpen && run.endedAt ? run.endedAt : (step.wakeAt ?? now))),
    ];
  }
  const failed = run.attempts.filter((attempt) => attempt.stepId === step.id);
  const tries = failed.map((attempt) => bar(`try-${attempt.attempt}`, "retry", attempt.failedAt, attempt.retryAt));
  // A step that was planned keeps the start of its first try.
  const begun = [step.startedAt ?? step.createdAt, ...failed.map((attempt) => attempt.retryAt)].reduce(later);
  if (step.endedAt) return [...tries, bar("work", "work", begun, step.endedAt)];
  if (step.status === "running") return [...tries, bar("run", "running", begun, run.endedAt ?? now)];
  return tries.length > 0 || run.endedAt ? tries : [bar("todo", "todo", now, step.wakeAt ?? now)];
}

const later = (a: string, b: string) => (ms(a) > ms(b) ? a : b);
