import { performScriptRun } from "@hustings/core/scripts/perform-run";
import { inngest, triggers } from "../client";
import { jobContext } from "../context";

/** Runs a script. A step that is called again after a crash repeats nothing: `performScriptRun` sees to it. */
export const scriptRun = inngest.createFunction(
  {
    id: "script-run",
    triggers: [triggers.scriptRunRequested],
    retries: 2,
    // Mail and imports have calls left, and a workspace with many scripts leaves room for one with few.
    concurrency: [{ limit: 4 }, { limit: 2, key: "event.data.workspaceId" }],
  },
  async ({ event, step }) => ({
    status: await step.run("run", () => performScriptRun(jobContext(), event.data.runId)),
  }),
);
