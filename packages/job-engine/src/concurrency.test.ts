import { setTimeout as delay } from "node:timers/promises";
import { expect, test } from "vitest";
import { chooseNext } from "./concurrency";
import { useTestEngine, waitUntil } from "./testing/test-engine";

const FILL_TIMEOUT_MS = 20_000;

/** Counts what runs at the same time, by name. */
function createGauge() {
  const now = new Map<string, number>();
  const peaks = new Map<string, number>();
  const peak = (name: string) => peaks.get(name) ?? 0;
  return {
    peak,
    /** @param slots how many of each name are wanted at once: until that was seen, nobody leaves. */
    async during(slots: Record<string, number>) {
      const names = Object.keys(slots);
      for (const name of names) {
        now.set(name, (now.get(name) ?? 0) + 1);
        peaks.set(name, Math.max(peak(name), now.get(name) ?? 0));
      }
      const deadline = Date.now() + FILL_TIMEOUT_MS;
      const isFilled = () => names.every((name) => peak(name) >= (slots[name] ?? 0));
      do await delay(10);
      while (!isFilled() && Date.now() < deadline);
      for (const name of names) now.set(name, (now.get(name) ?? 0) - 1);
    },
  };
}
const gauge = createGauge();

const jobs = useTestEngine(
  ({ inngest, effects }) => [
    inngest.createFunction(
      { id: "limited", concurrency: { limit: 3 }, triggers: [{ event: "t/limited" }] },
      async ({ step }) => {
        await step.run("work", () => gauge.during({ limited: 3 }));
      },
    ),
    inngest.createFunction(
      {
        id: "batch",
        concurrency: [
          { limit: 2, key: "event.data.campaign" },
          { limit: 5, key: '"provider"', scope: "account" },
        ],
        triggers: [{ event: "t/batch" }],
      },
      async ({ event, step }) => {
        await step.run("send", () => gauge.during({ [`campaign ${event.data.campaign}`]: 2, provider: 5 }));
        effects.push(`sent ${event.data.campaign}`);
      },
    ),
    inngest.createFunction(
      {
        id: "single",
        concurrency: { limit: 5, key: '"provider"', scope: "account" },
        triggers: [{ event: "t/single" }],
      },
      async ({ step }) => step.run("send", () => gauge.during({ provider: 5 })),
    ),
    inngest.createFunction(
      { id: "napper", concurrency: { limit: 1 }, triggers: [{ event: "t/nap" }] },
      async ({ event, step }) => {
        await step.run("first", () => gauge.during({ napper: 1 }));
        effects.push(`napper ${event.data.n} begun`);
        await step.sleep("nap", "4s");
        await step.run("second", () => gauge.during({ napper: 1 }));
        effects.push(`napper ${event.data.n} done`);
      },
    ),
    inngest.createFunction(
      { id: "flaky", retries: 1, concurrency: { limit: 1 }, triggers: [{ event: "t/flaky" }] },
      async ({ step, attempt }) => {
        await Promise.all(
          [1, 2].map((n) =>
            step.run(`part ${n}`, async () => {
              await gauge.during({ flaky: 1 });
              if (attempt === 0) throw new Error("not yet");
            }),
          ),
        );
      },
    ),
  ],
  { concurrency: 12 },
);

async function expectNoLeftovers() {
  await waitUntil(
    async () => (await jobs.pool.query("select from jobs.work union all select from jobs.lane")).rowCount === 0,
  );
}

test("no more than the limit run at once, and all run", async () => {
  await jobs.inngest.send(Array.from({ length: 30 }, (_, n) => ({ name: "t/limited", data: { n } })));
  const runs = await jobs.ended("limited", 30);
  expect(runs.every((run) => run.status === "completed")).toBe(true);
  expect(gauge.peak("limited")).toBe(3);
  await expectNoLeftovers();
});

test("each key has its own slots, a shared key spans functions, and a long line starves nobody", async () => {
  await jobs.inngest.send([
    ...Array.from({ length: 80 }, () => ({ name: "t/batch", data: { campaign: "large" } })),
    ...Array.from({ length: 4 }, () => ({ name: "t/batch", data: { campaign: "small" } })),
    ...Array.from({ length: 20 }, () => ({ name: "t/single", data: {} })),
  ]);
  await jobs.ended("batch", 84);
  await jobs.ended("single", 20);
  expect(gauge.peak("campaign large")).toBe(2);
  expect(gauge.peak("campaign small")).toBe(2);
  expect(gauge.peak("provider")).toBe(5);
  // The small campaign came last and has its own two slots: it does not wait for the eighty before it.
  const lastSmall = jobs.effects.lastIndexOf("sent small");
  expect(jobs.effects.slice(0, lastSmall).filter((effect) => effect === "sent large").length).toBeLessThan(20);
  await expectNoLeftovers();
});

test("a sleeping run gives its slot to others", async () => {
  await jobs.inngest.send([1, 2, 3].map((n) => ({ name: "t/nap", data: { n } })));
  await jobs.ended("napper", 3);
  const order = jobs.effects.filter((effect) => effect.startsWith("napper"));
  expect(order.slice(0, 3).every((effect) => effect.endsWith("begun"))).toBe(true);
  expect(gauge.peak("napper")).toBe(1);
});

test("parallel steps and retries keep to the limit", async () => {
  await jobs.inngest.send([
    { name: "t/flaky", data: {} },
    { name: "t/flaky", data: {} },
  ]);
  const runs = await jobs.ended("flaky", 2);
  expect(runs.map((run) => run.status)).toEqual(["completed", "completed"]);
  expect(gauge.peak("flaky")).toBe(1);
  await expectNoLeftovers();
  expect(jobs.trouble).toEqual([]);
});

test("the line is first come, first served among those with room", () => {
  const lanes = [
    { keys: ["a", "shared"], limits: [1, 3], waiting: [1, 2, 3] },
    { keys: ["b", "shared"], limits: [2, 3], waiting: [4, 5, 6] },
  ];
  expect(chooseNext(lanes, new Map())).toEqual([1, 4, 5]);
  expect(
    chooseNext(
      lanes,
      new Map([
        ["a", 1],
        ["shared", 1],
      ]),
    ),
  ).toEqual([4, 5]);
  expect(chooseNext(lanes, new Map([["shared", 3]]))).toEqual([]);
});
