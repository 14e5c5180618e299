import { randomBytes } from "node:crypto";
import type { CoreContext } from "@hustings/core/context";
import type { ScriptsPort } from "@hustings/core/scripts/port";
import { findFreePort } from "@hustings/db/free-port";
import { createTestDatabase, type TestDatabase } from "@hustings/db/test-database";
import { type JobEngine, startJobEngine } from "@hustings/job-engine/engine";
import { createLogger } from "@hustings/logger/logger";
import { serve } from "inngest/edge";
import { afterAll, beforeAll, vi } from "vitest";
import { workerSecrets } from "./worker-process";

// Files that run in the same worker share the SDK's client, which reads these when it is loaded.
const enginePort = findFreePort();
const keys = { INNGEST_SIGNING_KEY: `signkey-test-${randomBytes(32).toString("hex")}`, INNGEST_EVENT_KEY: "test" };

/**
 * The jobs as the worker runs them, in this process and on a database of their own, except that what failed is tried
 * again at once: its documented waits would take hours. Its member is there once the tests run.
 *
 * @param createScripts what runs scripts; without it none can run.
 */
export function useImpatientJobs(createScripts?: (core: () => CoreContext) => ScriptsPort): { database: TestDatabase } {
  const used = {} as { database: TestDatabase };
  let stop: () => Promise<void>;
  beforeAll(async () => {
    used.database = await createTestDatabase();
    const { url } = used.database;
    const port = await enginePort;
    const environment = { ...workerSecrets, ...keys, DATABASE_URL: url, APP_URL: "http://localhost:3000" };
    const own = { WORKER_PORT: String(port), LOG_LEVEL: "silent" };
    for (const [name, value] of Object.entries({ ...environment, ...own })) vi.stubEnv(name, value);
    // They read the environment when they are loaded.
    const { inngest } = await import("@hustings/jobs/client");
    const { composeJobs, jobContext } = await import("@hustings/jobs/context");
    const { readJobsEnv } = await import("@hustings/jobs/env");
    const { functions } = await import("@hustings/jobs/functions");
    const { startOutbox } = await import("@hustings/jobs/outbox");
    const logger = createLogger({ name: "test", level: "silent", pretty: false });
    const database = composeJobs(readJobsEnv(), logger, createScripts?.(jobContext));
    const engine: JobEngine = startJobEngine({
      ...{ connectionString: url, port, handler: serve({ client: inngest, functions }), logger },
      ...{ signingKey: keys.INNGEST_SIGNING_KEY, eventKey: keys.INNGEST_EVENT_KEY },
      appUrl: `http://127.0.0.1:${port}/api/inngest`,
      backoffMs: () => 0,
    });
    await engine.ready;
    const outbox = startOutbox(url, database.pool, logger);
    stop = async () => {
      await outbox.stop();
      await engine.stop();
      await database.close();
    };
  });
  afterAll(async () => {
    await stop();
    await used.database.drop();
    vi.unstubAllEnvs();
  });
  return used;
}
