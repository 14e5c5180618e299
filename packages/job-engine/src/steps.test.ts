import { setTimeout as delay } from "node:timers/promises";
import { expect, test } from "vitest";
import { useTestEngine, waitUntil } from "./testing/test-engine";

const jobs = useTestEngine(({ inngest, effects }) => {
  const chain = inngest.createFunction({ id: "chain", triggers: [{ event: "t/chain" }] }, async ({ event, step }) => {
    const a = await step.run("a", () => effects.push("chain a"));
    const b = await step.run("b", () => ({ from: event.data.k, odd: "nul \0 and \ud800" }));
    await step.run("nothing", () => undefined);
    return { a, b };
  });
  const failing = inngest.createFunction({ id: "failing", retries: 0, triggers: [{ event: "t/never" }] }, () => {
    throw new Error("no luck");
  });
  return [
    chain,
    inngest.createFunction({ id: "parallel", triggers: [{ event: "t/parallel" }] }, async ({ step }) => {
      const results = await Promise.all(
        [1, 2, 3].map((n) => step.run(`p${n}`, () => effects.push(`parallel ${n}`) && n)),
      );
      return step.run("sum", () => results.reduce((sum, n) => sum + n));
    }),
    inngest.createFunction({ id: "sleeper", triggers: [{ event: "t/sleep" }] }, async ({ step }) => {
      const start = await step.run("start", () => Date.now());
      await step.sleep("nap", "1s");
      const middle = await step.run("middle", () => Date.now());
      await step.sleepUntil("until", new Date(middle + 1200));
      const end = await step.run("end", () => Date.now());
      return { nap: middle - start, until: end - middle };
    }),
    inngest.createFunction({ id: "waiter", triggers: [{ event: "t/wait" }] }, async ({ event, step }) => {
      const reply = await step.waitForEvent("reply", {
        event: "t/reply",
        timeout: event.data.timeout,
        if: "event.data.id == async.data.id",
      });
      return reply?.data ?? "timed out";
    }),
    inngest.createFunction({ id: "sender", triggers: [{ event: "t/send" }] }, async ({ step }) => {
      const { ids } = await step.sendEvent("tell", [
        { name: "t/chain", data: { k: "sent" } },
        { name: "t/unheard", data: {} },
      ]);
      return ids.length;
    }),
    inngest.createFunction({ id: "caller", triggers: [{ event: "t/call" }] }, async ({ event, step }) => {
      if (event.data.fails)
        return step
          .invoke("failing", { function: failing, data: {} })
          .catch((error: Error) => `caught ${error.message}`);
      return step.invoke("chain", { function: chain, data: { k: "invoked" } });
    }),
    inngest.createFunction({ id: "race", triggers: [{ event: "t/race" }] }, async ({ step, group }) => {
      const winner = await group.parallel({ mode: "race" }, () =>
        Promise.race([step.sleep("long", "2s").then(() => "long"), step.run("quick", () => "quick")]),
      );
      return step.run("after", () => ({ winner, at: Date.now() }));
    }),
    failing,
  ];
});

test("steps run once, in one call of the app, and their results come back whole", async () => {
  const before = jobs.engine.stats().appCalls;
  await jobs.inngest.send({ name: "t/chain", data: { k: "first \0" } });
  const [run] = await jobs.ended("chain");
  expect(run).toMatchObject({
    status: "completed",
    output: { a: 1, b: { from: "first \0", odd: "nul \0 and \ud800" } },
  });
  expect(run?.steps.map((step) => [step.name, step.status])).toEqual([
    ["a", "done"],
    ["b", "done"],
    ["nothing", "done"],
  ]);
  expect(run?.steps[0]?.startedAt).toBeInstanceOf(Date);
  expect(jobs.effects.filter((effect) => effect === "chain a")).toHaveLength(1);
  expect(jobs.engine.stats().appCalls - before).toBe(1);
});

test("parallel steps each run once and are gathered", async () => {
  await jobs.inngest.send({ name: "t/parallel", data: {} });
  const [run] = await jobs.ended("parallel");
  expect(run).toMatchObject({ status: "completed", output: 6 });
  expect(jobs.effects.filter((effect) => effect.startsWith("parallel")).sort()).toEqual([
    "parallel 1",
    "parallel 2",
    "parallel 3",
  ]);
});

test("a run sleeps for a time and until a time", async () => {
  await jobs.inngest.send({ name: "t/sleep", data: {} });
  const [run] = await jobs.ended("sleeper");
  const { nap, until } = (run?.output ?? {}) as { nap: number; until: number };
  expect(nap).toBeGreaterThanOrEqual(1000);
  expect(nap).toBeLessThan(20_000);
  expect(until).toBeGreaterThanOrEqual(1200);
  expect(until).toBeLessThan(20_000);
});

test("a wait takes the event that fits, and no other", async () => {
  await jobs.inngest.send({ name: "t/wait", data: { id: 1, timeout: "1h" } });
  await waitUntil(async () => (await jobs.pool.query("select from jobs.step where status = 'waiting'")).rowCount === 1);
  await jobs.inngest.send({ name: "t/reply", data: { id: 2 } });
  await delay(200);
  await jobs.inngest.send([
    { name: "t/reply", data: { id: 1, n: 1 } },
    { name: "t/reply", data: { id: 1, n: 2 } },
  ]);
  const [run] = await jobs.ended("waiter");
  expect(run?.output).toEqual({ id: 1, n: 1 });
});

test("a wait that nobody answers ends at its time-out", async () => {
  await jobs.inngest.send({ name: "t/wait", data: { id: 3, timeout: "1s" } });
  const runs = await jobs.ended("waiter", 2);
  expect(runs[1]?.output).toBe("timed out");
});

test("a step sends events that start functions", async () => {
  await jobs.inngest.send({ name: "t/send", data: {} });
  const [run] = await jobs.ended("sender");
  expect(run?.output).toBe(2);
  const chains = await jobs.ended("chain", 2);
  expect(chains[1]?.output).toMatchObject({ b: { from: "sent" } });
});

test("an invoked function hands back its result, or its error", async () => {
  await jobs.inngest.send([
    { name: "t/call", data: {} },
    { name: "t/call", data: { fails: true } },
  ]);
  const runs = await jobs.ended("caller", 2);
  const outputs = runs.map((run) => JSON.stringify(run.output)).join();
  expect(outputs).toContain('"from":"invoked"');
  expect(outputs).toContain("caught no luck");
  expect(runs[0]?.steps[0]).toMatchObject({ op: "InvokeFunction", status: expect.stringMatching(/done|failed/) });
});

test("a race goes on with the first result", async () => {
  await jobs.inngest.send({ name: "t/race", data: {} });
  const [run] = await jobs.ended("race");
  expect(run).toMatchObject({ status: "completed", output: { winner: "quick" } });
  const sleep = run?.steps.find((step) => step.name === "long");
  expect(sleep?.endedAt?.getTime()).toBeGreaterThan((run?.output as { at: number } | undefined)?.at ?? 0);
});

test("nothing went wrong on the way", () => {
  expect(jobs.trouble).toEqual([]);
});
