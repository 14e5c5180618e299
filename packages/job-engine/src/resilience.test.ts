import { createServer as createHttpServer } from "node:http";
import { setTimeout as delay } from "node:timers/promises";
import { findFreePort } from "@hustings/db/free-port";
import { serve } from "inngest/edge";
import { createServer } from "inngest/node";
import { afterEach, expect, test } from "vitest";
import { type JobEngine, type JobEngineOptions, startJobEngine } from "./engine";
import { listRuns } from "./inspect";
import { createTestClient, eventKey, signingKey } from "./testing/test-client";
import { recordingLogger, useTestEngine, waitUntil } from "./testing/test-engine";

const jobs = useTestEngine(({ inngest, effects }) => [
  inngest.createFunction({ id: "slow", triggers: [{ event: "t/slow" }] }, async ({ event, step }) => {
    await step.run("one", async () => {
      effects.push(`one ${event.data.k}`);
      await delay(event.data.ms);
    });
    return step.run("two", () => effects.push(`two ${event.data.k}`));
  }),
  inngest.createFunction({ id: "large", triggers: [{ event: "t/large" }] }, async ({ step }) =>
    step.run("large", () => "x".repeat(5_000_000)),
  ),
  inngest.createFunction({ id: "endless", triggers: [{ event: "t/endless" }] }, async ({ step }) => {
    for (let n = 0; ; n++) await step.run(`s${n}`, () => delay(20));
  }),
  inngest.createFunction({ id: "signal", triggers: [{ event: "t/signal" }] }, async ({ step }) =>
    step.waitForSignal("signal", { signal: "x", timeout: "1m" }),
  ),
]);
const others: JobEngine[] = [];
afterEach(async () => {
  await Promise.all(others.splice(0).map((engine) => engine.stop()));
});

/** A second engine on the same database. */
function startOther(options: Partial<JobEngineOptions> & { port: number }, trouble: string[] = []): JobEngine {
  const engine = startJobEngine({
    connectionString: jobs.connectionString,
    handler: serve({ client: createTestClient(options.port), functions: [] }),
    appUrl: "http://127.0.0.1/api/inngest",
    signingKey,
    eventKey,
    backoffMs: () => 20,
    logger: recordingLogger(trouble),
    ...options,
  });
  others.push(engine);
  return engine;
}

test("a step that returns too much, a run without end and a step of another kind fail with the reason", async () => {
  await jobs.inngest.send([
    { name: "t/large", data: {} },
    { name: "t/endless", data: {} },
    { name: "t/signal", data: {} },
  ]);
  const [large] = await jobs.ended("large");
  expect(large).toMatchObject({
    status: "failed",
    error: { name: "LimitExceededError", message: expect.stringContaining('"large"') },
  });
  const [signal] = await jobs.ended("signal");
  expect(signal).toMatchObject({
    status: "failed",
    error: { name: "UnsupportedStepError", message: expect.stringContaining("WaitForSignal") },
  });
  // A thousand steps take too long for a test: the count is put forward.
  await waitUntil(
    async () =>
      (
        await jobs.pool.query(
          "update jobs.run set step_count = 990 where function_id = 'app-endless' and step_count > 0",
        )
      ).rowCount === 1,
  );
  const [endless] = await jobs.ended("endless");
  expect(endless).toMatchObject({
    status: "failed",
    error: { name: "LimitExceededError", message: expect.stringContaining("1000 steps") },
  });
});

test("the engine goes on by itself when the database comes back", async () => {
  await jobs.inngest.send({ name: "t/slow", data: { k: "cut", ms: 500 } });
  await waitUntil(() => jobs.effects.includes("one cut"));
  await jobs.pool.query(
    "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()",
  );
  const [run] = await jobs.ended("slow", 1);
  expect(run).toMatchObject({ status: "completed" });
  expect(jobs.effects.filter((effect) => effect === "two cut")).toHaveLength(1);
  await waitUntil(() => jobs.engine.isLeader());
  await jobs.inngest.send({ name: "t/slow", data: { k: "after", ms: 0 } });
  await jobs.ended("slow", 2);
  jobs.trouble.length = 0;
});

