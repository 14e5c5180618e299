import { expect, test } from "vitest";
import { parseFunctions, UnsupportedFunctionError } from "./function-config";

const base = { triggers: [{ event: "t/x" }], steps: { step: {} } };

test.each([
  ["throttle", { throttle: { limit: 1, period: "1m" } }],
  ["debounce", { debounce: { period: "1m" } }],
  ["rateLimit", { rateLimit: { limit: 1, period: "1m" } }],
  ["priority", { priority: { run: "1" } }],
  ["timeouts", { timeouts: { finish: "1d" } }],
  ["something new", { "something new": {} }],
  ["jitter", { triggers: [{ cron: "* * * * *", jitter: "1m" }] }],
  ["wildcard", { triggers: [{ event: "t/*" }] }],
  ["idempotency", { batchEvents: { maxSize: 2, timeout: "1s" }, idempotency: "event.id" }],
  ["wrong", { concurrency: { limit: 1, key: "event.data." } }],
  ["limit", { concurrency: { limit: -1 } }],
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
  const [config] = parseFunctions([
    { id: "app-x", ...base, concurrency: [{ limit: 0 }, { limit: 5, scope: "env", key: '"mail"' }] },
  ]);
  expect(config).toMatchObject({ maxAttempts: 5, concurrency: [{ limit: 5, scope: "account", keyText: '"mail"' }] });
});
