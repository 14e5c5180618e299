import { type FailureEventArgs, NonRetriableError, RetryAfterError } from "inngest";
import { expect, test } from "vitest";
import { documentedBackoffMs, msUntil, parseDurationMs } from "./durations";
import { useTestEngine } from "./testing/test-engine";

const backoffs: number[] = [];
const jobs = useTestEngine(
  ({ inngest, effects }) => [
    inngest.createFunction({ id: "flaky", retries: 3, triggers: [{ event: "t/flaky" }] }, async ({ step }) => {
      await step.run("before", () => effects.push("flaky before"));
      return step.run("shaky", ({ attempt } = { attempt: -1 }) => {
        effects.push("flaky shaky");
        if (effects.filter((effect) => effect === "flaky shaky").length < 3) throw new Error("not yet");
        return attempt;
      });
    }),
    inngest.createFunction({ id: "outside", retries: 2, triggers: [{ event: "t/outside" }] }, async ({ attempt }) => {
      if (attempt < 2) throw new Error("outside a step");
      return attempt;
    }),
    inngest.createFunction(
      {
        id: "doomed",
        retries: 1,
        triggers: [{ event: "t/doomed" }],
        onFailure: async ({ error, event }: FailureEventArgs) => {
          effects.push(`doomed: ${error.message}, ${event.data.event.data.k}, ${event.data.function_id}`);
        },
      },
      async ({ step }) =>
        step.run("x", () => {
          effects.push("doomed try");
          throw new Error("always");
        }),
    ),
    inngest.createFunction({ id: "caught", retries: 0, triggers: [{ event: "t/caught" }] }, async ({ step }) =>
      step
        .run("x", () => {
          throw new Error("inner");
        })
        .catch((error: Error) => step.run("y", () => `handled ${error.message}`)),
    ),
    inngest.createFunction({ id: "hopeless", triggers: [{ event: "t/hopeless" }] }, async ({ step }) =>
      step.run("x", () => {
        effects.push("hopeless try");
        throw new NonRetriableError("no use");
      }),
    ),
    inngest.createFunction({ id: "later", retries: 1, triggers: [{ event: "t/later" }] }, async ({ step }) =>
      step.run("x", () => {
        effects.push(`later ${Date.now()}`);
        if (effects.filter((effect) => effect.startsWith("later")).length === 1)
          throw new RetryAfterError("slow down", "2s");
      }),
    ),
    inngest.createFunction(
      {
        id: "no-step",
        triggers: [{ event: "t/no-step" }],
        onFailure: ({ error }: FailureEventArgs) => void effects.push(`no-step failed: ${error.message}`),
      },
      () => {
        effects.push("no-step try");
        throw new NonRetriableError("no use without a step");
      },
    ),
    inngest.createFunction(
      { id: "later-no-step", retries: 1, triggers: [{ event: "t/later-no-step" }] },
      ({ attempt }) => {
        effects.push(`no-step-later ${Date.now()}`);
        if (attempt === 0) throw new RetryAfterError("slow down", new Date(Date.now() + 3000));
        return attempt;
      },
    ),
    inngest.createFunction(
      { id: "parallel-flaky", retries: 2, triggers: [{ event: "t/parallel-flaky" }] },
      async ({ step }) =>
        Promise.all([
          step.run("good", () => effects.push("parallel good") && "good"),
          step.run("bad", () => {
            effects.push("parallel bad");
            if (effects.filter((effect) => effect === "parallel bad").length < 3) throw new Error("not yet");
            return "bad";
          }),
        ]),
    ),
  ],
  {
    backoffMs: (attempt) => {
      backoffs.push(attempt);
      return 20;
    },
  },
);
const count = (effect: string) => jobs.effects.filter((entry) => entry === effect).length;

test("a failing step is retried, and what ran before it is not run again", async () => {
  await jobs.inngest.send({ name: "t/flaky", data: {} });
  const [run] = await jobs.ended("flaky");
  expect(run?.status).toBe("completed");
  expect(count("flaky before")).toBe(1);
  expect(count("flaky shaky")).toBe(3);
  expect(run?.steps.find((step) => step.name === "shaky")).toMatchObject({ status: "done", attempt: 2 });
  expect(backoffs.slice(0, 2)).toEqual([0, 1]);
});

