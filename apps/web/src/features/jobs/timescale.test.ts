import type { JobRunDetail, JobStep } from "@hustings/contracts/jobs";
import { expect, it } from "vitest";
import { barsOf, createTimescale, queueBar } from "./timescale";

const start = Date.parse("2026-11-26T11:20:00Z");
const at = (seconds: number) => new Date(start + seconds * 1000).toISOString();
const step = {
  id: "s",
  kind: "work",
  status: "done",
  isCopied: false,
  createdAt: at(20),
  startedAt: at(20),
  endedAt: at(40),
  wakeAt: null,
  retryAt: null,
} as unknown as JobStep;
const run = {
  createdAt: at(0),
  startedAt: at(10),
  endedAt: at(100),
  steps: [step],
  attempts: [{ stepId: "s", attempt: 1, failedAt: at(12), retryAt: at(20) }],
} as unknown as JobRunDetail;

it("lays a run's wait, its failed tries and its work over the time it took", () => {
  const scale = createTimescale(run, new Date(start + 500_000));
  expect(scale.nowAt).toBeNull();
  expect(queueBar(run, scale, new Date())).toMatchObject({ kind: "wait", left: 0, width: 0.1 });
  expect(
    barsOf(step, run, scale, new Date()).map(({ kind, left, width }) => [kind, left, Math.round(width * 100) / 100]),
  ).toEqual([
    ["retry", 0.12, 0.08],
    ["work", 0.2, 0.2],
  ]);
  expect(scale.ticks.map((tick) => tick.label)).toEqual(["0", "30 s", "1 min", "1 min 30 s"]);
});

it("reaches to what a live run waits for, and shows where now is", () => {
  const asleep = { ...step, kind: "sleep", status: "sleeping", endedAt: null, wakeAt: at(200) } as JobStep;
  const live = { ...run, endedAt: null, steps: [asleep] } as JobRunDetail;
  const scale = createTimescale(live, new Date(start + 50_000));
  expect(scale.nowAt).toBe(0.25);
  expect(barsOf(asleep, live, scale, new Date(start + 50_000))).toEqual([
    { key: "wait", kind: "wait", left: 0.1, width: 0.9 },
  ]);
});
