import { join } from "node:path";
import { startEmbeddedPostgres } from "@hustings/db/embedded";
import { waitForProcessLock } from "@hustings/db/process-lock";
import { cleanTestServer } from "@hustings/db/test-database";
import pg from "pg";
import { makeTestDirectories } from "./test-directory";

/** What a run's connection is called, by which other runs see that it still uses the server. */
const RUN_NAME = "hustings-test-run";
const LOCK_TIMEOUT_MS = 120_000;

/**
 * Sets HUSTINGS_TEST_DATABASE_URL to an embedded Postgres without fsync, unless it names a server already, and TMPDIR.
 * Runs at the same time share the server; the last to end stops it, and its data stay for the next.
 */
export default async function setUp(): Promise<(() => Promise<void>) | undefined> {
  const { server, temporary } = makeTestDirectories();
  process.env.TMPDIR = temporary;
  return process.env.HUSTINGS_TEST_DATABASE_URL ? undefined : joinServer(server);
}

async function joinServer(directory: string): Promise<() => Promise<void>> {
  const lock = () => waitForProcessLock(join(directory, "runs.lock"), LOCK_TIMEOUT_MS);

  const release = await lock();
  try {
    const server = await startEmbeddedPostgres({ directory, durable: false, lifetime: "detached" });
    const url = server.urlOf("postgres");
    const lease = new pg.Client({ connectionString: url, application_name: RUN_NAME });
    lease.on("error", () => undefined);
    await lease.connect();
    if ((await countRuns(lease)) === 1) await cleanTestServer(url);
    process.env.HUSTINGS_TEST_DATABASE_URL = url;
    return async () => {
      const releaseAgain = await lock();
      try {
        const others = (await countRuns(lease)) - 1;
        await lease.end();
        if (others === 0) await server.stop();
      } finally {
        releaseAgain();
      }
    };
  } finally {
    release();
  }
}

async function countRuns(client: pg.Client): Promise<number> {
  const { rows } = await client.query(
    "select count(*)::int as runs from pg_stat_activity where application_name = $1",
    [RUN_NAME],
  );
  return rows[0].runs;
}
