import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { randomBytes, randomUUID } from "node:crypto";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { findFreePort } from "@hustings/db/free-port";

const APP = fileURLToPath(new URL("../..", import.meta.url));
const BUNDLER = fileURLToPath(new URL("../../../../tooling/build/bundle.mjs", import.meta.url));

/** A real worker process on a test's database, to be killed at will. */
export type WorkerProcess = {
  /** Starts it and waits until it leads. */
  start: () => Promise<void>;
  /** SIGKILL: nothing is tidied up. */
  kill: () => Promise<void>;
  /** Ends it in order, and for good. */
  stop: () => Promise<void>;
  /** What it has started, and what that has, and still is there: their process ids. */
  listChildren: () => number[];
};

/** Secrets of one test's installation; contexts in the test use the same. */
export const workerSecrets = {
  API_KEY_SECRET: "test-api-key-secret-0123456789abcdef",
  UNSUBSCRIBE_SECRET: "test-unsubscribe-secret-0123456789abcdef",
  MAILERSEND_WEBHOOK_SIGNING_SECRET: "test-webhook-secret-0123456789abcdef",
};

/**
 * Bundles the worker as production does, which starts in a fraction of the time that compiling on the way takes.
 *
 * @param url the test's database.
 * @param settings other variables of its environment than the usual ones.
 */
export async function createWorkerProcess(url: string, settings: Record<string, string> = {}): Promise<WorkerProcess> {
  const program = `dist/worker-${randomUUID()}.js`;
  execFileSync(process.execPath, [BUNDLER, "src/worker.ts", program], { cwd: APP });
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    ...workerSecrets,
    NODE_ENV: "production",
    DATABASE_URL: url,
    APP_URL: "http://localhost:3000",
    WORKER_PORT: String(await findFreePort()),
    INNGEST_SIGNING_KEY: `signkey-test-${randomBytes(32).toString("hex")}`,
    INNGEST_EVENT_KEY: "test",
    LOG_LEVEL: "info",
    LOG_FORMAT: "json",
    ...settings,
  };
  let child: ChildProcess | undefined;
  const end = async (signal: NodeJS.Signals) => {
    const running = child;
    if (!running || running.exitCode !== null || running.signalCode !== null) return;
    const exited = new Promise((resolve) => running.once("exit", resolve));
    running.kill(signal);
    await exited;
  };
  return {
    start: async () => {
      const started = spawn(process.execPath, [program], { cwd: APP, env, stdio: ["ignore", "pipe", "inherit"] });
      child = started;
      await new Promise<void>((resolve, reject) => {
        started.stdout.on("data", (data: Buffer) => data.includes('"ready"') && resolve());
        started.once("exit", (code) => reject(new Error(`the worker ended with ${code} before it was ready`)));
      });
    },
    kill: () => end("SIGKILL"),
    stop: async () => {
      await end("SIGTERM");
      for (const file of [program, `${program}.map`]) rmSync(join(APP, file));
    },
    listChildren: () => listDescendants(child?.pid),
  };
}

function listDescendants(pid: number | undefined): number[] {
  const children = execFileSync("ps", ["-eo", "pid=,ppid="], { encoding: "utf8" })
    .split("\n")
    .map((line) => line.trim().split(/\s+/).map(Number))
    .filter(([, parent]) => parent === pid)
    .map(([child = 0]) => child);
  return children.flatMap((child) => [child, ...listDescendants(child)]);
}
