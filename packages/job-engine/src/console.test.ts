import { expect, test } from "vitest";
import { cancelRuns, pauseFunction, rerunFromStep, rerunRuns } from "./control";
import { getEngineHealth, listHours } from "./figures";
import { findRun, listRuns } from "./inspect";
import { listEvents } from "./inspect-events";
import { listFunctions } from "./inspect-functions";
import { useTestEngine, waitUntil } from "./testing/test-engine";

let isOpen = false;
const jobs = useTestEngine(({ inngest, effects }) => [
  inngest.createFunction({ id: "letter", triggers: [{ event: "t/letter" }] }, async ({ event, step }) => {
    const name = await step.run("read", () => effects.push("read") && String(event.data.name));
    const [text] = await Promise.all([
      step.run("write", (who: string, tone: string) => `${tone} ${who}`, name, "Dear"),
      step.run("stamp", () => effects.push("stamp")),
    ]);
    return step.run("post", () => effects.push("post") && text);
  }),
  inngest.createFunction({ id: "shaky", retries: 1, triggers: [{ event: "t/shaky" }] }, async ({ step, attempt }) =>
    step.run("hold", () => {
      if (attempt === 0) throw new TypeError("slipped");
      return "held";
    }),
  ),
  inngest.createFunction(
    { id: "slow", concurrency: { limit: 1 }, throttle: { limit: 50, period: "1s" }, triggers: [{ event: "t/slow" }] },
    async ({ step }) => {
      await step.run("work", () => waitUntil(() => isOpen));
      await step.sleep("rest", "1h");
    },
  ),
  inngest.createFunction(
    { id: "nightly", triggers: [{ cron: "TZ=Asia/Tokyo 30 4 * * *" }, { cron: "0 0 1 1 *" }] },
    () => "done",
  ),
]);

const runsOf = (name: string) => listRuns(jobs.pool, { functionId: `app-${name}` });

test("a run is started over from a step with another input: what was settled before is taken over", async () => {
  await jobs.inngest.send({ name: "t/letter", data: { name: "Ada" } });
  const [run] = await jobs.ended("letter");
  expect(run?.output).toBe("Dear Ada");
  const write = run?.steps.find((step) => step.name === "write");
  jobs.effects.length = 0;

  const rerun = await rerunFromStep(jobs.pool, {
    runId: run?.id ?? "",
    stepId: write?.id ?? "",
    input: ["Grace", "Hello"],
  });
  const [, again] = await jobs.ended("letter", 2);
  expect(again).toMatchObject({ id: rerun?.id, rerunOf: run?.id, output: "Hello Grace" });
  expect(jobs.effects).not.toContain("read");
  expect(jobs.effects).toContain("post");
  expect(again?.steps.find((step) => step.name === "read")).toMatchObject({ isCopied: true, output: "Ada" });
  expect(again?.steps.find((step) => step.name === "write")).toMatchObject({
    isCopied: false,
    givenInput: ["Grace", "Hello"],
  });
  expect((await findRun(jobs.pool, run?.id ?? ""))?.reruns).toEqual([{ id: rerun?.id, status: "completed" }]);
  expect(await rerunFromStep(jobs.pool, { runId: run?.id ?? "", stepId: "none" })).toBeNull();
});

test("a failed try stays in sight with its error, after the next one went well", async () => {
  await jobs.inngest.send({ name: "t/shaky", data: {} });
  const [run] = await jobs.ended("shaky");
  expect(run).toMatchObject({ status: "completed", output: "held", wait: null, isActive: false });
  expect(run?.attempts).toEqual([
    expect.objectContaining({
      stepId: run?.steps[0]?.id,
      attempt: 1,
      error: expect.objectContaining({ name: "TypeError", message: "slipped", stack: expect.any(String) }),
    }),
  ]);
});

test("runs are found by what they do, their id, their event and their time; events know their runs", async () => {
  await jobs.inngest.send([1, 2].map((n) => ({ id: `slow-${n}`, name: "t/slow", data: { n } })));
  await waitUntil(async () => (await listRuns(jobs.pool, { status: "active" })).length === 1);
  const waiting = await listRuns(jobs.pool, { status: "waiting" });
  expect(waiting).toEqual([expect.objectContaining({ functionId: "app-slow", wait: { for: "turn", until: null } })]);
  expect(await getEngineHealth(jobs.pool)).toMatchObject({ pending: 1, running: 1, active: 1, failedLastDay: 0 });
  isOpen = true;
  await waitUntil(async () => (await listRuns(jobs.pool, { status: "waiting" }))[0]?.wait?.for === "time");

  const [last, earlier] = await runsOf("slow");
  const found = (search: string) => listRuns(jobs.pool, { search }).then((runs) => runs.map((run) => run.id));
  expect(await found("slow-1")).toEqual([earlier?.id]);
  expect(await found((last?.id ?? "").toLowerCase())).toEqual([last?.id]);
  expect(await found(`${last?.id.slice(0, 25)}`)).toContain(last?.id);
  expect(await found("%")).toEqual([]);
  expect(await listRuns(jobs.pool, { until: new Date(Date.now() - 60_000) })).toEqual([]);
  expect(await listRuns(jobs.pool, { since: new Date(Date.now() - 60_000) })).toHaveLength(5);
  // In the order in which they came in, whatever their ids.
  await jobs.inngest.send({ id: "a-slow-0", name: "t/later", data: {} });
  expect((await listEvents(jobs.pool, { limit: 2 })).map((event) => event.id)).toEqual(["a-slow-0", "slow-2"]);
  const [newest, ...rest] = await listEvents(jobs.pool, { name: "t/slow" });
  expect(newest).toMatchObject({ id: "slow-2", runs: [{ id: last?.id, functionId: "app-slow" }] });
  expect(await listEvents(jobs.pool, { name: "t/slow", before: newest?.key })).toEqual(rest);
  expect((await listEvents(jobs.pool, { search: "slow-1" }))[0]?.runs).toHaveLength(1);
});

