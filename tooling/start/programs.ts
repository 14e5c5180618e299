import { accessSync, constants } from "node:fs";
import path from "node:path";
import type { Environment } from "./settings";

/** The shell first: a Chromium without windows, which does the journeys with a third less work. */
const NAMES = ["chromium-headless-shell", "chromium", "chromium-browser", "google-chrome-stable", "google-chrome"];
const MAC = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
];

/** Where a Chromium is installed, for journeys in a browser: CHROMIUM_PATH, or as systems install it; null when none. */
export function findBrowser(environment: Environment): string | null {
  return environment.CHROMIUM_PATH ?? findProgram(environment, NAMES) ?? MAC.find(isExecutable) ?? null;
}

/** Where the first of these programs that is installed lies, in the order of PATH; null when none is. */
export function findProgram({ PATH }: Environment, names: readonly string[]): string | null {
  const directories = (PATH ?? "").split(path.delimiter).filter((directory) => directory !== "");
  return directories.flatMap((directory) => names.map((name) => path.join(directory, name))).find(isExecutable) ?? null;
}

/** One line for who has none. */
export const HOW_TO_GET_A_BROWSER =
  "No Chromium was found, so the journeys in a browser (apps/web/e2e) are skipped; `apt-get install chromium-headless-shell`, or Chromium, or Google Chrome, or CHROMIUM_PATH brings one.";

/** The same of what the samples for the shell call. */
export const HOW_TO_GET_CURL =
  "curl or openssl was not found, so the reference's samples for the shell are skipped; `apt-get install curl openssl` brings them.";

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
