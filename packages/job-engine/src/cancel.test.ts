import { setTimeout as delay } from "node:timers/promises";
import { expect, test } from "vitest";
import { cancelRuns } from "./control";
import { listRuns } from "./inspect";
import { useTestEngine, waitUntil } from "./testing/test-engine";

const jobs = useTestEngine(({ inngest, effects }) => [
  inngest.createFunction(
    { id: "steady", triggers: [{ event: "t/steady" }], cancelOn: [{ event: "t/stop", match: "data.id" }] },
    async ({ event, step }) => {
      for (let n = 0; n < 100; n++) {
        await step.run(`s${n}`, async () => {
          effects.push(`steady ${event.data.id}`);
          await delay(30);
        });
      }
    },
  ),
  inngest.createFunction(
    { id: "queued", concurrency: 1, triggers: [{ event: "t/queued" }], cancelOn: [{ event: "t/stop-all" }] },
    async ({ event, step }) => {
      effects.push(`queued ${event.data.n}`);
      await step.run("work", () => delay(300));
      await step.sleep("nap", "1h");
    },
  ),
  inngest.createFunction(
    { id: "skip", singleton: { mode: "skip", key: "event.data.id" }, triggers: [{ event: "t/skip" }] },
    async ({ step }) => {
      await step.run("work", () => delay(400));
    },
  ),
  inngest.createFunction(
    { id: "latest", singleton: { mode: "cancel" }, triggers: [{ event: "t/latest" }] },
    async ({ step, event }) => {
      await step.sleep("nap", event.data.nap ?? "1s");
      return event.data.n;
    },
  ),
  inngest.createFunction(
    { id: "watch", triggers: [{ event: "inngest/function.cancelled", if: "event.data.function_id == 'app-steady'" }] },
    ({ event }) => event.data.run_id,
  ),
]);
const count = (effect: string) => jobs.effects.filter((entry) => entry === effect).length;

test("an event that fits stops a run in the middle of its steps, and no other run", async () => {
  await jobs.inngest.send(["stopped", "kept"].map((id) => ({ name: "t/steady", data: { id } })));
  await waitUntil(() => count("steady stopped") >= 3);
  await jobs.inngest.send({ name: "t/stop", data: { id: "stopped" } });
  const [run] = await jobs.ended("steady");
  expect(run).toMatchObject({ status: "cancelled" });
  const reached = count("steady stopped");
  await delay(500);
  // The step under way may end; the SDK is stopped when it reports it.
  expect(count("steady stopped") - reached).toBeLessThanOrEqual(1);
  expect(reached).toBeLessThan(20);
  const [, kept] = await jobs.ended("steady", 2);
  expect(kept).toMatchObject({ status: "completed" });
  const [watch] = await jobs.ended("watch");
  expect(watch?.output).toBe(run?.id);
});

test("waiting and sleeping runs are cancelled too, and the line goes on", async () => {
  await jobs.inngest.send([1, 2, 3].map((n) => ({ name: "t/queued", data: { n } })));
  await waitUntil(() => count("queued 1") === 1);
  await jobs.inngest.send({ name: "t/stop-all", data: {} });
  const runs = await jobs.ended("queued", 3);
  expect(runs.map((run) => run.status)).toEqual(["cancelled", "cancelled", "cancelled"]);
  expect(count("queued 2") + count("queued 3")).toBe(0);
  await jobs.inngest.send({ name: "t/queued", data: { n: 4 } });
  await waitUntil(() => count("queued 4") === 1);
});

test("a run is cancelled by hand, once", async () => {
  await waitUntil(
    async () => (await listRuns(jobs.pool, { functionId: "app-queued", status: "running" })).length === 1,
  );
  const [run] = await listRuns(jobs.pool, { functionId: "app-queued", status: "running" });
  expect(await cancelRuns(jobs.pool, { runIds: [run?.id ?? ""] })).toEqual([run?.id]);
  expect(await cancelRuns(jobs.pool, { runIds: [run?.id ?? ""] })).toEqual([]);
  await waitUntil(async () => (await jobs.pool.query("select from jobs.work")).rowCount === 0);
});

test("a singleton skips a second run, or replaces the first", async () => {
  await jobs.inngest.send([1, 1, 2].map((id) => ({ name: "t/skip", data: { id } })));
  await jobs.inngest.send([1, 2, 3].map((n) => ({ name: "t/latest", data: { n } })));
  await jobs.inngest.send({ name: "t/latest", data: { n: 4 } });
  await jobs.ended("skip", 2);
  const latest = await jobs.ended("latest", 2);
  expect(latest.map((run) => [run.status, run.output])).toEqual([
    ["cancelled", null],
    ["completed", 4],
  ]);
  expect((await jobs.pool.query("select from jobs.run where function_id = 'app-skip'")).rowCount).toBe(2);
  await jobs.inngest.send({ name: "t/skip", data: { id: 1 } });
  await jobs.ended("skip", 3);
  expect(jobs.trouble).toEqual([]);
});

test("of two that come at the same time the later replaces the earlier", async () => {
  const isLive = "function_id = 'app-latest' and status in ('queued', 'running')";
  /** How many have, or wait for, their turn to start runs of the function. */
  const countTurns = async () => {
    const { rowCount } = await jobs.pool.query(
      `select from pg_locks where locktype = 'advisory'
        and (classid::bigint << 32 | objid::bigint) = hashtextextended('job-engine.singleton app-latest', 0)`,
    );
    return rowCount ?? 0;
  };
  await jobs.inngest.send({ name: "t/latest", data: { n: "first", nap: "1h" } });
  await waitUntil(async () => (await jobs.pool.query(`select from jobs.run where ${isLive}`)).rowCount === 1);
  const holder = await jobs.pool.connect();
  await holder.query("begin");
  await holder.query(`select from jobs.run where ${isLive} for update`);
  const sending = [jobs.inngest.send({ name: "t/latest", data: { n: "earlier" } })];
  await waitUntil(async () => (await countTurns()) === 1);
  sending.push(jobs.inngest.send({ name: "t/latest", data: { n: "later" } }));
  await waitUntil(async () => (await countTurns()) === 2);
  await holder.query("commit");
  holder.release();
  await Promise.all(sending);
  await waitUntil(async () => (await jobs.pool.query(`select from jobs.run where ${isLive}`)).rowCount === 0);
  const { rows } = await jobs.pool.query(
    "select status, events->0->'data'->>'n' as n from jobs.run where function_id = 'app-latest' order by created_at desc limit 3",
  );
  expect(Object.fromEntries(rows.map(({ n, status }) => [n, status]))).toEqual({
    first: "cancelled",
    earlier: "cancelled",
    later: "completed",
  });
});