test("all that a filter means are cancelled, or started over once, and what belongs to it is written with it", async () => {
  const seen: unknown[] = [];
  const matching = { functionId: "app-slow" };
  const cancelled = await cancelRuns(jobs.pool, { matching }, async (_, ids) => void seen.push(ids));
  expect(cancelled).toHaveLength(2);
  expect(seen).toEqual([cancelled]);
  await expect(rerunRuns(jobs.pool, { matching }, () => Promise.reject(new Error("not written")))).rejects.toThrow(
    "not written",
  );
  expect(await runsOf("slow")).toHaveLength(2);
  const again = await rerunRuns(jobs.pool, { matching: { ...matching, status: "cancelled" } });
  expect(again.map((run) => run.rerunOf)).toEqual(cancelled);
  expect(await rerunRuns(jobs.pool, { matching: { ...matching, status: "cancelled" } })).toEqual([]);
  expect(await cancelRuns(jobs.pool, { matching })).toHaveLength(2);
});

test("a paused function begins nothing, forgets nothing, and goes on where it stood; its ticks are made up for once", async () => {
  isOpen = false;
  const pause = (name: string, isPaused: boolean) => pauseFunction(jobs.pool, { functionId: `app-${name}`, isPaused });
  expect(await pause("slow", true)).toBe(true);
  expect(await pause("slow", true)).toBe(false);
  expect(await pause("none", true)).toBe(false);
  expect(await pause("nightly", true)).toBe(true);
  await jobs.pool.query("update jobs.cron set next_at = now() - interval '3 days' where expression like 'TZ=%'");
  await jobs.inngest.send([3, 4].map((n) => ({ id: `slow-${n}`, name: "t/slow", data: { n } })));
  await waitUntil(async () => (await runsOf("slow")).filter((run) => run.wait?.for === "resume").length === 2);
  const functions = await listFunctions(jobs.pool);
  expect(functions.map((entry) => [entry.name, entry.pausedAt !== null, entry.waiting])).toEqual([
    ["letter", false, 0],
    ["nightly", true, 0],
    ["shaky", false, 0],
    ["slow", true, 2],
  ]);
  expect(await runsOf("nightly")).toEqual([]);

  await pause("nightly", false);
  await jobs.ended("nightly");
  await pause("slow", false);
  const held = (await runsOf("slow")).slice(0, 2).reverse();
  await waitUntil(async () => (await findRun(jobs.pool, held[0]?.id ?? ""))?.isActive === true);
  expect(await findRun(jobs.pool, held[1]?.id ?? "")).toMatchObject({ status: "queued", wait: { for: "turn" } });
  expect(await runsOf("nightly")).toHaveLength(1);
  await cancelRuns(jobs.pool, { matching: {} });
  isOpen = true;
});

test("functions tell their triggers, in their time zones, and how they did", async () => {
  const functions = await listFunctions(jobs.pool);
  const [letter, nightly] = functions;
  expect(letter).toMatchObject({ events: ["t/letter"], crons: [], retries: 4, completed: 2, failed: 0 });
  expect(nightly?.crons.map(({ expression, timeZone }) => [expression, timeZone])).toEqual([
    ["30 4 * * *", "Asia/Tokyo"],
    ["0 0 1 1 *", "Etc/UTC"],
  ]);
  // 4:30 in Tokyo, which knows no summer time.
  expect(nightly?.crons[0]?.next?.toISOString()).toMatch(/T19:30:00\.000Z$/);
  const hours = await listHours(jobs.pool);
  expect(hours).toHaveLength(24);
  const total = (key: "completed" | "failed" | "cancelled") => hours.reduce((sum, hour) => sum + hour[key], 0);
  expect([total("completed"), total("failed"), total("cancelled")]).toEqual([4, 0, 6]);
  expect(jobs.trouble).toEqual([]);
});
