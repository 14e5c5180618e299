import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { findFreePort } from "@hustings/db/free-port";
import { createTestDatabase, type TestDatabase } from "@hustings/db/test-database";
import type pg from "pg";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { getEngineHealth } from "./figures";
import { createTestClient } from "./testing/test-client";
import { createTestPool, waitForEnd, waitUntil } from "./testing/test-engine";

vi.setConfig({ testTimeout: 240_000, hookTimeout: 60_000 });

const PACKAGE = fileURLToPath(new URL("..", import.meta.url));
const BUNDLER = fileURLToPath(new URL("../../../tooling/build/bundle.mjs", import.meta.url));
/** Bundled once: compiling on the way would take most of each start. */
const program = `dist/engine-process-${process.pid}.js`;
const folder = mkdtempSync(join(tmpdir(), "job-engine-"));
const effectsFile = join(folder, "effects.log");
const alive = new Set<ChildProcess>();
let database: TestDatabase;
let pool: pg.Pool;
let port: number;

beforeAll(async () => {
  execFileSync(process.execPath, [BUNDLER, "src/testing/engine-process.ts", program], { cwd: PACKAGE });
  database = await createTestDatabase();
  pool = createTestPool(database.url);
  port = await findFreePort();
  writeFileSync(effectsFile, "");
});
afterEach(async () => {
  await Promise.all([...alive].map((child) => kill(child)));
});
afterAll(async () => {
  await pool.end();
  await database.drop();
  rmSync(folder, { recursive: true });
  for (const file of [program, `${program}.map`]) rmSync(join(PACKAGE, file));
});

/** Starts an engine process and waits until it is ready; gives the process and what it became. */
async function startProcess(enginePort = port): Promise<{ child: ChildProcess; role: string }> {
  const child = spawn(process.execPath, [program, database.url, String(enginePort), effectsFile], {
    cwd: PACKAGE,
    stdio: ["ignore", "pipe", "pipe"],
  });
  alive.add(child);
  let output = "";
  child.stdout?.on("data", (data) => (output += data));
  child.stderr?.on("data", (data) => (output += data));
  await waitUntil(() => {
    if (child.exitCode !== null) throw new Error(output);
    return output.includes("ready as");
  }, 60_000);
  return { child, role: /ready as (\S+)/.exec(output)?.[1] ?? "" };
}

async function kill(child: ChildProcess, signal: NodeJS.Signals = "SIGKILL"): Promise<void> {
  alive.delete(child);
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = new Promise((resolve) => child.once("exit", resolve));
  child.kill(signal);
  await exited;
}

const effects = () => readFileSync(effectsFile, "utf8").split("\n").filter(Boolean);
const count = (effect: string) => effects().filter((entry) => entry === effect).length;
const send = (events: Parameters<ReturnType<typeof createTestClient>["send"]>[0]) =>
  createTestClient(port).send(events);

test("after kill -9 only the step under way is run again", async () => {
  const first = await startProcess();
  await send({ name: "t/stuck", data: { run: "K", ms: 3000 } });
  await waitUntil(() => count("K second begins") === 1);
  await kill(first.child);
  await startProcess();
  const [run] = await waitForEnd(pool, "app-stuck", 1, 90_000);
  expect(run?.status).toBe("completed");
  expect(effects().filter((entry) => entry.startsWith("K "))).toEqual([
    "K first",
    "K second begins",
    "K second begins",
    "K second ends",
  ]);
});

test("many kills lose no run and repeat only steps under way", async () => {
  writeFileSync(effectsFile, "");
  let { child } = await startProcess();
  const runs = 12;
  await send([
    ...Array.from({ length: runs }, (_, n) => ({ id: `chain-${n}`, name: "t/chain", data: { run: `r${n}` } })),
    ...Array.from({ length: 40 }, (_, n) => ({ id: `limited-${n}`, name: "t/limited", data: { n } })),
  ]);
  const kills = 6;
  for (let n = 0; n < kills; n++) {
    await delay(150 + Math.random() * 500);
    await kill(child);
    child = (await startProcess()).child;
  }
  const chains = await waitForEnd(pool, "app-chain", runs, 90_000);
  const limited = await waitForEnd(pool, "app-limited", 40, 90_000);
  expect([...chains, ...limited].every((run) => run.status === "completed")).toBe(true);
  const steps = effects().filter((entry) => entry.startsWith("r"));
  expect(new Set(steps).size).toBe(runs * 11);
  // Ten calls at a time: a kill repeats ten steps at most.
  expect(steps.length - runs * 11).toBeLessThanOrEqual(kills * 10);
  expect(countPeak(effects().filter((entry) => entry.startsWith("limited")))).toBeLessThanOrEqual(2 + kills * 2);
  await waitUntil(
    async () => (await pool.query("select from jobs.work union all select from jobs.lane")).rowCount === 0,
  );
  const locked = await pool.query("select from jobs_queue._private_jobs where locked_by is not null");
  expect(locked.rowCount).toBe(0);
});

/** How many of the limited steps were under way at once; a killed one begins without an end. */
function countPeak(entries: string[]): number {
  let now = 0;
  let peak = 0;
  for (const entry of entries) {
    now += entry.endsWith("begin") ? 1 : -1;
    peak = Math.max(peak, now);
  }
  return peak;
}

test("a second process stands by and takes over within ten seconds", async () => {
  writeFileSync(effectsFile, "");
  const leader = await startProcess();
  expect(leader.role).toBe("leader");
  const otherPort = await findFreePort();
  const [samePort, other] = await Promise.all([startProcess(port), startProcess(otherPort)]);
  expect([samePort.role, other.role]).toEqual(["stand-by", "stand-by"]);
  // One that stands by on a port of its own takes events in, and leaves the work to the leader.
  await createTestClient(otherPort).send({ name: "t/stuck", data: { run: "S", ms: 4000 } });
  await waitUntil(() => count("S second begins") === 1);
  expect((await getEngineHealth(pool)).leader.instance).toContain(`:${leader.child.pid}`);
  const killedAt = Date.now();
  await kill(leader.child);
  await waitUntil(async () => !(await getEngineHealth(pool)).leader.instance?.endsWith(`:${leader.child.pid}`), 10_000);
  await waitUntil(() => count("S second begins") === 2, 10_000);
  expect(Date.now() - killedAt).toBeLessThan(10_000);
  const runs = await waitForEnd(pool, "app-stuck", 2, 90_000);
  expect(runs[1]?.status).toBe("completed");
  expect(count("S first")).toBe(1);
});

test("a stop lets the step under way end, and hands the run on", async () => {
  writeFileSync(effectsFile, "");
  const first = await startProcess();
  await send({ name: "t/stuck", data: { run: "D", ms: 1500 } });
  await waitUntil(() => count("D second begins") === 1);
  await kill(first.child, "SIGTERM");
  expect(first.child.exitCode).toBe(0);
  const own = () => effects().filter((entry) => entry.startsWith("D "));
  expect(own()).toEqual(["D first", "D second begins", "D second ends"]);
  const third = await startProcess();
  const runs = await waitForEnd(pool, "app-stuck", 3, 90_000);
  expect(runs[2]).toMatchObject({ status: "completed", output: third.child.pid });
  expect(own()).toHaveLength(3);
});
