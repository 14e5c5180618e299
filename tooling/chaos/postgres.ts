import { setTimeout as delay } from "node:timers/promises";
import { type EmbeddedPostgres, ensureDatabase, startEmbeddedPostgres } from "@hustings/db/embedded";
import { EmbeddedPostgresError } from "@hustings/db/embedded-error";
import { findPostmaster } from "@hustings/db/embedded-process";
import { isPortFree } from "@hustings/db/free-port";

/** A Postgres that is back at the same address a moment after it was killed, as a service manager would have it. */
export type KeptPostgres = {
  url: string;
  /** The postmaster's process number; null while it is away. */
  pid: () => number | null;
  stop: () => Promise<void>;
};

/** For the killed server's processes to see that it is gone: until then Postgres refuses to start. */
const RETRY_MS = 200;
const PATIENCE_MS = 60_000;

/** Starts it under `directory`, durable as the product's, and keeps it running. @throws EmbeddedPostgresError */
export async function keepPostgres(directory: string): Promise<KeptPostgres> {
  const first = await startEmbeddedPostgres({ directory });
  const { port, dataDirectory } = first;
  const url = await ensureDatabase(first, "chaos");
  let current = Promise.resolve(first);
  let isStopping = false;
  const kept = (async () => {
    for (;;) {
      await (await current).exited;
      if (isStopping) return;
      current = startAgain(directory, port);
    }
  })();
  return {
    url,
    pid: () => findPostmaster(dataDirectory)?.pid ?? null,
    stop: async () => {
      isStopping = true;
      await (await current).stop();
      await kept;
    },
  };
}

async function startAgain(directory: string, port: number): Promise<EmbeddedPostgres> {
  for (const deadline = performance.now() + PATIENCE_MS; ; ) {
    await delay(RETRY_MS);
    if (!(await isPortFree(port))) continue;
    try {
      const server = await startEmbeddedPostgres({ directory });
      if (server.port !== port) throw new Error(`Postgres came back on port ${server.port} instead of ${port}`);
      return server;
    } catch (error) {
      if (!(error instanceof EmbeddedPostgresError) || performance.now() > deadline) throw error;
    }
  }
}
