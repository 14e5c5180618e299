import type { ImportJob, ImportJobInput } from "@hustings/contracts/imports";
import { inTransaction } from "@hustings/db/client";
import type { CoreContext, WorkspaceContext } from "../context";
import { invalid } from "../errors";
import { writeEvent } from "../outbox/write-event";
import { endImport } from "./end-import";
import { getImport, getImportRow } from "./queries";

/**
 * Stops an import after the batch that is under way. What is in stays; the answer says how many. A second call answers
 * the same.
 *
 * @throws DomainError `not_found`, also for another workspace's import; `invalid` when it has ended by itself.
 */
export async function cancelImport(ctx: WorkspaceContext, { jobId }: ImportJobInput): Promise<ImportJob> {
  await getImportRow(ctx, jobId);
  await inTransaction(ctx.db, async (tx) => {
    if (await endImport(tx, ctx, jobId, { status: "cancelled", by: ctx.principal }))
      await writeEvent(tx, "contact/import.cancelled", { importId: jobId });
  });
  const job = await getImport(ctx, jobId);
  if (job.status !== "cancelled")
    throw invalid(`The import has ended already: it ${job.status === "failed" ? "failed" : "is complete"}`);
  return job;
}

/** Ends an import whose job failed for good, with words for people; the log has the reason. */
export async function failImport(ctx: CoreContext, importId: string): Promise<void> {
  const error = "Something went wrong on our side. What was read until then is in; bring the file again for the rest";
  await inTransaction(ctx.db, (tx) => endImport(tx, ctx, importId, { status: "failed", error }));
}
