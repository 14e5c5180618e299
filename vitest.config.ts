import { defineConfig } from "vitest/config";
import { LongestFirst } from "./tooling/vitest/longest-first.ts";

export default defineConfig({
  test: {
    globalSetup: ["tooling/vitest/global-setup.ts"],
    include: ["{packages,apps,tooling}/**/*.test.ts"],
    // One more than there are processors: many files wait for a clock, a process or the disk; but each worker imports
    // and compiles everything anew, which takes longer than what a fourth would win.
    maxWorkers: 3,
    // Files of a worker share their modules: importing them anew took half of the time of the quick ones. So a test
    // puts back whatever it changes outside of its own database. Workers are kept only for files of the same project,
    // which is why there is one for all.
    isolate: false,
    sequence: { sequencer: LongestFirst },
    testTimeout: 120_000,
    hookTimeout: 300_000,
    // A test that leaves a timer or a socket open fails the run instead of hanging it.
    teardownTimeout: 20_000,
  },
});