test("a function that throws outside of steps is retried whole", async () => {
  await jobs.inngest.send({ name: "t/outside", data: {} });
  const [run] = await jobs.ended("outside");
  expect(run).toMatchObject({ status: "completed", output: 2 });
});

test("a step that fails for good fails the run and calls onFailure", async () => {
  await jobs.inngest.send({ name: "t/doomed", data: { k: "K" } });
  const [run] = await jobs.ended("doomed");
  expect(run).toMatchObject({ status: "failed", error: { message: "always" } });
  expect(count("doomed try")).toBe(2);
  await jobs.ended("doomed-failure");
  expect(jobs.effects).toContain("doomed: always, K, app-doomed");
});

test("a function may catch a step that failed for good", async () => {
  await jobs.inngest.send({ name: "t/caught", data: {} });
  const [run] = await jobs.ended("caught");
  expect(run).toMatchObject({ status: "completed", output: "handled inner" });
});

test("NonRetriableError ends the run at the first try", async () => {
  await jobs.inngest.send({ name: "t/hopeless", data: {} });
  const [run] = await jobs.ended("hopeless");
  expect(run).toMatchObject({ status: "failed", error: { message: "no use" } });
  expect(count("hopeless try")).toBe(1);
});

test("RetryAfterError says when", async () => {
  await jobs.inngest.send({ name: "t/later", data: {} });
  const [run] = await jobs.ended("later");
  expect(run?.status).toBe("completed");
  const [first, second] = jobs.effects
    .filter((effect) => effect.startsWith("later"))
    .map((effect) => Number(effect.split(" ")[1]));
  expect((second ?? 0) - (first ?? 0)).toBeGreaterThanOrEqual(1900);
});

test("NonRetriableError and RetryAfterError mean the same outside of steps", async () => {
  await jobs.inngest.send([
    { name: "t/no-step", data: {} },
    { name: "t/later-no-step", data: {} },
  ]);
  const [hopeless] = await jobs.ended("no-step");
  expect(hopeless).toMatchObject({ status: "failed", error: { message: "no use without a step" } });
  expect(count("no-step try")).toBe(1);
  await jobs.ended("no-step-failure");
  expect(jobs.effects).toContain("no-step failed: no use without a step");
  const [later] = await jobs.ended("later-no-step");
  expect(later).toMatchObject({ status: "completed", output: 1 });
  const [first, second] = jobs.effects
    .filter((effect) => effect.startsWith("no-step-later"))
    .map((effect) => Number(effect.split(" ")[1]));
  // The date goes over the wire in whole seconds.
  expect((second ?? 0) - (first ?? 0)).toBeGreaterThanOrEqual(1900);
});

test("of parallel steps only the one that failed is retried", async () => {
  await jobs.inngest.send({ name: "t/parallel-flaky", data: {} });
  const [run] = await jobs.ended("parallel-flaky");
  expect(run).toMatchObject({ status: "completed", output: ["good", "bad"] });
  expect(count("parallel good")).toBe(1);
  expect(count("parallel bad")).toBe(3);
});

test("the back-off is the documented one, with jitter", () => {
  for (const [attempt, seconds] of [
    [0, 15],
    [1, 30],
    [2, 60],
    [4, 300],
    [40, 7200],
  ] as const) {
    const wait = documentedBackoffMs(attempt) / 1000;
    expect(wait).toBeGreaterThanOrEqual(seconds);
    expect(wait).toBeLessThan(seconds + 30);
  }
});

test("durations are read as the SDK writes them", () => {
  expect(parseDurationMs("1d2h3m4s")).toBe(93_784_000);
  expect(parseDurationMs("1w")).toBe(604_800_000);
  expect(() => parseDurationMs("soon")).toThrow("no duration");
  expect(msUntil("2026-01-01T00:00:10Z", new Date("2026-01-01T00:00:00Z"))).toBe(10_000);
  expect(msUntil("2020-01-01T00:00:00Z", new Date("2026-01-01T00:00:00Z"))).toBe(0);
});
