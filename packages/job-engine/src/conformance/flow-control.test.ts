import { setTimeout as delay } from "node:timers/promises";
import { expect, test } from "vitest";
import { useConformanceServer } from "../testing/conformance-server";

let atOnce = 0;
let peak = 0;
const starts: number[] = [];

const server = useConformanceServer(({ inngest, own, said, functionId }) => [
  inngest.createFunction(
    { id: "limited", concurrency: [{ limit: 2, key: "event.data.key" }], triggers: [{ event: own("limited") }] },
    async ({ event, step }) => {
      await step.run("work", async () => {
        peak = Math.max(peak, ++atOnce);
        await delay(400);
        atOnce -= 1;
        said.push(`limited ${event.data.n}`);
      });
    },
  ),
  inngest.createFunction(
    { id: "rated", throttle: { limit: 2, period: "6s" }, triggers: [{ event: own("rated") }] },
    ({ event }) => {
      starts.push(Date.now());
      said.push(`rated ${event.data.n}`);
    },
  ),
  inngest.createFunction(
    { id: "debounced", debounce: { period: "2s", key: "event.data.doc" }, triggers: [{ event: own("edit") }] },
    ({ event }) => {
      said.push(`edited ${event.data.doc} ${event.data.n}`);
    },
  ),
  inngest.createFunction(
    { id: "batched", batchEvents: { maxSize: 3, timeout: "5s" }, triggers: [{ event: own("grain") }] },
    ({ events }) => {
      said.push(`batch of ${events.length}`);
    },
  ),
  inngest.createFunction(
    { id: "called-off", cancelOn: [{ event: own("stop"), match: "data.id" }], triggers: [{ event: own("begin") }] },
    async ({ event, step }) => {
      await step.run("begin", () => void said.push(`begun ${event.data.id}`));
      await step.sleep("nap", "4s");
      await step.run("end", () => void said.push(`ended ${event.data.id}`));
    },
  ),
  inngest.createFunction(
    { id: "too-long", timeouts: { finish: "2s" }, triggers: [{ event: own("too-long") }] },
    async ({ step }) => {
      await step.run("begin", () => void said.push("too long begun"));
      await step.sleep("nap", "1h");
    },
  ),
  inngest.createFunction(
    { id: "too-late", concurrency: 1, timeouts: { start: "2s" }, triggers: [{ event: own("too-late") }] },
    async ({ event, step }) => {
      await step.run("hold", async () => {
        said.push(`started ${event.data.n}`);
        await delay(6000);
      });
    },
  ),
  inngest.createFunction(
    { id: "single", singleton: { mode: "skip", key: "event.data.id" }, triggers: [{ event: own("single") }] },
    async ({ event, step }) => {
      await step.run("work", async () => {
        said.push(`single ${event.data.id}`);
        await delay(3000);
      });
    },
  ),
  ...["called-off", "too-long", "too-late"].map((id) =>
    inngest.createFunction(
      {
        id: `watch-${id}`,
        triggers: [{ event: "inngest/function.cancelled", if: `event.data.function_id == '${functionId(id)}'` }],
      },
      () => {
        said.push(`${id} was cancelled`);
      },
    ),
  ),
]);

test("no more than the limit of a key run at once, and all run", async () => {
  await Promise.all([1, 2, 3, 4, 5, 6].map((n) => server.send("limited", { key: "k", n })));
  await server.heard(/^limited/, 6);
  expect(peak).toBeLessThanOrEqual(2);
});

test("throttled runs all start, no more of them than the rate allows", async () => {
  await Promise.all([1, 2, 3, 4, 5].map((n) => server.send("rated", { n })));
  await server.heard(/^rated/, 5);
  // Two at once and one each three seconds: the fifth after nine. A server may be a second early with each.
  expect(Math.max(...starts) - Math.min(...starts)).toBeGreaterThanOrEqual(6000);
});

test("debounced events make one run of each key, with the last event", async () => {
  for (const n of [1, 2, 3]) await server.send("edit", { doc: "a", n });
  await server.send("edit", { doc: "b", n: 1 });
  await server.heard("edited a 3");
  await server.heard("edited b 1");
  expect(server.said.filter((text) => text.startsWith("edited a"))).toHaveLength(1);
});

test("a full batch runs at once, and the rest when its time is up", async () => {
  for (const n of [1, 2, 3, 4]) await server.send("grain", { n });
  await server.heard("batch of 3");
  await server.heard("batch of 1");
});

test("an event calls off the run that it matches, and no other", async () => {
  for (const id of ["one", "two"]) await server.send("begin", { id });
  await server.heard(/^begun/, 2);
  await server.send("stop", { id: "one" });
  await server.heard("called-off was cancelled");
  await server.heard("ended two");
  expect(server.said).not.toContain("ended one");
});

test("a run that takes too long to finish is cancelled", async () => {
  await server.send("too-long");
  await server.heard("too long begun");
  await server.heard("too-long was cancelled");
});

test("a run that waits too long for its start is cancelled", async () => {
  await server.send("too-late", { n: 1 });
  await server.heard("started 1");
  await server.send("too-late", { n: 2 });
  await server.heard("too-late was cancelled");
  expect(server.said).not.toContain("started 2");
});

test("a singleton skips a second run of its key", async () => {
  await server.send("single", { id: "a" });
  await server.heard("single a");
  await server.send("single", { id: "a" });
  await server.send("single", { id: "b" });
  await server.heard("single b");
  await delay(4000);
  expect(await server.heard("single a")).toBe(1);
});
