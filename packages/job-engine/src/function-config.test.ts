import { expect, test } from "vitest";
import { parseFunctions, UnsupportedFunctionError } from "./function-config";

const base = { triggers: [{ event: "t/x" }], steps: { step: {} } };

test.each([
  ["rateLimit", { rateLimit: { limit: 1, period: "1m" } }],
  ["priority", { priority: { run: "1" } }],
  ["something new", { "something new": {} }],
  ["jitter", { triggers: [{ cron: "* * * * *", jitter: "1m" }] }],
  ["wildcard", { triggers: [{ event: "t/*" }] }],
  ["idempotency", { batchEvents: { maxSize: 2, timeout: "1s" }, idempotency: "event.id" }],
  ["wrong", { concurrency: { limit: 1, key: "event.data." } }],
  ["limit", { concurrency: { limit: -1 } }],
  ["concurrency.scope", { concurrency: { limit: 1, scope: "region" } }],
  ["concurrency.weight", { concurrency: [{ limit: 1, weight: 2 }] }],
  ["throttle.mode", { throttle: { limit: 1, period: "1m", mode: "drop" } }],
  ["singleton.mode", { singleton: { mode: "queue" } }],
  ["cancelOn.after", { cancel: [{ event: "t/y", after: "1m" }] }],
  ["trigger.filter", { triggers: [{ event: "t/x", filter: "true" }] }],
  ["throttle.limit", { throttle: { limit: 0, period: "1m" } }],
  ["throttle.period", { throttle: { limit: 1, period: "500ms" } }],
  ["throttle.burst", { throttle: { limit: 1, period: "1m", burst: -1 } }],
  ["soon", { debounce: { period: "soon" } }],
  ["debounce.period", { debounce: {} }],
  ["timeouts.finish", { timeouts: { finish: "0s" } }],
  ["batchEvents together with debounce", { batchEvents: { maxSize: 2, timeout: "1s" }, debounce: { period: "1s" } }],
  ["batchEvents together with singleton", { batchEvents: { maxSize: 2, timeout: "1s" }, singleton: { mode: "skip" } }],
  ["CronPattern", { triggers: [{ cron: "61 * * * *" }] }],
  ["Mars", { triggers: [{ cron: "TZ=Mars/Olympus * * * * *" }] }],
])("a function that asks for %s is refused by name", (what, options) => {
  const parse = () =>
    parseFunctions([
      { id: "app-good", ...base },
      { id: "app-odd", ...base, ...options },
    ]);
  expect(parse).toThrow(UnsupportedFunctionError);
  expect(parse).toThrow(/function app-odd: /);
  expect(parse).toThrow(what);
});

test("two functions of one id are refused", () => {
  expect(() =>
    parseFunctions([
      { id: "app-x", ...base },
      { id: "app-x", ...base },
    ]),
  ).toThrow("declared twice");
});

test("what is declared is read, with Inngest's defaults", () => {
  const [config, plain] = parseFunctions([
    {
      id: "app-x",
      ...base,
      concurrency: [{ limit: 0 }, { limit: 5, scope: "env", key: '"mail"' }],
      throttle: { limit: 4, period: "1m", burst: 2 },
      debounce: { period: "1m", timeout: "1h" },
      timeouts: { start: "10s" },
    },
    { id: "app-y", ...base },
  ]);
  expect(config).toMatchObject({
    maxAttempts: 5,
    concurrency: [{ limit: 5, scope: "account", keyText: '"mail"' }],
    throttle: { emissionMs: 15_000, capacity: 6, key: null },
    debounce: { periodMs: 60_000, timeoutMs: 3_600_000, key: null },
    timeouts: { startMs: 10_000, finishMs: null },
  });
  expect(plain).toMatchObject({
    throttle: null,
    debounce: null,
    batch: null,
    singleton: null,
    timeouts: { startMs: null, finishMs: null },
  });
});
