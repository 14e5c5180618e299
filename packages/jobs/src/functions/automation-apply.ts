import { drainContactChanges } from "@hustings/core/automations/drain-changes";
import { inngest, triggers } from "../client";
import { jobContext } from "../context";
import { readGatherTime } from "../env";

/** One step's share. */
const SLICE_MS = 10_000;
/** A run stays under 200 steps; what is left then has its own events, and the sweep. */
const MAX_SLICES = 150;

/**
 * Applies active rules to the people of a workspace who were added or changed. Every change writes an event; what gathers
 * for a moment makes one run, which looks for its work itself.
 */
export const automationApply = inngest.createFunction(
  {
    id: "automation-apply",
    triggers: [triggers.contactsChanged],
    retries: 5,
    batchEvents: { maxSize: 100, timeout: readGatherTime(), key: "event.data.workspaceId" },
    concurrency: [{ limit: 1, key: "event.data.workspaceId" }],
  },
  async ({ event, step }) => {
    const { workspaceId } = event.data;
    let looked = 0;
    let applied = 0;
    for (let slice = 0; slice < MAX_SLICES; slice++) {
      const result = await step.run(`look-${slice}`, () =>
        drainContactChanges(jobContext(), { workspaceId, budgetMs: SLICE_MS }),
      );
      looked += result.looked;
      applied += result.applied;
      if (result.isDone) break;
    }
    return { applied, looked };
  },
);
