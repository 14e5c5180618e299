import { buildChanged, bundles, generateClient } from "../build";
import { createCommandLineEnvironment } from "../command-line-environment";
import { migrate, openDatabase, type RunningDatabase } from "../database";
import { claimDataDirectory, findRunningInstance } from "../instance";
import { runProgram } from "../run-program";
import { readSettings, type Settings } from "../settings";

/**
 * `npm run hustings -- …`: the operator's commands on the database of the running instance, of DATABASE_URL, or on
 * the embedded one, started for the moment. Writes nothing of its own to standard output.
 */
export async function run(args: string[]): Promise<number> {
  const settings = readSettings();
  await generateClient(settings.environment);
  await buildChanged(settings.environment, { only: ["@hustings/cli"] });
  const database = await reachDatabase(settings);
  try {
    const environment = {
      ...createCommandLineEnvironment(settings),
      DATABASE_URL: database.url,
      APP_URL: settings.appUrl,
      HUSTINGS_DATA_DIR: settings.dataDirectory,
    };
    return await runProgram([process.execPath, "--enable-source-maps", bundles.cli, ...args], environment);
  } finally {
    await database.stop();
  }
}

async function reachDatabase(settings: Settings): Promise<Pick<RunningDatabase, "url" | "stop">> {
  if (settings.databaseUrl) return openDatabase(settings.databaseUrl, settings.dataDirectory);
  const instance = findRunningInstance(settings.dataDirectory);
  if (instance) return { url: instance.databaseUrl, stop: async () => undefined };
  const release = claimDataDirectory(settings.dataDirectory);
  const database = await openDatabase(undefined, settings.dataDirectory);
  await migrate(database.url);
  return {
    url: database.url,
    stop: async () => {
      await database.stop();
      release();
    },
  };
}
