import { setTimeout as delay } from "node:timers/promises";
import { expect, test } from "vitest";
import { listRuns } from "./inspect";
import { useTestEngine, waitUntil } from "./testing/test-engine";

let letGo: () => void = () => undefined;
const held = new Promise<void>((resolve) => {
  letGo = resolve;
});

const jobs = useTestEngine(({ inngest, effects }) => {
  const asleep = inngest.createFunction(
    { id: "asleep", timeouts: { finish: "1s" }, triggers: [{ event: "t/asleep" }] },
    async ({ step }) => step.sleep("long", "1h"),
  );
  return [
    asleep,
    inngest.createFunction(
      { id: "line", concurrency: 1, timeouts: { start: "1s" }, triggers: [{ event: "t/line" }] },
      async ({ event, step }) => {
        effects.push(`line ${event.data.n}`);
        await step.run("hold", () => (event.data.n === 1 ? held : undefined));
        await step.sleep("nap", "2s");
        return event.data.n;
      },
    ),
    inngest.createFunction(
      { id: "chain", timeouts: { finish: "2s" }, triggers: [{ event: "t/chain" }] },
      async ({ step }) => {
        for (let n = 0; n < 300; n++) {
          await step.run(`s${n}`, async () => {
            effects.push("chain");
            await delay(100);
          });
        }
      },
    ),
    inngest.createFunction(
      { id: "slow", timeouts: { start: "1h", finish: "1s" }, triggers: [{ event: "t/slow" }] },
      async () => {
        await delay(2500);
        return "late, and done";
      },
    ),
    inngest.createFunction({ id: "caller", triggers: [{ event: "t/call" }] }, async ({ step }) =>
      step.invoke("asleep", { function: asleep, data: {} }).catch((error: Error) => error.message),
    ),
    inngest.createFunction(
      {
        id: "watch",
        triggers: [{ event: "inngest/function.cancelled", if: "event.data.function_id == 'app-asleep'" }],
      },
      ({ event }) => event.data.run_id,
    ),
  ];
});

test("a run that waits too long for its start is cancelled, and one that has started is not", async () => {
  await jobs.inngest.send([1, 2].map((n) => ({ name: "t/line", data: { n } })));
  const [second] = await jobs.ended("line");
  expect(second).toMatchObject({
    status: "cancelled",
    startedAt: null,
    error: { message: "The run did not start in time (timeouts.start)" },
  });
  letGo();
  const runs = await jobs.ended("line", 2);
  expect(runs[0]).toMatchObject({ status: "completed", output: 1 });
  await jobs.inngest.send({ name: "t/line", data: { n: 3 } });
  expect((await jobs.ended("line", 3))[2]).toMatchObject({ status: "completed", output: 3 });
  expect(jobs.effects.filter((effect) => effect.startsWith("line"))).not.toContain("line 2");
  await waitUntil(async () => (await jobs.pool.query("select from jobs.work")).rowCount === 0);
});

test("a run that sleeps when its time is over is cancelled, and who listens or waits for it is told", async () => {
  await jobs.inngest.send({ name: "t/asleep", data: {} });
  const [run] = await jobs.ended("asleep");
  expect(run).toMatchObject({
    status: "cancelled",
    error: { message: "The run did not finish in time (timeouts.finish)" },
  });
  const [watch] = await jobs.ended("watch");
  expect(watch?.output).toBe(run?.id);
  await jobs.inngest.send({ name: "t/call", data: {} });
  const [caller] = await jobs.ended("caller");
  expect(caller?.output).toContain("did not finish in time");
});

test("a run between steps is stopped at the next", async () => {
  await jobs.inngest.send({ name: "t/chain", data: {} });
  const [run] = await jobs.ended("chain");
  expect(run?.status).toBe("cancelled");
  const reached = jobs.effects.filter((effect) => effect === "chain").length;
  expect(reached).toBeLessThan(300);
  await delay(500);
  expect(jobs.effects.filter((effect) => effect === "chain").length - reached).toBeLessThanOrEqual(1);
});

test("a call that is under way when the time is over may end the run", async () => {
  await jobs.inngest.send({ name: "t/slow", data: {} });
  const [run] = await jobs.ended("slow");
  expect(run).toMatchObject({ status: "completed", output: "late, and done" });
  expect(await listRuns(jobs.pool, { status: "running" })).toEqual([]);
  expect(jobs.trouble).toEqual([]);
});
