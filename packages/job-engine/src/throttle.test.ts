import { expect, test } from "vitest";
import { cancelRuns } from "./control";
import { parseFunctions } from "./function-config";
import { useTestEngine, waitUntil } from "./testing/test-engine";
import { refreshThrottles, roomOf } from "./throttle";

const jobs = useTestEngine(({ inngest, effects }) => [
  inngest.createFunction(
    { id: "hourly", throttle: { limit: 2, period: "1h", key: "event.data.team" }, triggers: [{ event: "t/hourly" }] },
    ({ event }) => {
      effects.push(`${event.data.team}${event.data.n}`);
    },
  ),
  inngest.createFunction(
    { id: "bursting", throttle: { limit: 1, period: "1h", burst: 2 }, triggers: [{ event: "t/bursting" }] },
    ({ event }) => {
      effects.push(`burst ${event.data.n}`);
    },
  ),
  inngest.createFunction(
    { id: "both", concurrency: 1, throttle: { limit: 3, period: "1h" }, triggers: [{ event: "t/both" }] },
    async ({ event, step }) => step.run("work", () => event.data.n),
  ),
  inngest.createFunction(
    { id: "quick", throttle: { limit: 3, period: "3s" }, triggers: [{ event: "t/quick" }] },
    () => "done",
  ),
]);
const send = (name: string, team: string, from: number, to: number) =>
  jobs.inngest.send(Array.from({ length: to - from }, (_, index) => ({ name, data: { team, n: from + index } })));
const started = (team: string) => jobs.effects.filter((effect) => effect.startsWith(team));
/** Lets time pass for one rate alone. */
const pass = (key: string, minutes: number) =>
  jobs.pool.query(
    `update jobs.throttle set free_at = free_at - $2 * interval '1 minute', due_at = due_at - $2 * interval '1 minute' where key = $1`,
    [key, minutes],
  );
const waiting = async (functionId: string) =>
  (
    await jobs.pool.query("select id from jobs.run where function_id = $1 and status = 'queued' order by id", [
      functionId,
    ])
  ).rows;

test("the limit starts at once, by key; the rest waits in order, one for each share of the period", async () => {
  await Promise.all([send("t/hourly", "a", 0, 5), send("t/hourly", "b", 0, 1)]);
  await jobs.ended("hourly", 3);
  expect(started("a").toSorted()).toEqual(["a0", "a1"]);
  expect(started("b")).toEqual(["b0"]);
  expect(await waiting("app-hourly")).toHaveLength(3);
  await pass("a", 30);
  await jobs.ended("hourly", 4);
  expect(started("a").slice(2)).toEqual(["a2"]);
  expect(await waiting("app-hourly")).toHaveLength(2);
  await pass("a", 60);
  await jobs.ended("hourly", 6);
  expect(started("a").slice(3).toSorted()).toEqual(["a3", "a4"]);
});

test("a rate at rest is forgotten, and then allows its limit again, not more", async () => {
  await pass("a", 600);
  await waitUntil(async () => (await jobs.pool.query("select from jobs.throttle where key = 'a'")).rowCount === 0);
  await send("t/hourly", "a", 5, 8);
  await jobs.ended("hourly", 8);
  expect(started("a").slice(5).toSorted()).toEqual(["a5", "a6"]);
  expect(await waiting("app-hourly")).toHaveLength(1);
});

test("a run that is cancelled while it waits takes nobody's turn", async () => {
  await send("t/hourly", "c", 0, 3);
  await jobs.ended("hourly", 10);
  const [, run] = await waiting("app-hourly");
  expect(await cancelRuns(jobs.pool, { runIds: [run.id] })).toEqual([run.id]);
  await send("t/hourly", "c", 3, 4);
  await pass("c", 30);
  await jobs.ended("hourly", 12);
  expect(started("c").slice(2)).toEqual(["c3"]);
});

test("a burst comes on top of the limit", async () => {
  await send("t/bursting", "", 0, 5);
  await jobs.ended("bursting", 3);
  expect(started("burst").toSorted()).toEqual(["burst 0", "burst 1", "burst 2"]);
  expect(await waiting("app-bursting")).toHaveLength(2);
});

test("throttled runs keep to their concurrency too", async () => {
  await send("t/both", "", 0, 4);
  const runs = await jobs.ended("both", 3);
  expect(runs.map((run) => run.output)).toEqual([0, 1, 2]);
  expect(await waiting("app-both")).toHaveLength(1);
});

test("runs that wait go on when their function is not throttled any more", async () => {
  const base = { triggers: [{ event: "t/x" }] };
  await refreshThrottles(jobs.pool, parseFunctions([{ id: "app-bursting", ...base }]));
  await jobs.ended("bursting", 5);
  expect(started("burst")).toHaveLength(5);
});

test("by the clock, runs are spread over the periods", async () => {
  await send("t/quick", "", 0, 9);
  const runs = await jobs.ended("quick", 9);
  const createdAt = Math.min(...runs.map((run) => run.createdAt.getTime()));
  const startedAt = Math.max(...runs.map((run) => run.startedAt?.getTime() ?? 0));
  // Three at once, the other six a second apart.
  expect(startedAt - createdAt).toBeGreaterThanOrEqual(5990);
  expect(jobs.trouble).toEqual([]);
});

test("what a late clock missed is made up for, whole starts only", () => {
  expect(roomOf(1000, 1, 0)).toBe(1);
  expect(roomOf(1000, 1, 1)).toBe(0);
  expect(roomOf(1000, 3, 1500)).toBe(1);
  expect(roomOf(100, 1, -1000)).toBe(11);
  expect(roomOf(1000 / 3, 3, 0)).toBe(3);
});
