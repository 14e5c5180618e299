import { appendFileSync } from "node:fs";
import path from "node:path";
import { describeInstance } from "../banner";
import { isEmptyDatabase } from "../database";
import { createLocalEnvironment } from "../local-environment";
import { runInstance } from "../run-instance";
import { followParent, nodeCommand } from "../service-command";
import { readSettings } from "../settings";

/**
 * What `npm start` does, with tiny programs in the place of web and worker, and nothing to build. Everything else is
 * the real thing: lock, port, embedded Postgres, migrations, supervision.
 */
async function main(): Promise<void> {
  const settings = readSettings(process.env, "/nonexistent/.env");
  const environment = createLocalEnvironment(settings, "production");
  const fake = (name: string) => nodeCommand([...followParent, path.join(import.meta.dirname, name)]);
  process.exitCode = await runInstance({
    settings,
    environment,
    prepare: async () => undefined,
    seed: async (databaseUrl) => {
      if (await isEmptyDatabase(databaseUrl)) appendFileSync(path.join(settings.dataDirectory, "seeded"), "seeded\n");
    },
    startBeside: () => {
      note(settings.dataDirectory, "started beside");
      return () => note(settings.dataDirectory, "stopped beside");
    },
    services: { web: fake(process.env.FAKE_WEB ?? "fake-web.mjs"), worker: fake("fake-worker.mjs") },
    announce: () => describeInstance(settings, environment),
  });
}

const note = (directory: string, what: string) => appendFileSync(path.join(directory, "beside"), `${what}\n`);

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
