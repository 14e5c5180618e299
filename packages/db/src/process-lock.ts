import { linkSync, readFileSync, rmSync, unlinkSync, writeFileSync } from "node:fs";
import { currentProcess, isRunning, type ProcessIdentity } from "./process-identity";

/** Somebody else, who still runs, holds the lock. */
export class LockHeldError extends Error {
  constructor(
    readonly path: string,
    readonly holder: ProcessIdentity,
  ) {
    super(`Process ${holder.pid} holds ${path}.`);
    this.name = "LockHeldError";
  }
}

/**
 * Takes a lock file that ends with its process: what a killed process left is taken over.
 *
 * @returns the function that releases it.
 * @throws LockHeldError when a running process holds it.
 */
export function acquireProcessLock(path: string): () => void {
  const self = currentProcess();
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, JSON.stringify(self), { mode: 0o600 });
  try {
    for (;;) {
      try {
        // A hard link appears with its content and fails when the name is taken: no half-written lock is ever seen.
        linkSync(draft, path);
        return () => rmSync(path, { force: true });
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
      }
      const holder = readHolder(path);
      if (holder && isRunning(holder)) throw new LockHeldError(path, holder);
      rmSync(path, { force: true });
    }
  } finally {
    unlinkSync(draft);
  }
}

/** Waits for the lock instead of refusing, at most `timeoutMs`. */
export async function waitForProcessLock(path: string, timeoutMs: number): Promise<() => void> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    try {
      return acquireProcessLock(path);
    } catch (error) {
      if (!(error instanceof LockHeldError) || Date.now() > deadline) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

function readHolder(path: string): ProcessIdentity | null {
  try {
    return JSON.parse(readFileSync(path, "utf8")) as ProcessIdentity;
  } catch {
    return null;
  }
}
