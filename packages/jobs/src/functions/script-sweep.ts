import { sweepScripts } from "@hustings/core/scripts/sweep-scripts";
import { inngest } from "../client";
import { jobContext } from "../context";

/** Every minute: starts the scripts whose time has come, and looks after the runs that nobody is at any more. */
export const scriptSweep = inngest.createFunction(
  { id: "script-sweep", triggers: [{ cron: "* * * * *" }], retries: 0 },
  async ({ step }) => step.run("sweep", () => sweepScripts(jobContext())),
);
