import { expect, it } from "vitest";
import { describeRun, describeStep, ordinal, stepBase, stepTitle } from "./words";

const now = new Date(2026, 10, 26, 12, 0, 0);
const at = (seconds: number) => new Date(now.getTime() + seconds * 1000).toISOString();
const run = {
  status: "completed" as const,
  wait: null,
  tries: 1,
  failure: null,
  output: null,
  createdAt: at(-100),
  startedAt: at(-90),
  endedAt: at(-81.6),
};

it.each([
  [run, "Took 8.4 s"],
  [{ ...run, output: { applied: 1212, newRows: 3, failed: 0 } }, "Took 8.4 s, 1,212 applied, 3 new rows"],
  [{ ...run, status: "running" as const, endedAt: null }, "Running for 1 min 30 s"],
  [{ ...run, status: "failed" as const, tries: 3 }, "Failed after 3 tries"],
  [{ ...run, status: "failed" as const, failure: "No room" }, "Failed at the first try: No room"],
  [{ ...run, status: "waiting" as const, wait: { for: "turn" as const, until: null } }, "Waits for its turn"],
  [
    { ...run, status: "waiting" as const, wait: { for: "time" as const, until: at(20 * 3600) } },
    "Waits until tomorrow 08:00",
  ],
  [
    { ...run, status: "waiting" as const, tries: 2, wait: { for: "retry" as const, until: at(50) } },
    "Failed 1 time, tries again in 1 minute",
  ],
  [{ ...run, status: "waiting" as const, wait: { for: "resume" as const, until: null } }, "Its function is paused"],
])("says how a run stands (%#)", (given, words) => expect(describeRun(given, now)).toBe(words));

it("says what came of a step", () => {
  const step = {
    status: "done" as const,
    kind: "work" as const,
    tries: 2,
    output: { sent: 193 },
    error: null,
    isCopied: false,
    createdAt: at(-40),
    startedAt: at(-38),
    endedAt: at(0),
    wakeAt: null,
    retryAt: null,
  };
  expect(describeStep(step, now)).toBe("2nd try, 193 sent, 38 s");
  expect(describeStep({ ...step, isCopied: true }, now)).toBe("Taken over from the run before");
  expect(describeStep({ ...step, kind: "sleep", tries: 1 }, now)).toBe("40 s");
});

it("counts tries and knows the steps of a loop", () => {
  expect([1, 2, 3, 4, 11, 12, 21, 112].map(ordinal)).toEqual([
    "1st",
    "2nd",
    "3rd",
    "4th",
    "11th",
    "12th",
    "21st",
    "112th",
  ]);
  expect(["slice-12", "list-after--1", "freeze"].map(stepBase)).toEqual(["slice", "list-after", "freeze"]);
  expect(stepTitle("list-after-999")).toBe("List what is left");
});
