import { randomBytes } from "node:crypto";
import { mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { Client } from "pg";
import { chooseAccount } from "./embedded-account";
import { prepareBinaries } from "./embedded-binaries";
import { createCluster, hasCluster } from "./embedded-cluster";
import { EmbeddedPostgresError, toFileError } from "./embedded-error";
import {
  endPostmaster,
  findPostmaster,
  launchPostgres,
  PortTakenError,
  type PostgresLaunch,
  type PostgresProcess,
} from "./embedded-process";
import { type EmbeddedState, readEmbeddedState, writeEmbeddedState } from "./embedded-state";
import { findFreePort, isPortFree } from "./free-port";
import { currentProcess, isRunning } from "./process-identity";
import { waitForProcessLock } from "./process-lock";

export type EmbeddedPostgresOptions = {
  /** Where everything lies: the data, the password (mode 0600), the log. */
  directory: string;
  /** False only in tests: no fsync, a crash of the machine may lose everything. */
  durable?: boolean;
  /** Whether the server ends with this process (the default) or stays, for later processes to find. */
  lifetime?: "with-parent" | "detached";
};

export type EmbeddedPostgres = {
  port: number;
  dataDirectory: string;
  logPath: string;
  /** Resolves when the server has ended, wanted or not. Never for a server of lifetime `detached`. */
  exited: Promise<void>;
  stop: () => Promise<void>;
  /** The address of one database, with user and password: a secret. */
  urlOf: (databaseName: string) => string;
};

/**
 * Starts Postgres on loopback with its data under `directory`, or (lifetime `detached`) finds the one that runs there.
 * What a killed process left behind is ended first.
 *
 * @throws EmbeddedPostgresError with one sentence for the operator: somebody else uses the data, other major version,
 * no space, not writable, no build for this platform.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const directory = resolve(options.directory);
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    const release = await waitForProcessLock(join(directory, "postgres.lock"), 120_000);
    try {
      return await startLocked(directory, options);
    } finally {
      release();
    }
  } catch (error) {
    throw toFileError(error, directory);
  }
}

/**
 * The server that runs on a directory's data, for a process that uses it and does not own it; null when none does.
 */
export function findEmbeddedPostgres(directory: string): Pick<EmbeddedPostgres, "port" | "urlOf"> | null {
  const state = readEmbeddedState(directory);
  if (!state || !findPostmaster(join(directory, "postgres"))) return null;
  return { port: state.port, urlOf: urlsOf(state) };
}

async function startLocked(directory: string, options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const dataDirectory = join(directory, "postgres");
  const logPath = join(directory, "postgres.log");
  const detached = options.lifetime === "detached";
  const account = chooseAccount(dataDirectory);
  const state = readEmbeddedState(directory);

  const postmaster = findPostmaster(dataDirectory);
  if (postmaster && state) {
    if (detached && state.owner === null)
      return {
        ...describe(state, dataDirectory, logPath),
        exited: new Promise(() => undefined),
        stop: () => endPostmaster(postmaster),
      };
    if (state.owner && isRunning(state.owner))
      throw new EmbeddedPostgresError(
        `Another Hustings (process ${state.owner.pid}) uses the data in ${directory}: stop it, or start this one with another HUSTINGS_DATA_DIR.`,
      );
    await endPostmaster(postmaster);
  }
  if (hasCluster(dataDirectory) && !state)
    throw new EmbeddedPostgresError(
      `${directory}/postgres.json, which holds the password of ${dataDirectory}, is missing: restore it, or name another place in HUSTINGS_DATA_DIR.`,
    );

  const programs = prepareBinaries(directory, account);
  const password = state?.password ?? randomBytes(24).toString("base64url");
  if (!state) writeEmbeddedState(directory, { port: 0, password, owner: null });
  createCluster({ programs, directory, dataDirectory, account, password });

  const launch = { programs, dataDirectory, account, durable: options.durable ?? true, detached, logPath };
  const { server, port } = await launchOnFreePort(launch, state?.port ?? 0);
  const next = { port, password, owner: detached ? null : currentProcess() };
  writeEmbeddedState(directory, next);
  return { ...describe(next, dataDirectory, logPath), ...server };
}

/** The port of last time when it is free, so that a saved connection keeps working; any other when it is not. */
async function launchOnFreePort(
  launch: PostgresLaunch,
  lastPort: number,
): Promise<{ server: PostgresProcess; port: number }> {
  for (let attempt = 1; ; attempt++) {
    const again = attempt === 1 && lastPort !== 0 && (await isPortFree(lastPort));
    const port = again ? lastPort : await findFreePort();
    try {
      return { server: await launchPostgres(launch, port), port };
    } catch (error) {
      if (!(error instanceof PortTakenError) || attempt === 5) throw error;
    }
  }
}

function describe(state: EmbeddedState, dataDirectory: string, logPath: string) {
  return { port: state.port, dataDirectory, logPath, urlOf: urlsOf(state) };
}

function urlsOf({ password, port }: EmbeddedState): (databaseName: string) => string {
  return (databaseName) => `postgres://postgres:${password}@127.0.0.1:${port}/${databaseName}`;
}

/** Makes a database unless it is there. */
export async function ensureDatabase(server: Pick<EmbeddedPostgres, "urlOf">, name: string): Promise<string> {
  const client = new Client({ connectionString: server.urlOf("postgres") });
  await client.connect();
  try {
    const { rowCount } = await client.query("select 1 from pg_database where datname = $1", [name]);
    if (rowCount === 0) await client.query(`create database ${client.escapeIdentifier(name)}`);
  } finally {
    await client.end();
  }
  return server.urlOf(name);
}