test("a leader that lost the lead without knowing cannot write any more", async () => {
  // Another process has been elected: the epoch is one further, and this one has not heard of it yet.
  await jobs.inngest.send({ name: "t/slow", data: { k: "deposed", ms: 800 } });
  await waitUntil(() => jobs.effects.includes("one deposed"));
  await jobs.pool.query("update jobs.leader set epoch = epoch + 1");
  const [run] = await listRuns(jobs.pool, { functionId: "app-slow", limit: 1 });
  await jobs.pool.query(
    "update jobs.run set dispatch = 'the other leader', dispatch_epoch = dispatch_epoch + 1 where id = $1",
    [run?.id],
  );
  await jobs.inngest.send({ name: "t/slow", data: { k: "meanwhile", ms: 0 } });
  await delay(1500);
  const steps = await jobs.pool.query("select from jobs.step where run_id = $1", [run?.id]);
  expect(steps.rowCount).toBe(0);
  expect(jobs.effects).not.toContain("two deposed");
  expect(jobs.effects).not.toContain("one meanwhile");
  // The lead is taken anew; the run was in the other leader's hands, which is gone.
  await jobs.pool.query(
    "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'job-engine leader' and datname = current_database()",
  );
  await waitUntil(() => jobs.effects.includes("two deposed") && jobs.effects.includes("two meanwhile"));
});

test("the app may be called over HTTP, and waited for until it is up", async () => {
  const port = await findFreePort();
  const appPort = await findFreePort();
  const client = createTestClient(port);
  const trouble: string[] = [];
  const engine = startOther({ port, handler: undefined, appUrl: `http://127.0.0.1:${appPort}/api/inngest` }, trouble);
  await waitUntil(() => trouble.some((entry) => entry.includes("does not answer yet")));
  const greet = client.createFunction({ id: "greet", triggers: [{ event: "t/greet" }] }, async ({ step }) =>
    step.run("hello", () => "hello"),
  );
  const app = createServer({ client, functions: [greet] });
  await new Promise<void>((resolve) => app.listen(appPort, "127.0.0.1", () => resolve()));
  await engine.ready;
  expect(engine.isLeader()).toBe(false);
  await jobs.engine.stop();
  await waitUntil(() => engine.isLeader());
  await client.send({ name: "t/greet", data: {} });
  const [run] = await jobs.ended("greet");
  expect(run).toMatchObject({ status: "completed", output: "hello" });
  await new Promise((resolve) => app.close(resolve));
});

test("an app with another signing key is not trusted with a run", async () => {
  const port = await findFreePort();
  const client = createTestClient(port);
  const other = startOther({
    port,
    signingKey: `signkey-test-${"00".repeat(32)}`,
    handler: serve({ client, functions: [] }),
  });
  // The sync is signed: the app refuses it, and the engine never becomes ready.
  await Promise.race([other.ready.then(() => expect.unreachable()), delay(2500)]);
});

test("functions that need more than there is, and a taken port, are told at start", async () => {
  const port = await findFreePort();
  const client = createTestClient(port);
  const limited = client.createFunction(
    { id: "limited", rateLimit: { limit: 1, period: "1m" }, triggers: [{ event: "t/x" }] },
    () => 1,
  );
  const refused = startOther({ port, handler: serve({ client, functions: [limited] }) });
  await expect(refused.ready).rejects.toThrow(
    "function app-limited: declares rateLimit, which this engine does not implement",
  );
  await jobs.pool.query("update jobs.leader set beat_at = now() - interval '1 minute'");
  const squatter = createHttpServer();
  await new Promise<void>((resolve) => squatter.listen(port, "127.0.0.1", () => resolve()));
  await expect(startOther({ port }).ready).rejects.toThrow(`Port ${port} is taken`);
  await new Promise((resolve) => squatter.close(resolve));
});
