import { setTimeout as pause } from "node:timers/promises";
import type { Db } from "@hustings/db/client";

/** Short, since most runs are quick. */
const LOOK_MS = 75;

type Waiter = { runId: string; resolve: () => void; reject: (reason: unknown) => void };

/** However many requests wait in a process, one query at a time looks at all of their runs. */
const waitersOf = new WeakMap<Db, Set<Waiter>>();

/**
 * Waits until a run has ended or is gone, and not longer than `timeoutMs`.
 *
 * @throws whatever the database says when it cannot be asked.
 */
export async function waitForEnd(db: Db, runId: string, timeoutMs: number): Promise<void> {
  const known = waitersOf.get(db);
  const waiters = known ?? new Set();
  await new Promise<void>((resolve, reject) => {
    const timer = setTimeout(() => waiter.resolve(), timeoutMs);
    const leave = () => {
      clearTimeout(timer);
      waiters.delete(waiter);
    };
    const waiter: Waiter = {
      runId,
      resolve: () => {
        leave();
        resolve();
      },
      reject: (reason) => {
        leave();
        reject(reason);
      },
    };
    waiters.add(waiter);
    if (known) return;
    waitersOf.set(db, waiters);
    look(db, waiters);
  });
}

/** Goes on as long as anybody waits. */
async function look(db: Db, waiters: Set<Waiter>): Promise<void> {
  while (waiters.size > 0) {
    await pause(LOOK_MS);
    const asked = [...waiters];
    try {
      const ids = [...new Set(asked.map(({ runId }) => runId))];
      const open = await db.$queryRaw<{ id: string }[]>`
        select id from script_runs where id = any(${ids}::uuid[]) and status in ('queued', 'running')`;
      const openIds = new Set(open.map(({ id }) => id));
      for (const waiter of asked) if (!openIds.has(waiter.runId)) waiter.resolve();
    } catch (error) {
      for (const waiter of asked) waiter.reject(error);
    }
  }
  waitersOf.delete(db);
}
