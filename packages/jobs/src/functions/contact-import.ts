import { failImport } from "@hustings/core/imports/commands";
import { runImportSlice } from "@hustings/core/imports/run-import";
import { inngest, triggers } from "../client";
import { jobContext } from "../context";

/** One step's share: well under the time that any server gives a call, and rare enough that a step costs nothing. */
const SLICE_MS = 10_000;
/** A run stays under 200 steps (25 minutes); a longer import goes on in a run of its own. */
const MAX_SLICES = 150;

/** Reads a file slice by slice. Everything that makes it safe to be killed and repeated is in `runImportSlice`. */
export const contactImport = inngest.createFunction(
  {
    id: "contact-import",
    triggers: [triggers.importRequested],
    retries: 10,
    // One run per import, and a workspace's long import leaves room for a colleague's short one.
    concurrency: [
      { limit: 1, key: "event.data.importId" },
      { limit: 2, key: "event.data.workspaceId" },
    ],
    cancelOn: [{ event: "contact/import.cancelled", match: "data.importId" }],
    onFailure: ({ event }) => failImport(jobContext(), event.data.event.data.importId),
  },
  async ({ event, step }) => {
    const { importId } = event.data;
    let processed = 0;
    for (let slice = 0; slice < MAX_SLICES; slice++) {
      const result = await step.run(`slice-${slice}`, () =>
        runImportSlice(jobContext(), { importId, budgetMs: SLICE_MS }),
      );
      processed = result.processed;
      if (result.isDone) return { processed };
    }
    await step.sendEvent("go-on", {
      id: `import:${importId}:${processed}`,
      name: "contact/import.requested",
      data: event.data,
    });
    return { processed };
  },
);
