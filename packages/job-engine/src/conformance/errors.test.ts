import { setTimeout as delay } from "node:timers/promises";
import { type FailureEventArgs, NonRetriableError, RetryAfterError } from "inngest";
import { expect, test } from "vitest";
import { useConformanceServer } from "../testing/conformance-server";

const server = useConformanceServer(({ inngest, own, said, functionId }) => [
  inngest.createFunction({ id: "flaky", retries: 3, triggers: [{ event: own("flaky") }] }, async ({ step }) => {
    await step.run("before", () => void said.push("flaky before"));
    let tries = 0;
    await step.run("shaky", () => {
      said.push("flaky try");
      tries = said.filter((text) => text === "flaky try").length;
      if (tries < 3) throw new RetryAfterError("not yet", "1s");
    });
    await step.run("end", () => void said.push("flaky done"));
  }),
  inngest.createFunction(
    {
      id: "hopeless",
      triggers: [{ event: own("hopeless") }],
      onFailure: ({ error, event }: FailureEventArgs) => {
        said.push(`hopeless failed: ${error.message}, ${event.data.event.data.k}, ${event.data.function_id}`);
      },
    },
    async ({ step }) =>
      step.run("x", () => {
        said.push("hopeless try");
        throw new NonRetriableError("no use");
      }),
  ),
  inngest.createFunction({ id: "outside", retries: 0, triggers: [{ event: own("outside") }] }, () => {
    throw new Error("outside of steps");
  }),
  inngest.createFunction(
    {
      id: "watch",
      triggers: [{ event: "inngest/function.failed", if: `event.data.function_id == '${functionId("outside")}'` }],
    },
    ({ event }) => {
      said.push(`watched: ${event.data.error.message}`);
    },
  ),
  inngest.createFunction({ id: "caught", retries: 0, triggers: [{ event: own("caught") }] }, async ({ step }) => {
    const text = await step
      .run("x", () => {
        throw new Error("inner");
      })
      .catch((error: Error) => `handled ${error.message}`);
    await step.run("y", () => void said.push(String(text)));
  }),
]);

test("a failing step is retried when it asks for it, and no step before it is run again", async () => {
  await server.send("flaky");
  await server.heard("flaky done");
  expect(server.said.filter((text) => text.startsWith("flaky"))).toEqual([
    "flaky before",
    "flaky try",
    "flaky try",
    "flaky try",
    "flaky done",
  ]);
});

test("NonRetriableError ends the run at once, and onFailure is given the error and the event", async () => {
  await server.send("hopeless", { k: "K" });
  await server.heard(`hopeless failed: no use, K, ${server.functionId("hopeless")}`);
  await delay(1000);
  expect(await server.heard("hopeless try")).toBe(1);
});

test("a run that failed outside of steps is announced by an event", async () => {
  await server.send("outside");
  await server.heard("watched: outside of steps");
});

test("a function may catch a step that failed for good", async () => {
  await server.send("caught");
  await server.heard("handled inner");
});
