import { defineConfig } from "vitest/config";

/** Three projects: `node` and `web` run beside each other, then `e2e`, which drives browsers and the built app. */
export default defineConfig({
  test: {
    globalSetup: ["tooling/vitest/global-setup.ts"],
    // More than there are processors: many files wait for a clock, a process or the disk.
    maxWorkers: 4,
    // Files of a worker share their modules: importing them anew took half of the time of the quick ones. So a test
    // puts back whatever it changes outside of its own database.
    isolate: false,
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // A test that leaves a timer or a socket open fails the run instead of hanging it.
    teardownTimeout: 20_000,
    projects: [
      {
        extends: true,
        test: {
          name: "node",
          include: ["packages/**/*.test.{ts,tsx}", "apps/{worker,cli}/**/*.test.ts", "tooling/**/*.test.ts"],
        },
      },
      { extends: true, test: { name: "web", include: ["apps/web/src/**/*.test.{ts,tsx}", "apps/web/*.test.ts"] } },
      {
        extends: true,
        test: {
          name: "e2e",
          include: ["apps/web/e2e/**/*.test.ts"],
          maxWorkers: 3,
          sequence: { groupOrder: 1 },
          testTimeout: 120_000,
          hookTimeout: 300_000,
        },
      },
    ],
  },
});
