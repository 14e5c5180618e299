import { afterAll, expect, test } from "vitest";
import type { EngineContext } from "./context";
import { fireDueSchedules, nextTick, syncSchedules } from "./cron";
import { parseFunctions } from "./function-config";
import { createRegistry } from "./registry";
import { useTestEngine, waitUntil } from "./testing/test-engine";

const jobs = useTestEngine(({ inngest, effects }) => [
  inngest.createFunction({ id: "tick", triggers: [{ cron: "*/2 * * * * *" }] }, ({ event }) => {
    effects.push(`tick ${event.ts}`);
    return event.name;
  }),
]);

test("a schedule fires at each tick, once", async () => {
  await waitUntil(() => jobs.effects.length >= 3);
  const ticks = jobs.effects.map((effect) => Number(effect.split(" ")[1]));
  expect(new Set(ticks).size).toBe(ticks.length);
  expect(ticks.every((tick) => tick % 2000 === 0)).toBe(true);
  expect(ticks).toEqual(ticks.toSorted((a, b) => a - b));
  const [run] = await jobs.ended("tick");
  expect(run?.output).toBe("inngest/scheduled.timer");
});

test("a schedule's time zone holds over the change of clocks", () => {
  const nine = "TZ=Europe/Berlin 0 9 * * *";
  expect(nextTick(nine, new Date("2026-03-28T12:00:00Z"))?.toISOString()).toBe("2026-03-29T07:00:00.000Z");
  expect(nextTick(nine, new Date("2026-03-27T12:00:00Z"))?.toISOString()).toBe("2026-03-28T08:00:00.000Z");
  expect(nextTick("0 9 * * *", new Date("2026-03-27T12:00:00Z"))?.toISOString()).toBe("2026-03-28T09:00:00.000Z");
});

test("a time that the change of clocks skips comes right after it, and one that it repeats comes once", () => {
  const halfPastTwo = "TZ=Europe/Berlin 30 2 * * *";
  const ticks = (from: string) => {
    const first = nextTick(halfPastTwo, new Date(from));
    return [first, first && nextTick(halfPastTwo, first)].map((tick) => tick?.toISOString());
  };
  expect(ticks("2026-03-28T12:00:00Z")).toEqual(["2026-03-29T01:00:00.000Z", "2026-03-30T00:30:00.000Z"]);
  expect(ticks("2026-10-24T12:00:00Z")).toEqual(["2026-10-25T00:30:00.000Z", "2026-10-26T01:30:00.000Z"]);
});

test("missed ticks are made up for by one run, none fires twice, also when the clock goes back, and what is not declared any more goes", async () => {
  // A second clock beside the running engine, in its own time.
  const engine = {
    pool: jobs.pool,
    functions: createRegistry(
      parseFunctions([
        { id: "app-daily", triggers: [{ cron: "0 6 * * *" }] },
        { id: "app-tick", triggers: [{ cron: "*/2 * * * * *" }] },
      ]),
    ),
  } as unknown as EngineContext;
  const count = async () => (await jobs.pool.query("select from jobs.run where function_id = 'app-daily'")).rowCount;
  // The engine's own clock does not know this function and leaves it alone.
  await syncSchedules(engine, new Date("2026-01-01T00:00:00Z"));
  await fireDueSchedules(engine, new Date("2026-01-01T05:59:59Z"));
  expect(await count()).toBe(0);
  await Promise.all([1, 2, 3].map(() => fireDueSchedules(engine, new Date("2026-01-01T06:00:00Z"))));
  expect(await count()).toBe(1);
  await syncSchedules(engine, new Date("2026-01-04T09:00:00Z"));
  await fireDueSchedules(engine, new Date("2026-01-04T09:00:00Z"));
  expect(await count()).toBe(2);
  const { rows } = await jobs.pool.query("select next_at from jobs.cron where function_id = 'app-daily'");
  expect(rows[0].next_at.toISOString()).toBe("2026-01-05T06:00:00.000Z");
  // The clock was ahead: it is set right, and the next morning comes, but none twice.
  await fireDueSchedules(engine, new Date("2026-01-03T05:00:00Z"));
  await fireDueSchedules(engine, new Date("2026-01-03T06:00:00Z"));
  await fireDueSchedules(engine, new Date("2026-01-03T05:59:59Z"));
  await fireDueSchedules(engine, new Date("2026-01-03T06:00:01Z"));
  expect(await count()).toBe(3);
  await syncSchedules({ ...engine, functions: createRegistry([]) });
  expect((await jobs.pool.query("select from jobs.cron")).rowCount).toBe(0);
});

afterAll(() => {
  expect(jobs.trouble).toEqual([]);
});
