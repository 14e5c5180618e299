import path from "node:path";
import { pathToFileURL } from "node:url";
import { root } from "./settings";

/** Node options by which a service ends with the start script. */
export const followParent = [
  "--import",
  pathToFileURL(path.join(import.meta.dirname, "follow-parent.mjs")).href,
  "--enable-source-maps",
];

/**
 * Node options by which a service holds little more than it needs. V8 lets garbage pile up to several times of what
 * lives before it looks through the old half of the heap (measured: 190 MB more at the peak of a long import); so it
 * collects once a third has been added.
 */
export const steadyHeap = ["--initial-old-space-size=64", "--heap-growing-percent=30"];

/** Node options that run TypeScript as it is. */
export const runTypeScript = ["--import", pathToFileURL(path.join(root, "node_modules/tsx/dist/esm/index.mjs")).href];

/** A command that runs this very Node. */
export const nodeCommand = (args: string[]): [string, ...string[]] => [process.execPath, ...args];
