import { once } from "node:events";
import { setTimeout as delay } from "node:timers/promises";
import { findFreePort } from "@hustings/db/free-port";
import { currentProcess } from "@hustings/db/process-identity";
import { explainDatabaseEnd, migrate, openDatabase, type RunningDatabase } from "./database";
import { claimDataDirectory, findRunningInstance, readInstance, writeInstance } from "./instance";
import { assertPortFree } from "./port";
import { runStep } from "./progress";
import { endLeftover, keepRunning, type Service } from "./service";
import { assertServiceSettings } from "./service-settings";
import { type Environment, root, type Settings } from "./settings";
import { UserError } from "./user-error";

export type Command = [string, ...string[]];

/** What makes `start`, `dev` and `serve` differ. */
export type InstancePlan = {
  settings: Settings;
  /** What web and worker see besides their address and the database. */
  environment: Environment;
  /** Generates and builds. */
  prepare: (stopping: AbortSignal) => Promise<void>;
  /** Fills an empty database. */
  seed: (databaseUrl: string, environment: Environment, stopping: AbortSignal) => Promise<void>;
  services: { web: Command; worker: Command };
  /** What to tell once all runs. */
  announce: () => string;
  /** Starts what web and worker need beside the database; returns what undoes it. */
  startBeside?: () => Undo;
  /** Called with the running services; returns what undoes it. Development watches the files. */
  attend?: (services: { web: Service; worker: Service }) => Undo;
};

/** How long services and ports of a killed start get to go away by themselves. */
const LEFTOVER_PATIENCE_MS = 10_000;
/** Next's first compilation in development is the slowest thing that happens here. */
const READY_TIMEOUT_MS = 120_000;
/** Nobody presses Ctrl-C a second time, wanting something else by it, that fast. */
const SAME_SIGNAL_MS = 500;
/** A service that was started again has another process number. */
const REMEMBER_EVERY_MS = 1_000;

/**
 * Runs Hustings until a signal, or until its database is gone.
 *
 * @returns the exit code.
 * @throws UserError, EmbeddedPostgresError, MigrationError with a sentence for the operator.
 */
export async function runInstance(plan: InstancePlan): Promise<number> {
  const stopping = listenForStop();
  const undo: Undo[] = [];
  try {
    return await startAndAttend(plan, undo, stopping);
  } catch (error) {
    // A step that the signal cut short fails in its own way; that is no news.
    if (!stopping.aborted) throw error;
    return 0;
  } finally {
    for (const step of undo.reverse()) await step();
  }
}

type Undo = () => Promise<void> | void;

async function startAndAttend(plan: InstancePlan, undo: Undo[], stopping: AbortSignal): Promise<number> {
  const { settings } = plan;
  assertServiceSettings(settings, plan.environment);
  undo.push(claimDataDirectory(settings.dataDirectory));
  const patienceMs = (await endLeftovers(settings)) ? LEFTOVER_PATIENCE_MS : 0;
  await assertPortFree("PORT", settings.host, settings.port, patienceMs);
  const { WORKER_HOST, WORKER_PORT } = plan.environment;
  if (WORKER_PORT) await assertPortFree("WORKER_PORT", WORKER_HOST || "127.0.0.1", Number(WORKER_PORT), patienceMs);

  await plan.prepare(stopping);
  stopping.throwIfAborted();
  const database = await runStep(
    settings.databaseUrl ? "Reaching the database" : "Starting the embedded Postgres",
    () => openDatabase(settings.databaseUrl, settings.dataDirectory),
  );
  undo.push(database.stop);
  stopping.throwIfAborted();
  await runStep("Applying migrations", () => migrate(database.url));
  const environment = await describeEnvironment(plan, database);
  await plan.seed(database.url, environment, stopping);
  stopping.throwIfAborted();

  if (plan.startBeside) undo.push(plan.startBeside());
  const services = startServices(plan, environment);
  undo.push(async () => {
    await Promise.all([services.web.stop(), services.worker.stop()]);
  });
  const remember = () => {
    try {
      rememberInstance(plan, database, services);
    } catch (error) {
      // The next second tries again; a full disk must not end what still serves.
      if ((error as NodeJS.ErrnoException).code !== "ENOSPC") throw error;
    }
  };
  const timer = setInterval(remember, REMEMBER_EVERY_MS);
  undo.push(() => clearInterval(timer));
  await runStep("Starting web and worker", () => waitUntilReady(settings, services.web, stopping));
  remember();
  if (plan.attend) undo.push(plan.attend(services));
  console.log(`\n${plan.announce()}`);

  await Promise.race([database.exited, once(stopping, "abort")]);
  if (stopping.aborted) return 0;
  console.error(`\n${explainDatabaseEnd(settings.dataDirectory)}`);
  return 1;
}

