import { createTestDatabase, type TestDatabase } from "@hustings/db/test-database";
import { afterAll, beforeAll } from "vitest";
import { createWorkerProcess, type WorkerProcess } from "./worker-process";

/**
 * A worker on a database of its own, for one test file. Its members are there once the tests run.
 *
 * @param settings other variables of its environment than the usual ones.
 */
export function useWorker(settings: Record<string, string> = {}): { database: TestDatabase; worker: WorkerProcess } {
  const used = {} as { database: TestDatabase; worker: WorkerProcess };
  beforeAll(async () => {
    used.database = await createTestDatabase();
    used.worker = await createWorkerProcess(used.database.url, settings);
  });
  afterAll(async () => {
    await used.worker.stop();
    await used.database.drop();
  });
  return used;
}
