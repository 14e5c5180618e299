import { afterAll, expect, test } from "vitest";
import { toBearer, toCanonicalJson } from "./protocol";
import { createTestClient, eventKey, signingKey } from "./testing/test-client";
import { useTestEngine, waitUntil } from "./testing/test-engine";

const jobs = useTestEngine(({ inngest, effects }) => [
  inngest.createFunction({ id: "child", triggers: [{ event: "t/child" }] }, async ({ event, step }) =>
    step.run("work", () => effects.push(`child ${event.data.n}`)),
  ),
  inngest.createFunction({ id: "fan", triggers: [{ event: "t/fan" }] }, async ({ step }) => {
    const events = Array.from({ length: 1000 }, (_, n) => ({ id: `fan-${n}`, name: "t/grain", data: { n } }));
    await step.sendEvent("spread", events);
  }),
  inngest.createFunction(
    { id: "grain", triggers: [{ event: "t/grain" }], cancelOn: [{ event: "t/enough" }] },
    ({ event }) => effects.push(`grain ${event.data.n}`),
  ),
  inngest.createFunction(
    { id: "big", triggers: [{ event: "t/number", if: "event.data.n > 5" }, { event: "t/other" }] },
    ({ event }) => event.name,
  ),
  inngest.createFunction(
    { id: "once", idempotency: "event.data.campaign", triggers: [{ event: "t/once" }] },
    () => "done",
  ),
]);

const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
  fetch(`http://127.0.0.1:${jobs.port}${path}`, {
    method: "POST",
    body: typeof body === "string" ? body : JSON.stringify(body),
    headers: { "content-type": "application/json", ...headers },
  });

test("an event with an id is taken once, however often it is sent", async () => {
  const event = { id: "same", name: "t/child", data: { n: -1 } };
  const first = await jobs.inngest.send(event);
  const again = await jobs.inngest.send([event, event]);
  expect(again.ids).toEqual([first.ids[0], first.ids[0]]);
  await jobs.ended("child");
  const { rowCount } = await jobs.pool.query("select from jobs.run");
  expect(rowCount).toBe(1);
});

test("a resent request without ids is taken once by its seed", async () => {
  const seed = { "x-inngest-event-id-seed": "1700000000000,AAAAAAAAAAAAAA==" };
  for (let send = 0; send < 2; send++) {
    const response = await post(`/e/${eventKey}`, [{ name: "t/other", data: {} }], seed);
    expect(response.status).toBe(200);
  }
  await jobs.ended("big");
  expect((await jobs.pool.query("select from jobs.run where function_id = 'app-big'")).rowCount).toBe(1);
});

test("a trigger's condition decides", async () => {
  await jobs.inngest.send([3, 6].map((n) => ({ name: "t/number", data: { n } })));
  const runs = await jobs.ended("big", 2);
  expect(runs.map((run) => run.eventName)).toEqual(["t/other", "t/number"]);
});

test("an idempotency key starts one run", async () => {
  await jobs.inngest.send([1, 1, 2].map((campaign) => ({ name: "t/once", data: { campaign } })));
  await jobs.inngest.send({ name: "t/once", data: { campaign: 2 } });
  await jobs.ended("once", 2);
  expect((await jobs.pool.query("select from jobs.run where function_id = 'app-once'")).rowCount).toBe(2);
});

test("a thousand events are taken in at once, each starts one run, and one event calls off the rest", async () => {
  const start = Date.now();
  await jobs.inngest.send({ name: "t/fan", data: {} });
  const count = async (condition: string) =>
    (await jobs.pool.query(`select from jobs.run where function_id = 'app-grain' and ${condition}`)).rowCount;
  await waitUntil(async () => (await count("true")) === 1000);
  const takenInMs = Date.now() - start;
  await waitUntil(async () => ((await count("status = 'completed'")) ?? 0) >= 100);
  await jobs.inngest.send({ name: "t/enough", data: {} });
  await waitUntil(async () => (await count("status in ('completed', 'cancelled')")) === 1000);
  const grains = jobs.effects.filter((effect) => effect.startsWith("grain"));
  expect(new Set(grains).size).toBe(grains.length);
  expect(grains.length).toBeGreaterThanOrEqual((await count("status = 'completed'")) ?? 0);
  expect(takenInMs).toBeLessThan(10_000);
});

test.each([
  ["no JSON", "{"],
  ["no object", [1]],
  ["no name", { data: {} }],
  ["a NUL in the name", { name: "a\0b", data: {} }],
  ["data that is no object", { name: "t/child", data: [1] }],
  ["a reserved name", { name: "inngest/function.failed", data: {} }],
  ["an id that is no text", { name: "t/child", id: 7 }],
  ["too many", Array.from({ length: 5001 }, () => ({ name: "t/child" }))],
  ["too large", { name: "t/child", data: { text: "x".repeat(300_000) } }],
])("events with %s are refused whole", async (_, body) => {
  const response = await post(`/e/${eventKey}`, body);
  expect(response.status).toBe(400);
  expect(await response.json()).toMatchObject({ status: 400, error: expect.any(String) });
});

test("every call needs its key", async () => {
  expect((await post("/e/wrong", { name: "t/child" })).status).toBe(401);
  const bearer = `Bearer ${toBearer(signingKey)}`;
  for (const path of ["/v1/checkpoint/some-run/async", "/fn/register"]) {
    expect((await post(path, {})).status).toBe(401);
    expect((await post(path, {}, { authorization: "Bearer signkey-test-0000" })).status).toBe(401);
  }
  expect(
    (await post("/v1/checkpoint/some-run/async", { qi_id: "0:0:0", steps: [] }, { authorization: bearer })).status,
  ).toBe(409);
  expect((await post("/v1/checkpoint/some-run/async", {}, { authorization: bearer })).status).toBe(400);
  expect((await post("/fn/register", {}, { authorization: bearer })).status).toBe(200);
  expect((await post("/v1/signals", {}, { authorization: bearer })).status).toBe(404);
  expect((await fetch(`http://127.0.0.1:${jobs.port}/e/${eventKey}`)).status).toBe(405);
});

test("a client with the wrong event key is told so", async () => {
  const client = createTestClient(jobs.port, "wrong");
  await expect(client.send({ name: "t/child", data: {} })).rejects.toThrow();
});

test("JSON is signed in its canonical form", () => {
  expect(toCanonicalJson({ b: [1, { z: null, y: "é" }], a: 1e21, undefined: undefined })).toBe(
    '{"a":1e+21,"b":[1,{"y":"é","z":null}]}',
  );
});

afterAll(() => {
  expect(jobs.trouble).toEqual([]);
});
