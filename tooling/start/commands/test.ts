import { mkdirSync, rmSync } from "node:fs";
import path from "node:path";
import { buildChanged, generateClient } from "../build";
import { findBrowser, findProgram, HOW_TO_GET_A_BROWSER, HOW_TO_GET_CURL } from "../programs";
import { runStep } from "../progress";
import { runProgram } from "../run-program";
import { readSettings, root } from "../settings";
import { summarize } from "../test-summary";
import { UserError } from "../user-error";

const report = path.join(root, "node_modules/.cache/hustings/tests.json");

/**
 * `npm test`: every test, or those that the arguments name, as vitest takes them. Journeys run the built app, so it
 * is built first; without a browser they are left out, except in CI, which must not skip what it is there for.
 */
export async function run(args: string[]): Promise<number> {
  // A developer's own settings must not decide how a test ends.
  const { environment } = readSettings(process.env, "/nonexistent/.env");
  const browser = findBrowser(environment);
  if (!browser && environment.CI) throw new UserError(`In CI a missing browser is a failure. ${HOW_TO_GET_A_BROWSER}`);
  await runStep("Generating the database client", () => generateClient(environment));
  const isEverything = args.length === 0 || args.some((arg) => arg.includes("e2e"));
  if (browser && isEverything) await runStep("Building what changed", () => buildChanged(environment));
  if (!browser) console.log(HOW_TO_GET_A_BROWSER);
  if (!findProgram(environment, ["curl"]) || !findProgram(environment, ["openssl"])) console.log(HOW_TO_GET_CURL);

  mkdirSync(path.dirname(report), { recursive: true });
  rmSync(report, { force: true });
  const code = await runProgram(
    [
      path.join(root, "node_modules/.bin/vitest"),
      "run",
      ...["--reporter=default", "--reporter=json", `--outputFile.json=${report}`],
      ...(browser ? [] : ["--exclude=apps/web/e2e/**"]),
      ...args,
    ],
    { ...environment, NODE_ENV: "test", ...(browser ? { CHROMIUM_PATH: browser } : {}) },
  );
  const { line, problems } = summarize(report);
  for (const problem of problems) console.error(`✗ ${problem}`);
  console.log(line);
  return problems.length > 0 ? 1 : code;
}
