import { hostname } from "node:os";
import { startJobEngine } from "@hustings/job-engine/engine";
import { inngest } from "@hustings/jobs/client";
import { composeJobs, jobContext } from "@hustings/jobs/context";
import { type JobsEnv, readJobsEnv } from "@hustings/jobs/env";
import { functions } from "@hustings/jobs/functions";
import { startOutbox } from "@hustings/jobs/outbox";
import { env as logEnv } from "@hustings/logger/env";
import { createLogger } from "@hustings/logger/logger";
import { readScriptEnv } from "@hustings/script-runner/env";
import { createScriptRunner } from "@hustings/script-runner/runner";
import { type ScriptService, toService } from "@hustings/script-runner/service";
import { serve } from "inngest/edge";
import { createServer } from "inngest/node";
import { startHeartbeat } from "./heartbeat";
import { createScriptsPort } from "./scripts/scripts-port";

type Stoppable = { stop: () => Promise<void> };

const logger = createLogger({ name: "worker", level: logEnv.LOG_LEVEL, pretty: logEnv.LOG_FORMAT === "pretty" });

start().catch((error: unknown) => {
  logger.fatal({ err: error }, error instanceof Error ? error.message : "the worker could not start");
  process.exit(1);
});

/** Runs the jobs, and sends the events that ask for them. */
async function start(): Promise<void> {
  const env = readJobsEnv();
  const scriptSettings = readScriptEnv();
  if (scriptSettings.concurrency >= env.WORKER_CONCURRENCY)
    logger.warn("SCRIPT_CONCURRENCY is not below WORKER_CONCURRENCY: scripts can keep mail and imports waiting");
  const scripts = createScriptRunner(scriptSettings);
  const database = composeJobs(env, logger, createScriptsPort(scripts, jobContext));
  const engine = env.JOBS_ENGINE === "embedded" ? await startEmbedded(env) : await startEndpoint(env);
  const outbox = startOutbox(env.DIRECT_DATABASE_URL ?? env.DATABASE_URL, database.pool, logger);
  const heartbeat = startHeartbeat(database.pool, `${hostname()}:${process.pid}`, logger);
  setTimeout(async () => {
    const service = toService(await scripts.report(), scriptSettings);
    logScriptService(service);
    await heartbeat.tellOfScripts(service);
  }, PROBE_AFTER_MS).unref();
  logger.info({ engine: env.JOBS_ENGINE, port: env.WORKER_PORT }, "ready");

  const stop = async (reason: string) => {
    logger.info({ reason }, "stopping");
    await outbox.stop();
    await scripts.close();
    await engine.stop();
    await heartbeat.stop();
    await database.close();
    process.exit(0);
  };
  const stopOnce = (reason: string) => {
    for (const signal of SIGNALS) process.removeAllListeners(signal);
    stop(reason).catch((error: unknown) => {
      logger.fatal({ err: error }, "could not stop in order");
      process.exit(1);
    });
  };
  for (const signal of SIGNALS) process.once(signal, () => stopOnce(signal));
}

const SIGNALS = ["SIGTERM", "SIGINT"] as const;

/** A start is busy enough: trying the layers takes processes of its own. */
const PROBE_AFTER_MS = 2_000;

/** Says soon, and not only at the first run, when scripts cannot be as they should. */
function logScriptService({ refusal, missing }: ScriptService): void {
  if (refusal) logger.warn(refusal);
  else if (missing.length > 0)
    logger.warn({ missing: missing.map(({ layer }) => layer) }, "scripts run in reduced isolation");
}

async function startEmbedded(env: JobsEnv): Promise<Stoppable> {
  const engine = startJobEngine({
    connectionString: env.DIRECT_DATABASE_URL ?? env.DATABASE_URL,
    port: env.WORKER_PORT,
    host: env.WORKER_HOST,
    handler: serve({ client: inngest, functions }),
    appUrl: `http://127.0.0.1:${env.WORKER_PORT}/api/inngest`,
    signingKey: env.INNGEST_SIGNING_KEY,
    eventKey: env.INNGEST_EVENT_KEY,
    concurrency: env.WORKER_CONCURRENCY,
    logger,
  });
  await engine.ready;
  return engine;
}

/** The endpoint that an Inngest server calls; signatures are checked by the SDK. */
async function startEndpoint(env: JobsEnv): Promise<Stoppable> {
  const server = createServer({ client: inngest, functions });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(env.WORKER_PORT, env.WORKER_HOST, resolve);
  });
  return {
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeIdleConnections();
      }),
  };
}
