import { applyWaitingSubmissions } from "@hustings/core/forms/apply-waiting";
import { applyProviderEvents } from "@hustings/core/provider-events/apply-provider-events";
import { WAKE_RECENT_MS, wakeUnmatched } from "@hustings/core/provider-events/record-outcomes";
import { inngest, triggers } from "../client";
import { jobContext } from "../context";

/** A run stays under 200 steps; what is left then waits for the next event or minute. */
const MAX_BATCHES = 150;
const MAX_SUBMISSION_BATCHES = 30;

/** Applies stored deliveries in batches until none waits, those of forms last; one run at a time, so that they go in order. */
export const providerEvents = inngest.createFunction(
  {
    id: "provider-events",
    triggers: [triggers.providerEventsReceived, { cron: "* * * * *" }],
    retries: 10,
    concurrency: [{ limit: 1 }],
  },
  async ({ step }) => {
    await step.run("wake", () => wakeUnmatched(jobContext().db, WAKE_RECENT_MS));
    let total = 0;
    for (let batch = 0; batch < MAX_BATCHES; batch++) {
      const { applied } = await step.run(`apply-${batch}`, () => applyProviderEvents(jobContext()));
      if (applied === 0) break;
      total += applied;
    }
    let submissions = 0;
    for (let batch = 0; batch < MAX_SUBMISSION_BATCHES; batch++) {
      const taken = await step.run(`submissions-${batch}`, () => applyWaitingSubmissions(jobContext()));
      if (taken === 0) break;
      submissions += taken;
    }
    return { applied: total, submissions };
  },
);
