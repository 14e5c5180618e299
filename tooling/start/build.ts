import path from "node:path";
import { runQuietly } from "./run-program";
import { type Environment, root } from "./settings";

/** Where the production bundles lie. */
export const bundles = {
  web: path.join(root, "apps/web/dist/server.js"),
  worker: path.join(root, "apps/worker/dist/worker.js"),
  cli: path.join(root, "apps/cli/dist/cli.js"),
};

/** The Prisma client: what everything else imports. Under half a second when nothing has changed. */
export const generateClient = (environment: Environment, stopping?: AbortSignal): Promise<void> =>
  runQuietly(
    "Generating the database client",
    [process.execPath, path.join(root, "tooling/prisma-generate.mjs")],
    environment,
    stopping,
  );

export type BuildOptions = {
  /** Names of the packages to build, with what they depend on; all unless given. */
  only?: string[];
  stopping?: AbortSignal;
};

/** Builds what changed since the last build. turbo compares the files; within a second when nothing did. */
export async function buildChanged(
  environment: Environment,
  { only = [], stopping }: BuildOptions = {},
): Promise<void> {
  await runQuietly(
    "The build",
    [
      path.join(root, "node_modules/.bin/turbo"),
      "run",
      "build",
      "--output-logs=errors-only",
      ...only.map((app) => `--filter=${app}`),
    ],
    {
      ...environment,
      // turbo starts its tasks by a `pnpm` on the PATH, which a newcomer does not have. npx would read all of node_modules
      // before each of them.
      PATH: `${path.join(root, "node_modules/.bin")}${path.delimiter}${environment.PATH}`,
      NODE_ENV: "production",
      TURBO_TELEMETRY_DISABLED: "1",
      DO_NOT_TRACK: "1",
      NEXT_TELEMETRY_DISABLED: "1",
    },
    stopping,
  );
}
