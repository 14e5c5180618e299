import { setTimeout as delay } from "node:timers/promises";
import { expect, test } from "vitest";
import { useTestEngine } from "./testing/test-engine";

const jobs = useTestEngine(({ inngest }) => [
  inngest.createFunction(
    {
      id: "batched",
      batchEvents: { maxSize: 5, timeout: "3s", key: "event.data.team" },
      triggers: [{ event: "t/batched" }],
    },
    ({ events, event }) => ({
      team: event.data.team,
      numbers: events.map((entry: { data: { n: number } }) => entry.data.n),
    }),
  ),
  inngest.createFunction(
    {
      id: "picky",
      batchEvents: { maxSize: 10, timeout: "1s", if: "event.data.patient == true" },
      triggers: [{ event: "t/picky" }],
    },
    ({ events }) => events.length,
  ),
]);
const send = (team: string, from: number, to: number) =>
  jobs.inngest.send(
    Array.from({ length: to - from }, (_, index) => ({ name: "t/batched", data: { team, n: from + index } })),
  );

test("full batches start at once, by key and in order; the rest when its time is up", async () => {
  const start = Date.now();
  await Promise.all([send("a", 0, 12), send("b", 0, 3)]);
  const full = await jobs.ended("batched", 2);
  expect(full.map((run) => run.output)).toEqual([
    { team: "a", numbers: [0, 1, 2, 3, 4] },
    { team: "a", numbers: [5, 6, 7, 8, 9] },
  ]);
  // They were started by the very event that filled them.
  expect((full[1]?.createdAt.getTime() ?? 0) - start).toBeLessThan(2900);
  const all = await jobs.ended("batched", 4);
  expect(Date.now() - start).toBeGreaterThanOrEqual(3000);
  expect(all.slice(2).map((run) => run.output)).toEqual(
    expect.arrayContaining([
      { team: "a", numbers: [10, 11] },
      { team: "b", numbers: [0, 1, 2] },
    ]),
  );
  expect((await jobs.pool.query("select from jobs.batch union all select from jobs.batch_event")).rowCount).toBe(0);
});

test("the time runs from the first event", async () => {
  const start = Date.now();
  for (let n = 0; n < 4; n++) {
    await send("c", n, n + 1);
    await delay(600);
  }
  const runs = await jobs.ended("batched", 5);
  expect(runs[4]?.output).toEqual({ team: "c", numbers: [0, 1, 2, 3] });
  expect(Date.now() - start).toBeLessThan(20_000);
});

test("concurrent senders lose no event", async () => {
  await Promise.all(Array.from({ length: 10 }, (_, n) => send("d", n * 10, n * 10 + 10)));
  const runs = await jobs.ended("batched", 25);
  const numbers = runs
    .map((run) => run.output as { team: string; numbers: number[] })
    .filter((output) => output.team === "d")
    .flatMap((output) => output.numbers);
  expect(numbers.sort((a, b) => a - b)).toEqual(Array.from({ length: 100 }, (_, n) => n));
});

test("events that do not meet the condition run by themselves at once", async () => {
  await jobs.inngest.send([true, true, false].map((patient) => ({ name: "t/picky", data: { patient } })));
  const runs = await jobs.ended("picky", 2);
  expect(runs.map((run) => run.output)).toEqual([1, 2]);
  expect(jobs.trouble).toEqual([]);
});

test("batches of functions that are not served any more hold up nobody", async () => {
  await jobs.pool.query(
    `insert into jobs.batch (function_id, key, due_at) select 'app-gone', n::text, now() - interval '1 day' from generate_series(1, 600) n`,
  );
  await send("e", 0, 2);
  await jobs.pool.query("update jobs.batch set due_at = now() where key = 'e'");
  const runs = await jobs.ended("batched", 26);
  expect(runs.at(-1)?.output).toEqual({ team: "e", numbers: [0, 1] });
});
