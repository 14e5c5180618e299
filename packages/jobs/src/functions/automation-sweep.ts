import { reviveStuckRuns, wakeLeftChanges } from "@hustings/core/automations/sweep-automations";
import { inngest } from "../client";
import { jobContext } from "../context";

/** Every minute: finds changes and runs that a crash left behind. */
export const automationSweep = inngest.createFunction(
  { id: "automation-sweep", triggers: [{ cron: "* * * * *" }], retries: 0 },
  async ({ step }) => {
    const woken = await step.run("wake-left", () => wakeLeftChanges(jobContext()));
    const revived = await step.run("revive-stuck", () => reviveStuckRuns(jobContext()));
    return { woken, revived };
  },
);
