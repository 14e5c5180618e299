import { randomBytes } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import { findFreePort } from "@hustings/db/free-port";
import { type JobEngine, startJobEngine } from "@hustings/job-engine/engine";
import { Logger, makeWorkerUtils, run as runWorker } from "graphile-worker";
import { Inngest, type InngestFunction } from "inngest";
import { serve } from "inngest/edge";
import pg from "pg";
import type { Installation } from "./installation";
import { interleave, type Side } from "./measure";
import { perSecond, type Row } from "./report";

const ROUNDS = 3;
/** Steps of one round, and as many jobs: fewer where the whole run is a small one. */
const MAX_STEPS = 500;
const CONTACTS_PER_STEP = 100;
const STEPS_PER_RUN = 10;
/** Calls at a time, as the engine has it unless told otherwise. */
const CONCURRENCY = 10;
const LOOK_MS = 2;

/**
 * What the engine costs above the queue that it stands on: steps that do nothing against jobs that do nothing, each on
 * a database of its own. A run of one step is what a campaign's batch is.
 */
export async function measureEngine({ createEmptyDatabase, large }: Installation): Promise<Row[]> {
  const steps = Math.min(MAX_STEPS, Math.ceil(large.contacts / CONTACTS_PER_STEP));
  const bare = await openQueue(await createEmptyDatabase("bare_queue"));
  const engine = await openEngine(await createEmptyDatabase("engine"));
  try {
    const times = await interleave(ROUNDS, {
      long: engine.runs("long", Math.ceil(steps / STEPS_PER_RUN)),
      short: engine.runs("short", steps),
      jobs: bare.jobs(steps),
    });
    const toRow = (measure: string, time: number, unit: string, atLeast: number): Row => ({
      number: "13",
      measure,
      measured: perSecond(steps, time, unit),
      limit: `${perSecond(steps, times.jobs, "jobs")}: graphile-worker alone`,
      ratio: times.jobs / time,
      target: { atLeast },
    });
    return [
      toRow(`Engine: steps that do nothing, ${STEPS_PER_RUN} in a run`, times.long, "steps", 0.5),
      toRow("Engine: runs of one step", times.short, "runs", 0.25),
    ];
  } finally {
    await engine.close();
    await bare.close();
  }
}

/** graphile-worker with jobs that do nothing; adding them is not timed. */
async function openQueue(
  connectionString: string,
): Promise<{ jobs: (count: number) => Side; close: () => Promise<void> }> {
  const pool = new pg.Pool({ connectionString, max: CONCURRENCY + 6 });
  pool.on("error", () => undefined);
  pool.on("connect", (client) => client.on("error", () => undefined));
  const logger = new Logger(() => () => undefined);
  const utils = await makeWorkerUtils({ pgPool: pool, logger });
  await utils.migrate();
  let left = 0;
  const runner = await runWorker({
    pgPool: pool,
    logger,
    concurrency: CONCURRENCY,
    noHandleSignals: true,
    taskList: {
      nothing: async () => {
        left -= 1;
      },
    },
  });
  const isEmpty = async () =>
    left <= 0 && (await pool.query("select 1 from graphile_worker._private_jobs limit 1")).rowCount === 0;
  return {
    jobs: (count) => async () => {
      const specs = Array.from({ length: count }, () => ({ identifier: "nothing", payload: {} }));
      return async () => {
        left = count;
        await utils.addJobs(specs);
        while (!(await isEmpty())) await delay(LOOK_MS);
      };
    },
    close: async () => {
      await runner.stop();
      await utils.release();
      await pool.end();
    },
  };
}

type RunningEngine = { runs: (name: "long" | "short", count: number) => Side; close: () => Promise<void> };

/** The engine with its app in process, as the worker has it. */
async function openEngine(connectionString: string): Promise<RunningEngine> {
  const port = await findFreePort();
  const [signingKey, eventKey] = [`signkey-bench-${randomBytes(32).toString("hex")}`, "bench"];
  const silent = () => undefined;
  const logger = { debug: silent, info: silent, warn: silent, error: silent };
  const client = new Inngest({
    ...{ id: "bench", isDev: false, baseUrl: `http://127.0.0.1:${port}` },
    ...{ signingKey, eventKey, logger },
  });
  const engine: JobEngine = startJobEngine({
    ...{ connectionString, port, signingKey, eventKey, logger, concurrency: CONCURRENCY },
    appUrl: `http://127.0.0.1:${port}/api/inngest`,
    handler: serve({
      client,
      functions: [makeFunction(client, "long", STEPS_PER_RUN), makeFunction(client, "short", 1)],
    }),
  });
  await engine.ready;
  const pool = new pg.Pool({ connectionString, max: 1 });
  const isIdle = async () =>
    (await pool.query("select 1 from jobs.run where status in ('queued', 'running') limit 1")).rowCount === 0;
  return {
    runs: (name, count) => async () => {
      const events = Array.from({ length: count }, () => ({ name: `bench/${name}`, data: {} }));
      return async () => {
        await client.send(events);
        while (!(await isIdle())) await delay(LOOK_MS);
      };
    },
    close: async () => {
      await pool.end();
      await engine.stop();
    },
  };
}

function makeFunction(client: Inngest, name: string, steps: number): InngestFunction.Any {
  return client.createFunction({ id: name, triggers: [{ event: `bench/${name}` }] }, async ({ step }) => {
    for (let index = 0; index < steps; index++) await step.run(`step-${index}`, () => index);
  });
}
