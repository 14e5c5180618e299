import { setTimeout as delay } from "node:timers/promises";
import { findFreePort } from "@hustings/db/free-port";
import { createTestDatabase } from "@hustings/db/test-database";
import type { Inngest, InngestFunction } from "inngest";
import { serve } from "inngest/edge";
import pg from "pg";
import { afterAll, beforeAll, vi } from "vitest";
import { type JobEngine, type JobEngineOptions, startJobEngine } from "../engine";
import { findRun, listRuns, type RunDetail } from "../inspect";
import { createTestClient, eventKey, signingKey } from "./test-client";

// Generous, since other test files run beside: a wait that ends well costs nothing.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 });

/** An engine with its app on a database of its own, for one test file. Its members are there once the tests run. */
export interface TestEngine {
  engine: JobEngine;
  inngest: Inngest;
  pool: pg.Pool;
  connectionString: string;
  port: number;
  /** What the functions did, in order. */
  effects: string[];
  /** What the engine logged as a warning or an error. */
  trouble: string[];
  /** Waits until `count` runs of a function have ended, and gives them, oldest first. */
  ended(functionId: string, count?: number, timeoutMs?: number): Promise<RunDetail[]>;
}

/** Starts an engine in process for the functions that `define` makes. */
export function useTestEngine(
  define: (test: TestEngine) => InngestFunction.Any[],
  options: Partial<JobEngineOptions> = {},
): TestEngine {
  const test = { effects: [], trouble: [] } as unknown as TestEngine;
  let drop: () => Promise<void>;
  beforeAll(async () => {
    const database = await createTestDatabase();
    drop = database.drop;
    test.connectionString = database.url;
    test.pool = createTestPool(database.url);
    test.port = await findFreePort();
    test.inngest = createTestClient(test.port);
    test.ended = (functionId, count = 1, timeoutMs = 60_000) =>
      waitForEnd(test.pool, `app-${functionId}`, count, timeoutMs);
    test.engine = startJobEngine({
      connectionString: database.url,
      port: test.port,
      handler: serve({ client: test.inngest, functions: define(test) }),
      appUrl: "http://127.0.0.1/api/inngest",
      signingKey,
      eventKey,
      backoffMs: () => 50,
      logger: recordingLogger(test.trouble),
      ...options,
    });
    await test.engine.ready;
  });
  afterAll(async () => {
    await test.engine.stop();
    await test.pool.end();
    await drop();
  });
  return test;
}

/** A pool whose connections may be cut off when the database is dropped. */
export function createTestPool(connectionString: string): pg.Pool {
  const pool = new pg.Pool({ connectionString, max: 4 });
  pool.on("connect", (client) => client.on("error", () => undefined));
  pool.on("error", () => undefined);
  return pool;
}

/** A logger that keeps warnings and errors. */
export function recordingLogger(trouble: string[]) {
  const record = (fields: object, message: string) => {
    const error = "err" in fields && fields.err instanceof Error ? `: ${fields.err.message}` : "";
    trouble.push(`${message}${error}`);
  };
  return { info: () => undefined, warn: record, error: record };
}

/** Waits for something to become true. */
export async function waitUntil(condition: () => boolean | Promise<boolean>, timeoutMs = 60_000): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error(`not within ${timeoutMs} ms`);
    await delay(40);
  }
}

/** Waits until `count` runs of a function have ended. */
export async function waitForEnd(
  pool: pg.Pool,
  functionId: string,
  count: number,
  timeoutMs: number,
): Promise<RunDetail[]> {
  const list = () => listRuns(pool, { functionId, limit: 500 });
  const isOver = (run: { endedAt: Date | null }) => run.endedAt !== null;
  try {
    await waitUntil(async () => (await list()).filter(isOver).length >= count, timeoutMs);
  } catch (error) {
    throw new Error(`${functionId}: ${JSON.stringify(await list())}`, { cause: error });
  }
  const runs = await Promise.all((await list()).filter(isOver).map((run) => findRun(pool, run.id)));
  return runs.filter((run) => run !== null).reverse();
}
