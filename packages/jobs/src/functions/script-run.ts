import { performScriptRun } from "@hustings/core/scripts/perform-run";
import { readScriptConcurrency } from "@hustings/script-runner/env";
import { inngest, triggers } from "../client";
import { jobContext } from "../context";

const atOnce = readScriptConcurrency();

/** Runs a script. A step that is called again after a crash repeats nothing: `performScriptRun` sees to it. */
export const scriptRun = inngest.createFunction(
  {
    id: "script-run",
    triggers: [triggers.scriptRunRequested],
    retries: 2,
    // A workspace with many scripts leaves room for one with few.
    concurrency: [{ limit: atOnce }, { limit: Math.ceil(atOnce / 2), key: "event.data.workspaceId" }],
  },
  async ({ event, step }) => ({
    status: await step.run("run", () => performScriptRun(jobContext(), event.data.runId)),
  }),
);
