import { setTimeout as delay } from "node:timers/promises";
import { expect, test } from "vitest";
import { useConformanceServer } from "../testing/conformance-server";

// Long enough for a second run that must not be there to show itself.
const settleMs = 3000;

const server = useConformanceServer(({ inngest, own, said }) => [
  inngest.createFunction({ id: "plain", triggers: [{ event: own("plain") }] }, ({ event }) => {
    said.push(`plain ${event.data.n}`);
  }),
  inngest.createFunction({ id: "picky", triggers: [{ event: own("number"), if: "event.data.n > 5" }] }, ({ event }) => {
    said.push(`picky ${event.data.n}`);
  }),
  inngest.createFunction(
    { id: "once", idempotency: "event.data.campaign", triggers: [{ event: own("once") }] },
    ({ event }) => {
      said.push(`once ${event.data.campaign}`);
    },
  ),
  inngest.createFunction({ id: "minutely", triggers: [{ cron: "TZ=Europe/Berlin * * * * *" }] }, ({ event }) => {
    said.push(`minute ${event.name} ${event.data.cron}`);
  }),
]);

test("an event with an id is taken once, however often it is sent", async () => {
  await server.send("plain", { n: 1 }, "same");
  await server.send("plain", { n: 1 }, "same");
  await server.send("plain", { n: 2 }, "other");
  await server.heard("plain 2");
  await delay(settleMs);
  expect(await server.heard("plain 1")).toBe(1);
});

test("a trigger's condition decides", async () => {
  await server.send("number", { n: 3 });
  await server.send("number", { n: 6 });
  await server.heard("picky 6");
  await delay(settleMs);
  expect(server.said).not.toContain("picky 3");
});

test("an idempotency key starts one run", async () => {
  for (const campaign of ["a", "a", "b"]) await server.send("once", { campaign });
  await server.heard("once b");
  await delay(settleMs);
  expect(await server.heard("once a")).toBe(1);
});

test("a schedule with a time zone fires at the minute", async () => {
  await server.heard("minute inngest/scheduled.timer TZ=Europe/Berlin * * * * *");
});
