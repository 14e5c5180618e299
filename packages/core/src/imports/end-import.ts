import type { Db } from "@hustings/db/client";
import { actorOf, recordChange } from "../audit/record-change";
import { readActor } from "../audit/stored-actor";
import type { CoreContext, Principal } from "../context";
import { keepErrors } from "./commit-batch";

export type ImportEnd = {
  status: "completed" | "failed" | "cancelled";
  /** For people: why it failed. */
  error?: string;
  /** The line that could not be read, counted as one more row. */
  line?: number;
  /** Who cancelled it, who need not be who started it. */
  by?: Principal;
};

/**
 * Ends an import, once: whoever comes second changes nothing. What is in stays; the file's bytes go, unless it was a
 * dry run, after which the import itself comes. One entry in the audit tells of it all.
 *
 * @returns whether it was this call that ended it.
 */
export async function endImport(
  tx: Db,
  ctx: Pick<CoreContext, "ports">,
  importId: string,
  { status, error, line, by }: ImportEnd,
): Promise<boolean> {
  await tx.$queryRaw`select 1 from imports where id = ${importId}::uuid for update`;
  const row = await tx.import.findUnique({ where: { id: importId } });
  if (!row || (row.status !== "queued" && row.status !== "running")) return false;
  const extra = line === undefined ? 0 : 1;
  if (line !== undefined)
    await keepErrors(tx, importId, [{ line, problems: [{ column: "", value: "", message: error ?? "" }] }]);
  const processed = row.processed + extra;
  const errorCount = row.errorCount + extra;
  await tx.import.update({
    where: { id: importId },
    data: {
      status,
      error: error ?? null,
      processed,
      errorCount,
      total: processed,
      finishedAt: ctx.ports.now(),
      ...(row.dryRun ? {} : { uploadId: null }),
    },
    select: { id: true },
  });
  if (row.dryRun) {
    await tx.importRehearsal.deleteMany({ where: { importId } });
    return true;
  }
  if (row.uploadId) await tx.importUpload.deleteMany({ where: { id: row.uploadId } });
  const { fileName, created, updated, skipped } = row;
  const counts = { total: processed, created, updated, skipped, errors: errorCount };
  const details = { fileName, status, ...counts, ...(by && { cancelledBy: actorOf(by) }) };
  const { principal } = readActor(row.actor);
  await recordChange(
    tx,
    { principal, workspaceId: row.workspaceId },
    { action: "contacts.import", targetType: "import", targetId: importId, details },
  );
  return true;
}
