import { accessSync, constants } from "node:fs";
import path from "node:path";
import type { Environment } from "./settings";

const NAMES = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"];
const MAC = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
];

/** Where a Chromium is installed, for journeys in a browser: CHROMIUM_PATH, or as systems install it; null when none. */
export function findBrowser(environment: Environment): string | null {
  if (environment.CHROMIUM_PATH) return environment.CHROMIUM_PATH;
  const directories = (environment.PATH ?? "").split(path.delimiter).filter((directory) => directory !== "");
  return (
    [...directories.flatMap((directory) => NAMES.map((name) => path.join(directory, name))), ...MAC].find(
      isExecutable,
    ) ?? null
  );
}

/** One line for who has none. */
export const HOW_TO_GET_A_BROWSER =
  "No Chromium was found, so the journeys in a browser (apps/web/e2e) are skipped; `apt-get install chromium`, or Google Chrome, or CHROMIUM_PATH brings one.";

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
