import { applyRunSlice, failRun } from "@hustings/core/automations/apply-run";
import { inngest, triggers } from "../client";
import { jobContext } from "../context";

const SLICE_MS = 10_000;
/** A run stays under 200 steps; a longer one goes on in another. */
const MAX_SLICES = 150;

/** Applies a rule to those whom it was frozen for. What makes it safe to be killed and repeated is in `applyRunSlice`. */
export const automationRun = inngest.createFunction(
  {
    id: "automation-run",
    triggers: [triggers.automationRunRequested],
    retries: 10,
    concurrency: [{ limit: 1, key: "event.data.runId" }],
    onFailure: ({ event }) => failRun(jobContext(), event.data.event.data.runId),
  },
  async ({ event, step }) => {
    const { runId, workspaceId } = event.data;
    let processed = 0;
    for (let slice = 0; slice < MAX_SLICES; slice++) {
      const result = await step.run(`apply-${slice}`, () =>
        applyRunSlice(jobContext(), { runId, workspaceId, budgetMs: SLICE_MS }),
      );
      processed = result.processed;
      if (result.isDone) return { processed, affected: result.affected };
    }
    await step.sendEvent("go-on", {
      id: `automation-run:${runId}:${processed}`,
      name: "automation/run.requested",
      data: event.data,
    });
    return { processed };
  },
);
