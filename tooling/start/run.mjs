import path from "node:path";
import { pathToFileURL } from "node:url";
import { installDependencies } from "./install.mjs";

/**
 * What every npm script of the root calls: `node tooling/start/run.mjs <command> …`. Built-ins only up to the line
 * that loads tsx, since nothing is installed in a fresh clone.
 */
const [command, ...args] = process.argv.slice(2);
const quiet = command === "hustings" || command === "docs-api";

try {
  installDependencies({ quiet });
  const { register } = await import("tsx/esm/api");
  register();
  const file = path.join(import.meta.dirname, "commands", `${command}.ts`);
  const { run } = await import(pathToFileURL(file).href);
  process.exitCode = (await run(args)) ?? 0;
} catch (error) {
  // A sentence for the operator; anything else is a defect of ours, and its place helps.
  const isSentence = error instanceof Error && /^(UserError|EmbeddedPostgresError|MigrationError)$/.test(error.name);
  console.error(`\n${isSentence ? error.message : (error?.stack ?? error)}`);
  process.exitCode = 1;
}
