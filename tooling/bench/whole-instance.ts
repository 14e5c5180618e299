import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { findFreePort } from "@hustings/db/free-port";
import { readInstance } from "../start/instance";
import { captureProgram } from "../start/run-program";
import { nodeCommand } from "../start/service-command";
import { root } from "../start/settings";

/** Hustings as `npm start` runs it, with data of its own: web, worker and Postgres are processes. */
export type WholeInstance = {
  url: string;
  databaseUrl: string;
  /** Of admin@hustings.local in the workspace `demo`. */
  rawKey: string;
  /** The most memory that web and worker had at a time since they started, in bytes (`VmHWM` of proc(5)). */
  readPeaks: () => Record<ServiceName, number>;
  close: () => Promise<void>;
};

export type ServiceName = "web" | "worker";

const PROGRAM = path.join(root, "tooling/start/run.mjs");
const KEY = ["keys", "create", "--email", "admin@hustings.local", "--workspace", "demo", "--name", "bench"];

/** Starts one on a free port and an empty directory. @throws Error with what it printed when it does not start. */
export async function openWholeInstance(): Promise<WholeInstance> {
  const directory = mkdtempSync(path.join(tmpdir(), "hustings-bench-"));
  const environment = {
    ...{ PATH: process.env.PATH, HOME: process.env.HOME, NODE_ENV: process.env.NODE_ENV },
    ...{ HUSTINGS_DATA_DIR: directory, PORT: String(await findFreePort()) },
  };
  const starter = spawn(process.execPath, [PROGRAM, "start"], { cwd: root, env: environment });
  const ended = once(starter, "exit");
  const close = async () => {
    starter.kill("SIGTERM");
    await ended;
    rmSync(directory, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    let output = "";
    for (const stream of [starter.stdout, starter.stderr]) stream.on("data", (chunk: Buffer) => (output += chunk));
    while (!output.includes("Hustings runs at")) {
      if (starter.exitCode !== null) throw new Error(`Hustings did not start:\n${output}`);
      await delay(100);
    }
    const made = await captureProgram(nodeCommand([PROGRAM, "hustings", ...KEY]), environment);
    const rawKey = made.output.trim().split("\n").at(-1) ?? "";
    if (made.code !== 0) throw new Error(made.output);
    const databaseUrl = readInstance(directory)?.databaseUrl ?? "";
    const url = `http://127.0.0.1:${environment.PORT}`;
    return { url, databaseUrl, rawKey, readPeaks: () => readPeaks(directory), close };
  } catch (error) {
    await close();
    throw error;
  }
}

function readPeaks(directory: string): Record<ServiceName, number> {
  // In the order in which they are started.
  const [web, worker] = readInstance(directory)?.services ?? [];
  return { web: readPeak(web?.pid), worker: readPeak(worker?.pid) };
}

function readPeak(pid: number | undefined): number {
  const kilobytes = readFileSync(`/proc/${pid}/status`, "utf8").match(/^VmHWM:\s+(\d+) kB$/m)?.[1];
  if (kilobytes === undefined) throw new Error(`The memory of process ${pid} cannot be read: this needs Linux.`);
  return Number(kilobytes) * 1024;
}
