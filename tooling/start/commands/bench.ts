import { runTool } from "../run-tool";

/** `npm run bench`: measures, and writes docs/benchmarks.md. */
export const run = (args: string[]): Promise<number> => runTool("tooling/bench/bench.ts", args);
