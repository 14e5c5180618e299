import { inngest } from "../client";
import { jobContext } from "../context";
import { pruneOutbox } from "../outbox";

/** Once a night: forgets events that were sent long ago. */
export const outboxPrune = inngest.createFunction(
  { id: "outbox-prune", triggers: [{ cron: "17 3 * * *" }], retries: 2 },
  async ({ step }) => ({ removed: await step.run("prune", () => pruneOutbox(jobContext().pool)) }),
);
