import { pruneHandOvers } from "@hustings/core/mail/journal";
import { pruneProviderEvents } from "@hustings/core/provider-events/prune-provider-events";
import { wakeUnmatched } from "@hustings/core/provider-events/record-outcomes";
import { inngest } from "../client";
import { jobContext } from "../context";

/** Once a night: forgets what providers told, and were told, long ago, and looks again at what found no message. */
export const providerEventPrune = inngest.createFunction(
  { id: "provider-event-prune", triggers: [{ cron: "37 3 * * *" }], retries: 2 },
  async ({ step }) => ({
    woken: await step.run("wake", () => wakeUnmatched(jobContext().db)),
    removed: await step.run("prune", () => pruneProviderEvents(jobContext())),
    handOvers: await step.run("prune-hand-overs", () => pruneHandOvers(jobContext())),
  }),
);
