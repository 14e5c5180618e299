import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { closeSync, openSync, readFileSync, readlinkSync, realpathSync, renameSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import type { Account } from "./embedded-account";
import { visiblePath } from "./embedded-cluster";
import { EmbeddedPostgresError, toStartError } from "./embedded-error";
import { readPostgresEnvironment } from "./env";
import { findProcess, isRunning, type ProcessIdentity } from "./process-identity";

export type PostgresLaunch = {
  programs: string;
  dataDirectory: string;
  account: Account | undefined;
  durable: boolean;
  detached: boolean;
  logPath: string;
};

export type PostgresProcess = { exited: Promise<void>; stop: () => Promise<void> };

/** Somebody listens on the port already. */
export class PortTakenError extends Error {}

/** After a crash Postgres replays what it had logged; `max_wal_size` bounds that to well under this. */
const RECOVERY_TIMEOUT_MS = 300_000;
const STOP_TIMEOUT_MS = 30_000;
const MAX_LOG_BYTES = 10_000_000;

/** Good for a laptop or a small server with both the app and the database on it. */
const SETTINGS = {
  listen_addresses: "127.0.0.1",
  unix_socket_directories: "",
  max_connections: "100",
  shared_buffers: "256MB",
  effective_cache_size: "1GB",
  work_mem: "16MB",
  maintenance_work_mem: "128MB",
  max_wal_size: "2GB",
  checkpoint_timeout: "15min",
  random_page_cost: "1.1",
  // Compiling a plan costs more than our short queries take (facts: measured with jit off).
  jit: "off",
  log_timezone: "UTC",
  timezone: "UTC",
};

const VOLATILE_SETTINGS = {
  fsync: "off",
  synchronous_commit: "off",
  full_page_writes: "off",
  wal_level: "minimal",
  max_wal_senders: "0",
  shared_buffers: "128MB",
  max_connections: "300",
};

/**
 * Ends Postgres when the pipe to us breaks, however we ended, and ends itself when Postgres does. SIGINT is Postgres's
 * fast shutdown: it does not wait for its clients.
 */
const GUARD = [
  '"$@" </dev/null & server=$!',
  "exec 3<&0",
  '(read -r line <&3; kill -INT "$server") 2>/dev/null & watcher=$!',
  'wait "$server"',
  'kill "$watcher" 2>/dev/null',
].join("\n");

/**
 * Runs the server until it accepts connections.
 *
 * @throws PortTakenError, and EmbeddedPostgresError with the reason that Postgres logged.
 */
export async function launchPostgres(launch: PostgresLaunch, port: number): Promise<PostgresProcess> {
  const { programs, dataDirectory, account, detached, logPath } = launch;
  const log = openLog(logPath);
  const logStart = statSync(logPath).size;
  const before = readPostmasterFile(dataDirectory)?.pid;
  const command = [
    join(programs, "postgres"),
    "-D",
    visiblePath(dataDirectory, account),
    "-p",
    String(port),
    ...toArguments(launch),
  ];
  // In a session of its own: Ctrl-C in the terminal is for us, who stop it in order.
  const child = spawn(
    detached ? command[0]! : "/bin/sh",
    detached ? command.slice(1) : ["-c", GUARD, "sh", ...command],
    {
      ...account,
      cwd: dataDirectory,
      detached: true,
      stdio: [detached ? "ignore" : "pipe", log, log],
      env: readPostgresEnvironment(),
    },
  );
  closeSync(log);
  const exited = new Promise<void>((resolve) => {
    child.once("exit", () => resolve());
    child.once("error", () => resolve());
  });
  child.stdin?.on("error", () => undefined);
  const postmaster = await waitUntilReady(child, dataDirectory, before);
  if (!postmaster) {
    const text = readFileSync(logPath).subarray(logStart).toString("utf8");
    if (/could not bind|could not create any TCP\/IP sockets/.test(text)) throw new PortTakenError(`port ${port}`);
    throw toStartError(text, dataDirectory, logPath);
  }
  if (detached) {
    child.unref();
    return { exited: new Promise(() => undefined), stop: () => endPostmaster(postmaster) };
  }
  return {
    exited,
    stop: async () => {
      child.stdin?.end();
      await endPostmaster(postmaster);
      await exited;
    },
  };
}

/** Which Postgres runs on a data directory, whoever started it. */
export function findPostmaster(dataDirectory: string): ProcessIdentity | null {
  const file = readPostmasterFile(dataDirectory);
  const identity = file && findProcess(file.pid);
  if (!identity) return null;
  if (servesDirectory(identity.pid, dataDirectory)) return identity;
  // The number belongs to another program by now, which Postgres would take for itself and refuse to start.
  rmSync(join(dataDirectory, "postmaster.pid"), { force: true });
  return null;
}

/** Ends a server that its killed owner left, or that ran detached. */
export async function endPostmaster(postmaster: ProcessIdentity): Promise<void> {
  for (const [signal, timeoutMs] of [
    ["SIGINT", STOP_TIMEOUT_MS],
    ["SIGQUIT", 5_000],
    ["SIGKILL", 5_000],
  ] as const) {
    const deadline = Date.now() + timeoutMs;
    for (let first = true; isRunning(postmaster) && Date.now() < deadline; first = false) {
      if (first) sendSignal(postmaster.pid, signal);
      await delay(10);
    }
  }
  if (isRunning(postmaster))
    throw new EmbeddedPostgresError(`The Postgres with process number ${postmaster.pid} does not end.`);
}

function sendSignal(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

function toArguments({ durable }: PostgresLaunch): string[] {
  const settings = durable ? SETTINGS : { ...SETTINGS, ...VOLATILE_SETTINGS };
  return Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
}

function openLog(path: string): number {
  if ((statSync(path, { throwIfNoEntry: false })?.size ?? 0) > MAX_LOG_BYTES) renameSync(path, `${path}.1`);
  return openSync(path, "a", 0o600);
}

/** Postgres writes its state into postmaster.pid, which `pg_ctl` reads the same way. */
async function waitUntilReady(
  child: ChildProcess,
  dataDirectory: string,
  before: number | undefined,
): Promise<ProcessIdentity | null> {
  const deadline = Date.now() + RECOVERY_TIMEOUT_MS;
  let failure: Error | undefined;
  child.once("error", (error) => {
    failure = error;
  });
  while (Date.now() < deadline && child.exitCode === null && child.signalCode === null) {
    if (failure)
      throw new EmbeddedPostgresError(`The embedded Postgres cannot run on this machine: ${failure.message}.`);
    const file = readPostmasterFile(dataDirectory);
    if (file?.status === "ready" && file.pid !== before) {
      const identity = findProcess(file.pid);
      if (identity) return identity;
    }
    await delay(10);
  }
  return null;
}

function readPostmasterFile(dataDirectory: string): { pid: number; status: string } | null {
  try {
    const lines = readFileSync(join(dataDirectory, "postmaster.pid"), "utf8").split("\n");
    return { pid: Number(lines[0]), status: lines[7]?.trim() ?? "" };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
}

function servesDirectory(pid: number, dataDirectory: string): boolean {
  if (process.platform === "linux") {
    try {
      return readlinkSync(`/proc/${pid}/cwd`) === realpathSync(dataDirectory);
    } catch {
      // Another user's process, or gone: not one that we started on this directory.
      return false;
    }
  }
  const { stdout } = spawnSync("ps", ["-o", "command=", "-p", String(pid)], { encoding: "utf8" });
  return stdout.includes("postgres") && stdout.includes(dataDirectory);
}