/**
 * The first signal stops in order; a later one ends us at once, and with us, by their pipes, what we started. One Ctrl-C
 * comes twice: from the terminal, and from npm, which passes it on.
 */
function listenForStop(): AbortSignal {
  const controller = new AbortController();
  let first = 0;
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(signal, () => {
      if (!controller.signal.aborted) {
        first = Date.now();
        console.log("\nStopping …");
        controller.abort();
      } else if (Date.now() - first > SAME_SIGNAL_MS) process.exit(1);
    });
  }
  return controller.signal;
}

/** What a killed start left, should it still run: two instances must not share data. */
async function endLeftovers(settings: Settings): Promise<boolean> {
  const last = readInstance(settings.dataDirectory);
  if (!last || findRunningInstance(settings.dataDirectory)) return false;
  await Promise.all(last.services.map(endLeftover));
  return true;
}

async function describeEnvironment(
  { settings, environment }: InstancePlan,
  database: RunningDatabase,
): Promise<Environment> {
  return {
    ...environment,
    HOST: settings.host,
    PORT: String(settings.port),
    APP_URL: settings.appUrl,
    DATABASE_URL: database.url,
    HUSTINGS_DATA_DIR: settings.dataDirectory,
    WORKER_PORT: environment.WORKER_PORT || String(await findFreePort()),
  };
}

function startServices({ services }: InstancePlan, environment: Environment): { web: Service; worker: Service } {
  const start = (name: string, command: Command) =>
    keepRunning({ name, command, cwd: root, environment, say: (line) => console.error(line) });
  return { web: start("web", services.web), worker: start("worker", services.worker) };
}

function rememberInstance(
  { settings, environment }: InstancePlan,
  database: RunningDatabase,
  services: { web: Service; worker: Service },
): void {
  writeInstance(settings.dataDirectory, {
    appUrl: settings.appUrl,
    databaseUrl: database.url,
    port: settings.port,
    hasDrawnSecrets: environment.DEPLOYMENT === "local",
    starter: currentProcess(),
    services: [services.web.identity(), services.worker.identity()].filter((identity) => identity !== null),
  });
}

async function waitUntilReady({ host, port }: Settings, web: Service, stopping: AbortSignal): Promise<void> {
  const address = `http://${host === "0.0.0.0" || host === "::" ? "127.0.0.1" : host}:${port}/api/health`;
  for (const deadline = Date.now() + READY_TIMEOUT_MS; Date.now() < deadline; await delay(50)) {
    stopping.throwIfAborted();
    if (web.deaths() > 0) throw new UserError("Web did not start; what it said is above.");
    if (await isHealthy(address)) return;
  }
  throw new UserError(`Web does not answer at ${address} after ${READY_TIMEOUT_MS / 1000} s.`);
}

async function isHealthy(address: string): Promise<boolean> {
  try {
    return (await fetch(address, { signal: AbortSignal.timeout(5_000) })).ok;
  } catch {
    // Nobody listens yet.
    return false;
  }
}
