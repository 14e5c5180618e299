import { expect, test } from "vitest";
import { useTestEngine, waitUntil } from "./testing/test-engine";

const jobs = useTestEngine(({ inngest }) => [
  inngest.createFunction(
    {
      id: "index",
      idempotency: "event.data.once",
      debounce: { period: "1h", timeout: "3h", key: "event.data.doc" },
      triggers: [{ event: "t/index" }],
    },
    ({ event }) => `${event.data.doc} ${event.data.n}`,
  ),
  inngest.createFunction(
    { id: "quick", debounce: { period: "1s" }, triggers: [{ event: "t/quick" }] },
    ({ event, events }) => [event.data.n, events.length],
  ),
]);
const send = (doc: string, n: number, more: { ts?: number; once?: string } = {}) =>
  jobs.inngest.send({ name: "t/index", data: { doc, n, once: more.once }, ts: more.ts });
const held = async (doc: string) =>
  (
    await jobs.pool.query(
      `select due_at, latest_at, event->'data'->>'n' as n, due_at - now() between interval '50 minutes' and interval '60 minutes' as is_whole
         from jobs.debounce where key = $1`,
      [doc],
    )
  ).rows[0];
const makeDue = (doc: string) => jobs.pool.query("update jobs.debounce set due_at = now() where key = $1", [doc]);

test("by the clock, many events make one run, with the last of them", async () => {
  await jobs.inngest.send([1, 2].map((n) => ({ name: "t/quick", data: { n } })));
  await jobs.inngest.send({ name: "t/quick", data: { n: 3 } });
  const [run] = await jobs.ended("quick");
  expect(run?.output).toEqual([3, 1]);
  await jobs.inngest.send({ name: "t/quick", data: { n: 4 } });
  const runs = await jobs.ended("quick", 2);
  expect(runs[1]?.output).toEqual([4, 1]);
});

test("each event puts its key off for the period, no longer than the time-out, and no other key", async () => {
  await send("a", 1);
  await send("b", 1);
  expect(await held("a")).toMatchObject({ n: "1", is_whole: true });
  await jobs.pool.query("update jobs.debounce set due_at = due_at - interval '40 minutes' where key = 'a'");
  await send("a", 2);
  expect(await held("a")).toMatchObject({ n: "2", is_whole: true });
  await jobs.pool.query("update jobs.debounce set latest_at = latest_at - interval '150 minutes' where key = 'a'");
  await send("a", 3);
  const last = await held("a");
  expect(last).toMatchObject({ n: "3", is_whole: false });
  expect(last.due_at).toEqual(last.latest_at);
  await makeDue("a");
  const [run] = await jobs.ended("index");
  expect(run?.output).toBe("a 3");
  expect(await held("a")).toBeUndefined();
  expect(await held("b")).toMatchObject({ n: "1" });
});

test("an event that is older than the one held changes nothing", async () => {
  const now = Date.now();
  await send("c", 2, { ts: now });
  await jobs.pool.query("update jobs.debounce set due_at = due_at - interval '40 minutes' where key = 'c'");
  await send("c", 1, { ts: now - 1000 });
  expect(await held("c")).toMatchObject({ n: "2", is_whole: false });
});

test("concurrent senders leave one run", async () => {
  await Promise.all(Array.from({ length: 10 }, (_, n) => send("d", n)));
  await makeDue("d");
  await jobs.ended("index", 2);
  const { rows } = await jobs.pool.query(
    "select events->0->'data'->>'doc' as doc from jobs.run where function_id = 'app-index'",
  );
  expect(rows.filter((row) => row.doc === "d")).toHaveLength(1);
});

test("idempotency holds for the event that is left", async () => {
  for (const n of [1, 2]) {
    await send("e", n, { once: "only" });
    await makeDue("e");
    await waitUntil(async () => (await held("e")) === undefined);
  }
  const { rows } = await jobs.pool.query("select from jobs.run where idempotency_key = 'key:only'");
  expect(rows).toHaveLength(1);
  expect(jobs.trouble).toEqual([]);
});
