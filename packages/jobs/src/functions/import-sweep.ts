import { removeUnusedUploads, reviveStuckImports } from "@hustings/core/imports/sweep-imports";
import { inngest } from "../client";
import { jobContext } from "../context";

/** Every hour: removes files that nobody imported, and asks again for imports that hang. */
export const importSweep = inngest.createFunction(
  { id: "import-sweep", triggers: [{ cron: "23 * * * *" }], retries: 2 },
  async ({ step }) => {
    const removed = await step.run("remove-unused", () => removeUnusedUploads(jobContext()));
    const revived = await step.run("revive-stuck", () => reviveStuckImports(jobContext()));
    return { removed, revived };
  },
);
