import { expect, test } from "vitest";
import { getEngineHealth } from "./figures";
import { findRun, listRuns } from "./inspect";
import { defaultRetention, pruneOnce } from "./prune";
import { useTestEngine, waitUntil } from "./testing/test-engine";

const jobs = useTestEngine(({ inngest }) => [
  inngest.createFunction(
    { id: "good", idempotency: "event.data.key", triggers: [{ event: "t/good" }] },
    async ({ step }) => step.run("one", () => 1),
  ),
  inngest.createFunction({ id: "bad", retries: 0, triggers: [{ event: "t/bad" }] }, () => {
    throw new Error("bad");
  }),
  inngest.createFunction({ id: "asleep", triggers: [{ event: "t/asleep" }] }, async ({ step }) =>
    step.sleep("long", "90d"),
  ),
]);
const age = (days: number) =>
  jobs.pool.query(
    `update jobs.run set created_at = created_at - $1 * interval '1 day', started_at = started_at - $1 * interval '1 day',
    ended_at = ended_at - $1 * interval '1 day'`,
    [days],
  );

test("runs can be listed, opened and counted from the database alone", async () => {
  await jobs.inngest.send([
    { name: "t/good", data: { key: "k" } },
    { name: "t/bad", data: {} },
    { name: "t/asleep", data: {} },
  ]);
  await jobs.ended("good");
  await jobs.ended("bad");
  await waitUntil(
    async () => (await jobs.pool.query("select from jobs.step where status = 'sleeping'")).rowCount === 1,
  );
  expect(await getEngineHealth(jobs.pool)).toMatchObject({
    pending: 0,
    oldestPendingMs: null,
    running: 1,
    failedLastDay: 1,
    leader: { isAlive: true, instance: expect.stringContaining(String(process.pid)) },
  });
  const all = await listRuns(jobs.pool);
  expect(all).toHaveLength(3);
  const [newest, ...older] = all;
  expect(await listRuns(jobs.pool, { before: newest?.id ?? "" })).toEqual(older);
  const [asleep] = await listRuns(jobs.pool, { functionId: "app-asleep" });
  const detail = await findRun(jobs.pool, asleep?.id ?? "");
  expect(detail?.steps).toMatchObject([{ name: "long", op: "Sleep", status: "sleeping", wakeAt: expect.any(Date) }]);
  expect(await findRun(jobs.pool, "unknown")).toBeNull();
});

test("an idempotency key is free again after a day", async () => {
  await age(2);
  await pruneOnce(jobs.pool, defaultRetention);
  await jobs.inngest.send({ name: "t/good", data: { key: "k" } });
  await jobs.ended("good", 2);
});

test("what is over goes when its time has come, what lives stays", async () => {
  const functions = async () => (await listRuns(jobs.pool)).map((run) => run.functionId).sort();
  await age(8);
  await pruneOnce(jobs.pool, defaultRetention);
  expect(await functions()).toEqual(["app-asleep", "app-bad"]);
  await age(60);
  await pruneOnce(jobs.pool, defaultRetention);
  expect(await functions()).toEqual(["app-asleep"]);
  expect((await jobs.pool.query("select from jobs.step")).rowCount).toBe(1);
  expect((await jobs.pool.query("select from jobs.event")).rowCount).toBe(4);
  await jobs.pool.query("update jobs.event set received_at = received_at - interval '8 days'");
  expect(await pruneOnce(jobs.pool, defaultRetention)).toBe(4);
});
