import { type ChildProcess, spawn } from "node:child_process";
import { setTimeout as delay } from "node:timers/promises";
import { findProcess, isRunning, type ProcessIdentity } from "@hustings/db/process-identity";
import type { Environment } from "./settings";

export type ServiceOptions = {
  name: string;
  /** Program and arguments. */
  command: [string, ...string[]];
  cwd: string;
  environment: Environment;
  say: (line: string) => void;
  /** Open file that takes what it prints; our own terminal unless given. */
  output?: number | "inherit";
};

/** A process that is started again when it ends by itself, until it is stopped. */
export type Service = {
  name: string;
  /** The process of the moment; null between two. */
  identity: () => ProcessIdentity | null;
  /** How often it has ended by itself. */
  deaths: () => number;
  /** Ends the process; the next one has the new code. */
  restart: () => void;
  stop: () => Promise<void>;
};

/** Longer than web and worker take to drain what runs. */
const STOP_TIMEOUT_MS = 15_000;
/** One that dies is back within 5 s, also in a row; the pause keeps a broken one from eating a core. */
const RESTART_DELAYS_MS = [200, 1_000, 3_000];
/** After living this long, the next death counts as the first again. */
const STABLE_MS = 30_000;

/** Starts a service and keeps it running. */
export function keepRunning(options: ServiceOptions): Service {
  let child: ChildProcess | undefined;
  let deaths = 0;
  let deathsInARow = 0;
  let isRestarting = false;
  const stopping = new AbortController();
  const ended = run();

  async function run(): Promise<void> {
    while (!stopping.signal.aborted) {
      const started = Date.now();
      child = launch(options);
      const how = await waitForEnd(child);
      if (stopping.signal.aborted) return;
      if (isRestarting) {
        isRestarting = false;
        continue;
      }
      deaths += 1;
      deathsInARow = Date.now() - started > STABLE_MS ? 0 : deathsInARow + 1;
      options.say(`✗ ${options.name} ended (${how}) and is started again`);
      const pauseMs = RESTART_DELAYS_MS[Math.min(deathsInARow, RESTART_DELAYS_MS.length) - 1] ?? RESTART_DELAYS_MS[0];
      await delay(pauseMs, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  }

  return {
    name: options.name,
    identity: () => (child?.pid === undefined ? null : findProcess(child.pid)),
    deaths: () => deaths,
    restart: () => {
      if (isRestarting || !child || !isAlive(child)) return;
      isRestarting = true;
      void endProcess(child);
    },
    stop: async () => {
      stopping.abort();
      if (child && isAlive(child)) await endProcess(child);
      await ended;
    },
  };
}

/** Ends a service that a killed start left, if it still runs. */
export async function endLeftover(identity: ProcessIdentity): Promise<void> {
  for (const [signal, timeoutMs] of [
    ["SIGTERM", STOP_TIMEOUT_MS],
    ["SIGKILL", 2_000],
  ] as const) {
    if (isRunning(identity)) signalGroup(identity.pid, signal);
    for (const deadline = Date.now() + timeoutMs; isRunning(identity) && Date.now() < deadline; ) await delay(50);
  }
}

const isAlive = (child: ChildProcess) => child.exitCode === null && child.signalCode === null;

function launch({ command, cwd, environment, output = "inherit" }: ServiceOptions): ChildProcess {
  const [program, ...args] = command;
  // A group of its own: Ctrl-C reaches us alone, and we end the services in order. Its input is a pipe that breaks
  // when we are killed; follow-parent.mjs waits for that.
  const child = spawn(program, args, {
    cwd,
    env: environment as NodeJS.ProcessEnv,
    detached: true,
    stdio: ["pipe", output, output],
  });
  child.stdin?.on("error", () => undefined);
  return child;
}

function waitForEnd(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    child.once("error", (error) => resolve(error.message));
    child.once("exit", (code, signal) => resolve(signal ?? `exit code ${code}`));
  });
}

async function endProcess(child: ChildProcess): Promise<void> {
  const ended = waitForEnd(child);
  child.kill("SIGTERM");
  const timer = setTimeout(() => signalGroup(child.pid, "SIGKILL"), STOP_TIMEOUT_MS);
  await ended;
  clearTimeout(timer);
  // What it may have left in its group, such as the program that a watcher runs.
  signalGroup(child.pid, "SIGKILL");
}

function signalGroup(pid: number | undefined, signal: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH" && (error as NodeJS.ErrnoException).code !== "EPERM")
      throw error;
  }
}
