import type { ScriptSettings } from "./env";
import { execute } from "./execute";
import { FairQueue, QueueFullError } from "./fair-queue";
import type { ScriptJob, ScriptOutcome } from "./job";
import { probeWall, type WallReport } from "./probe";
import { type SealedChild, startChild } from "./sealed-child";
import { toRefusal } from "./service";
import { stageChild } from "./stage-child";

/** Ready children are given up when no script has run for so long. */
const WARM_MS = 10 * 60_000;

export type ScriptRunner = {
  /** Runs a script when its turn comes. Never throws: what cannot be run has failed, and says why. */
  run: (job: ScriptJob) => Promise<ScriptOutcome>;
  /** What stands between scripts and the world here; found out once. */
  report: () => Promise<WallReport>;
  /** Ends what runs, and every process. */
  close: () => Promise<void>;
};

/** Makes the only thing in the house that evaluates code. Its processes start with the first script. */
export function createScriptRunner(
  settings: ScriptSettings,
  entry = "child.cjs",
  directory = stageChild(),
): ScriptRunner {
  const { limits } = settings;
  const accounts = createAccounts();
  const queue = new FairQueue(settings.concurrency, settings.queueSize);
  const closing = new AbortController();
  const running = new Set<Promise<ScriptOutcome>>();
  let probed: Promise<WallReport> | undefined;
  const report = () => {
    probed ??= probeWall(limits, { directory, entry, uid: accounts.uidOf(0) });
    return probed;
  };
  const start = async (): Promise<SealedChild> => {
    const { wall } = await report();
    const slot = accounts.take();
    try {
      const child = await startChild(wall, limits, { directory, entry, uid: accounts.uidOf(slot) });
      child.ended.finally(() => accounts.give(slot));
      return child;
    } catch (error) {
      accounts.give(slot);
      throw error;
    }
  };
  const pool = createPool(start, settings.warm);

  const perform = async (job: ScriptJob, signal: AbortSignal): Promise<ScriptOutcome> => {
    const refusal = toRefusal(await report(), settings);
    if (refusal) return notRun("failed", refusal);
    try {
      return await queue.run(job.group, async () => execute(await pool.take(), { ...job, signal }, limits), signal);
    } catch (error) {
      if (signal.aborted) return notRun("cancelled", "It was stopped before it began");
      return notRun(
        "failed",
        error instanceof QueueFullError ? error.message : `It could not be started: ${(error as Error).message}`,
      );
    }
  };
  return {
    report,
    run: async (job) => {
      const signal = AbortSignal.any([closing.signal, ...(job.signal ? [job.signal] : [])]);
      const run = perform(job, signal).finally(() => running.delete(run));
      running.add(run);
      return run;
    },
    close: async () => {
      closing.abort();
      await Promise.all(running);
      await pool.close();
    },
  };
}

function notRun(status: "failed" | "cancelled", message: string): ScriptOutcome {
  return {
    status,
    result: null,
    error: { message, line: null, stack: null },
    logs: [],
    calls: 0,
    peakMemoryMb: null,
    durationMs: 0,
  };
}

/** Children that stand ready, each for one run, as long as scripts are in use. */
function createPool(start: () => Promise<SealedChild>, size: number) {
  let ready: Promise<SealedChild>[] = [];
  let isClosed = false;
  let tired: NodeJS.Timeout | undefined;
  const fill = () => {
    while (!isClosed && ready.length < size) {
      const child = start();
      ready.push(child);
      // One that fails to start, or ends while it waits, is nobody's; the next run starts one itself.
      child
        .then(({ ended }) => ended)
        .catch(() => undefined)
        .finally(() => {
          ready = ready.filter((each) => each !== child);
        });
    }
  };
  const empty = async () => {
    const left = ready;
    ready = [];
    await Promise.allSettled(
      left.map(async (each) => {
        const child = await each;
        child.kill();
        await child.ended;
      }),
    );
  };
  return {
    take: async (): Promise<SealedChild> => {
      const child = ready.shift() ?? start();
      clearTimeout(tired);
      tired = setTimeout(empty, WARM_MS).unref();
      fill();
      return child;
    },
    close: async () => {
      isClosed = true;
      clearTimeout(tired);
      await empty();
    },
  };
}

/** Accounts above those that systems give to people and services, apart from those of other workers on this machine. */
const FIRST_UID = 40_000;
const UIDS_PER_WORKER = 100;
const WORKERS = 200;

/** An account for each child that lives, since those of one could signal each other. */
function createAccounts() {
  const base = FIRST_UID + (process.pid % WORKERS) * UIDS_PER_WORKER;
  const taken = new Set<number>();
  return {
    uidOf: (slot: number) => base + slot,
    take: (): number => {
      // Slot 0 is the probe's.
      for (let slot = 1; slot < UIDS_PER_WORKER; slot++) {
        if (taken.has(slot)) continue;
        taken.add(slot);
        return slot;
      }
      throw new Error("too many scripts at the same time");
    },
    give: (slot: number) => void taken.delete(slot),
  };
}
