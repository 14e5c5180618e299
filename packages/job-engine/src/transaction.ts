import type { PoolClient } from "pg";
import { moveLine } from "./concurrency";
import type { EngineContext } from "./context";
import { dispatchEvents } from "./dispatch-events";
import { addJobs } from "./queue";
import { createUnitOfWork, type UnitOfWork } from "./unit-of-work";

type TransactionContext = Pick<EngineContext, "pool" | "functions">;

const attempts = 4;
// Serialization failure and deadlock: the transaction was rolled back whole and may simply be run again.
const repeatableErrors = new Set(["40001", "40P01"]);

/**
 * Runs `work` in a transaction with all that follows from it. Repeats it, up to four times, when Postgres broke it off
 * for a conflict; `work` must therefore do nothing but queries.
 */
export async function inTransaction<T>(engine: TransactionContext, work: (unit: UnitOfWork) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    const client = await engine.pool.connect();
    try {
      const result = await runOnce(client, engine, work);
      client.release();
      return result;
    } catch (error) {
      await rollBack(client);
      if (
        attempt >= attempts ||
        !(error instanceof Error && "code" in error && repeatableErrors.has(String(error.code)))
      ) {
        throw error;
      }
    }
  }
}

async function runOnce<T>(
  client: PoolClient,
  engine: TransactionContext,
  work: (unit: UnitOfWork) => Promise<T>,
): Promise<T> {
  await client.query("begin");
  const unit = createUnitOfWork(client, engine.functions);
  const result = await work(unit);
  while (unit.internalEvents.length > 0) await dispatchEvents(unit, unit.internalEvents.splice(0));
  await moveLine(unit);
  await addJobs(unit, unit.jobs);
  await client.query("commit");
  return result;
}

async function rollBack(client: PoolClient): Promise<void> {
  try {
    await client.query("rollback");
    client.release();
  } catch {
    // The connection itself is gone; the pool shall not hand it out again. The first error is the one to report.
    client.release(true);
  }
}
