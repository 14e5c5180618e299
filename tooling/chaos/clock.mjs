import { readFileSync, watchFile } from "node:fs";

/**
 * Loaded before a service (`node --import …/clock.mjs?file`): what the process takes for now is off by as many
 * milliseconds as the file says, from one moment to the next, as when somebody sets a machine's clock. Timers and
 * `performance.now()` go on evenly, as they do then.
 */
const file = decodeURIComponent(new URL(import.meta.url).search.slice(1));
const LOOK_EVERY_MS = 50;

const RealDate = Date;
const read = () => Number(readFileSync(file, "utf8"));
let offsetMs = read();
watchFile(file, { interval: LOOK_EVERY_MS, persistent: false }, () => {
  offsetMs = read();
});

const now = () => RealDate.now() + offsetMs;
globalThis.Date = new Proxy(RealDate, {
  construct: (target, args, newTarget) => Reflect.construct(target, args.length === 0 ? [now()] : args, newTarget),
  apply: () => new RealDate(now()).toString(),
  get: (target, name) => (name === "now" ? now : Reflect.get(target, name)),
});
