import { reconcileFieldIndexes } from "@hustings/core/segments/field-indexes";
import { inngest, triggers } from "../client";
import { jobContext } from "../context";

/** Indexes for what segments compare; after a change of theirs, and every hour for what slipped through. */
export const fieldIndexes = inngest.createFunction(
  {
    id: "field-indexes",
    triggers: [triggers.segmentsChanged, { cron: "41 * * * *" }],
    retries: 3,
    concurrency: [{ limit: 1 }],
  },
  async ({ step }) => step.run("reconcile", () => reconcileFieldIndexes(jobContext())),
);
