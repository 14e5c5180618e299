import { type ChildProcess, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { findFreePort } from "@hustings/db/free-port";
import { findProcess } from "@hustings/db/process-identity";
import { runTypeScript } from "../service-command";

export type InstanceProcess = {
  child: ChildProcess;
  output: () => string;
  port: number;
  /** Resolves with the exit code. */
  ended: Promise<number | null>;
  /** What the worker that runs last told of itself; fails before the first one did. */
  worker: () => { pid: number; DATABASE_URL: string; WORKER_PORT: string };
  hasWorker: () => boolean;
  webPid: () => Promise<number>;
  postgresPid: () => number;
};

/** A data directory under the system's own; the second value removes it. */
export function makeDataDirectory(): [directory: string, remove: () => void] {
  const directory = mkdtempSync(path.join(tmpdir(), "hustings-start-"));
  return [directory, () => rmSync(directory, { recursive: true, force: true })];
}

/** Starts an instance with fake services as a process of its own. */
export async function spawnInstance(
  dataDirectory: string,
  settings: Record<string, string> = {},
): Promise<InstanceProcess> {
  const port = Number(settings.PORT ?? (await findFreePort()));
  const workerFile = path.join(dataDirectory, `worker-${randomUUID()}.json`);
  const child = spawn(process.execPath, [...runTypeScript, path.join(import.meta.dirname, "fake-instance.ts")], {
    env: {
      PATH: process.env.PATH,
      NODE_ENV: "test",
      HUSTINGS_DATA_DIR: dataDirectory,
      PORT: String(port),
      FAKE_WORKER_FILE: workerFile,
      ...settings,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => (output += chunk));
  return {
    child,
    output: () => output,
    port,
    ended: new Promise((resolve) => child.once("close", resolve)),
    worker: () => JSON.parse(readFileSync(workerFile, "utf8")),
    hasWorker: () => existsSync(workerFile),
    webPid: async () => Number(await (await fetch(`http://127.0.0.1:${port}/`)).text()),
    postgresPid: () => Number(readFileSync(path.join(dataDirectory, "postgres/postmaster.pid"), "utf8").split("\n")[0]),
  };
}

/** Waits until an instance says that it runs, which is when web answers, and its worker does too. */
export async function untilRunning(instance: InstanceProcess): Promise<void> {
  const runs = () => instance.output().includes("Hustings runs at") && instance.hasWorker();
  await until(() => runs() || instance.child.exitCode !== null, 60_000);
  if (instance.child.exitCode !== null) throw new Error(`The instance ended:\n${instance.output()}`);
}

/** Waits until something is so, or fails. */
export async function until(isSo: () => boolean | Promise<boolean>, timeoutMs: number): Promise<void> {
  for (const deadline = Date.now() + timeoutMs; !(await isSo()); await delay(25)) {
    if (Date.now() > deadline) throw new Error(`Not so after ${timeoutMs} ms: ${isSo}`);
  }
}

export const isAlive = (pid: number): boolean => findProcess(pid) !== null;

export const fileExists = existsSync;
