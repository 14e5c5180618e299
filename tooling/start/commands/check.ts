import { existsSync } from "node:fs";
import path from "node:path";
import { checkEnvironment } from "../../checks/environment";
import { generateClient } from "../build";
import { captureProgram } from "../run-program";
import { nodeCommand, runTypeScript } from "../service-command";
import { readSettings, root } from "../settings";

type Check = { name: string; run: () => Promise<{ code: number; output: string }> };

/** `npm run check`: format, lint, types, import boundaries, dead code, stale generated files. Two at a time. */
export async function run(): Promise<number> {
  const { environment } = readSettings(process.env, "/nonexistent/.env");
  await generateClient(environment);
  const tool =
    (name: string, ...args: string[]) =>
    () =>
      captureProgram([path.join(root, "node_modules/.bin", name), ...args], environment);
  const script =
    (file: string, ...args: string[]) =>
    () =>
      captureProgram(nodeCommand([...runTypeScript, path.join(root, file), ...args]), environment);

  // The longest first, so that the two that run last are short.
  const checks: Check[] = [
    {
      name: "types of the pages",
      run: describePages(tool("next", "typegen", "apps/web"), tool("tsc", "-p", "apps/web", "--noEmit")),
    },
    { name: "types", run: tool("tsc", "-p", "tsconfig.json", "--noEmit") },
    {
      name: "import boundaries",
      run: tool("depcruise", "--config", "tooling/boundaries/dependency-cruiser.cjs", "packages", "apps", "tooling"),
    },
    { name: "dead code", run: tool("knip", "--no-progress", "--no-config-hints") },
    { name: "migrations say what the schema says", run: script("tooling/migrate/write-migration.ts", "--check") },
    { name: "generated API reference", run: script("tooling/docs-api.ts", "--check") },
    {
      name: "format and lint",
      run: tool("biome", "ci", "--colors=off", "--max-diagnostics=50", "--error-on-warnings", "."),
    },
    { name: "environment", run: async () => toResult(checkEnvironment(root)) },
  ];
  const failed = await runTwoAtATime(checks);
  if (failed.length > 0) console.error(`\nNot right: ${failed.join(", ")}.`);
  return failed.length > 0 ? 1 : 0;
}

/** Next writes the declarations of its own file types, which are in no commit. */
function describePages(write: Check["run"], check: Check["run"]): Check["run"] {
  return async () => {
    if (existsSync(path.join(root, "apps/web/next-env.d.ts"))) return check();
    const written = await write();
    return written.code === 0 ? check() : written;
  };
}

const toResult = (problems: string[]) => ({ code: problems.length > 0 ? 1 : 0, output: problems.join("\n") });

async function runTwoAtATime(checks: Check[]): Promise<string[]> {
  const waiting = [...checks];
  const failed: string[] = [];
  const work = async () => {
    for (let check = waiting.shift(); check; check = waiting.shift()) {
      const started = Date.now();
      const { code, output } = await check.run();
      const line = `${code === 0 ? "✓" : "✗"} ${check.name} (${((Date.now() - started) / 1000).toFixed(1)} s)`;
      console.log(code === 0 ? line : `${line}\n${output.trimEnd()}\n`);
      if (code !== 0) failed.push(check.name);
    }
  };
  await Promise.all([work(), work()]);
  return failed;
}
