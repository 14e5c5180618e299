import { DomainError } from "@hustings/core/errors";
import type { JobConsole, JobsPort } from "@hustings/core/jobs/port";
import { cancelRuns, pauseFunction, rerunFromStep, rerunRuns } from "@hustings/job-engine/control";
import { getEngineHealth, listHours } from "@hustings/job-engine/figures";
import { UnsupportedFunctionError } from "@hustings/job-engine/function-config";
import { findRun, listRuns } from "@hustings/job-engine/inspect";
import { listEvents } from "@hustings/job-engine/inspect-events";
import { listFunctions } from "@hustings/job-engine/inspect-functions";
import type { Pool } from "pg";
import type { WebEnv } from "./env";

/** What runs the jobs: the engine in the workers, reached by the database alone, or an Inngest server. */
export function createJobsPort(env: Pick<WebEnv, "JOBS_ENGINE" | "INNGEST_CONSOLE_URL">, pool: Pool): JobsPort {
  if (env.JOBS_ENGINE === "inngest") return { engine: "inngest", consoleUrl: env.INNGEST_CONSOLE_URL ?? null };
  return { engine: "embedded", console: createConsole(pool) };
}

function createConsole(pool: Pool): JobConsole {
  return {
    getHealth: () => whenReady(getEngineHealth(pool)),
    listHours: () => whenReady(listHours(pool)),
    listRuns: (filter) => whenReady(listRuns(pool, filter)),
    findRun: (runId) => whenReady(findRun(pool, runId)),
    listEvents: (filter) => whenReady(listEvents(pool, filter)),
    listFunctions: () => whenReady(listFunctions(pool)),
    cancelRuns: (selection, also) => whenReady(cancelRuns(pool, selection, also)),
    rerunRuns: (selection, also) => whenReady(rerunRuns(pool, selection, also)),
    rerunFromStep: (from, also) => whenReady(rerunFromStep(pool, from, also)),
    pauseFunction: (change, also) => whenReady(pauseFunction(pool, change, also)),
  };
}

/** SQLSTATE undefined_table, undefined_column, invalid_schema_name: no worker of this release was here yet. */
const MISSING = new Set(["42P01", "42703", "3F000"]);
const RETRY_AFTER_SECONDS = 5;

async function whenReady<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    const isMissing = error instanceof Error && "code" in error && MISSING.has(String(error.code));
    if (!isMissing && !(error instanceof UnsupportedFunctionError)) throw error;
    throw new DomainError(
      "unavailable",
      isMissing
        ? "No worker of this release has run on this database yet. Start the worker."
        : "The worker is of a newer release than this server. Restart the server.",
      undefined,
      RETRY_AFTER_SECONDS,
    );
  }
}
