import path from "node:path";
import { pathToFileURL } from "node:url";
import { root } from "./settings";

/** Node options by which a service ends with the start script. */
export const followParent = [
  "--import",
  pathToFileURL(path.join(import.meta.dirname, "follow-parent.mjs")).href,
  "--enable-source-maps",
];

/** Node options that run TypeScript as it is. */
export const runTypeScript = ["--import", pathToFileURL(path.join(root, "node_modules/tsx/dist/esm/index.mjs")).href];

/** A command that runs this very Node. */
export const nodeCommand = (args: string[]): [string, ...string[]] => [process.execPath, ...args];
