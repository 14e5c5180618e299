import { expect, test } from "vitest";
import { cancelRuns, rerunRuns } from "./control";
import { findRun, listRuns } from "./inspect";
import { loadFunctions } from "./stored-functions";
import { useTestEngine, waitUntil } from "./testing/test-engine";

const cancel = async (id: string) => (await cancelRuns(jobs.pool, { runIds: [id] })).length === 1;
const rerun = async (id: string) => (await rerunRuns(jobs.pool, { runIds: [id] }))[0]?.id ?? null;

const jobs = useTestEngine(({ inngest, effects }) => [
  inngest.createFunction(
    { id: "flaky", retries: 0, idempotency: "event.data.key", triggers: [{ event: "t/flaky" }] },
    async ({ event, step }) => {
      await step.run("before", () => effects.push(`before ${event.data.key}`));
      return step.run("shaky", () => {
        if (effects.filter((effect) => effect === `before ${event.data.key}`).length < 2) throw new Error("not yet");
        return event.data.key;
      });
    },
  ),
  inngest.createFunction(
    { id: "batched", batchEvents: { maxSize: 3, timeout: "60s" }, triggers: [{ event: "t/batched" }] },
    ({ events }) => events.map((entry: { data: { n: number } }) => entry.data.n),
  ),
  inngest.createFunction(
    {
      id: "napper",
      singleton: { mode: "skip" },
      debounce: { period: "1h" },
      cancelOn: [{ event: "t/stop" }],
      triggers: [{ event: "t/nap" }],
    },
    async ({ step }) => step.sleep("nap", "1h"),
  ),
  inngest.createFunction(
    { id: "watch", triggers: [{ event: "inngest/function.cancelled" }] },
    ({ event }) => event.data.run_id,
  ),
]);

test("a failed run is run again from its start with its event, though its idempotency key is taken", async () => {
  await jobs.inngest.send({ name: "t/flaky", data: { key: "k" } });
  const [failed] = await jobs.ended("flaky");
  expect(failed?.status).toBe("failed");
  const id = await rerun(failed?.id ?? "");
  const [, again] = await jobs.ended("flaky", 2);
  expect(again).toMatchObject({ id, status: "completed", output: "k", rerunOf: failed?.id, events: failed?.events });
  expect(jobs.effects).toEqual(["before k", "before k"]);
  await jobs.inngest.send({ name: "t/flaky", data: { key: "k" } });
  expect(await listRuns(jobs.pool, { functionId: "app-flaky" })).toHaveLength(2);
});

test("a batch is run again whole", async () => {
  await jobs.inngest.send([1, 2, 3].map((n) => ({ name: "t/batched", data: { n } })));
  const [first] = await jobs.ended("batched");
  await rerun(first?.id ?? "");
  const [, again] = await jobs.ended("batched", 2);
  expect(again?.output).toEqual([1, 2, 3]);
});

test("a live run is not run again, a cancelled one is, at once and one at a time where the function wants it so", async () => {
  await jobs.inngest.send({ name: "t/nap", data: {} });
  await jobs.pool.query("update jobs.debounce set due_at = now()");
  const live = async () => (await listRuns(jobs.pool, { functionId: "app-napper", status: "running" }))[0]?.id ?? "";
  await waitUntil(async () => (await live()) !== "");
  const first = await live();
  expect(await rerun(first)).toBeNull();
  expect(await cancel(first)).toBe(true);
  const [watch] = await jobs.ended("watch");
  expect(watch?.output).toBe(first);
  const second = await rerun(first);
  expect(second).toEqual(expect.any(String));
  expect(await rerun(first)).toBeNull();
  expect(await cancel(second ?? "")).toBe(true);
  expect(await cancel(second ?? "")).toBe(false);
});

test("what is unknown or not served any more is left alone", async () => {
  expect(await rerun("unknown")).toBeNull();
  expect(await cancel("unknown")).toBe(false);
  const [run] = await jobs.ended("flaky");
  await jobs.pool.query("update jobs.run set function_id = 'app-gone' where id = $1", [run?.id]);
  expect(await rerun(run?.id ?? "")).toBeNull();
  expect(await findRun(jobs.pool, run?.id ?? "")).toMatchObject({ rerunOf: null });
});

test("the functions are stored as the app declares them", async () => {
  const stored = await loadFunctions(jobs.pool);
  expect(stored.map((config) => config.id)).toEqual(["app-batched", "app-flaky", "app-napper", "app-watch"]);
  expect(stored[2]?.declaration).toMatchObject({ debounce: { period: "1h" }, cancel: [{ event: "t/stop" }] });
  expect(jobs.trouble).toEqual([]);
});

test("a run is cancelled and run again while no engine runs", async () => {
  await jobs.inngest.send([1, 2, 3].map((n) => ({ name: "t/batched", data: { n } })));
  const runs = await jobs.ended("batched", 3);
  await jobs.engine.stop();
  const id = await rerun(runs[2]?.id ?? "");
  expect(await findRun(jobs.pool, id ?? "")).toMatchObject({ status: "queued" });
  expect(await cancel(id ?? "")).toBe(true);
});
