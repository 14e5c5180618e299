import { inTransaction } from "@hustings/db/client";
import type { CoreContext } from "../context";
import { writeEvent } from "../outbox/write-event";

/** How long a file waits for its import. */
const KEEP_UPLOAD_MS = 24 * 60 * 60_000;
/** An import that is open for so long is asked for again; should its job live, the second one finds nothing to do. */
const STUCK_AFTER_MS = 60 * 60_000;
/** How long the table of errors can be downloaded. */
const KEEP_ERRORS_MS = 90 * 24 * 60 * 60_000;

/** Removes files that nobody imported within a day, and errors of imports long past. Idempotent. @returns how many files. */
export async function removeUnusedUploads(ctx: CoreContext): Promise<number> {
  const now = ctx.ports.now().getTime();
  const unused = await ctx.db.$queryRaw<{ id: string }[]>`
    select u.id from import_uploads u
    where u.created_at < ${new Date(now - KEEP_UPLOAD_MS)}
      and not exists (select 1 from imports i where i.upload_id = u.id and i.status in ('queued', 'running'))`;
  for (const { id } of unused)
    await inTransaction(ctx.db, async (tx) => {
      await tx.import.updateMany({ where: { uploadId: id }, data: { uploadId: null } });
      await tx.importUpload.deleteMany({ where: { id } });
    });
  await ctx.db.importError.deleteMany({ where: { import: { finishedAt: { lt: new Date(now - KEEP_ERRORS_MS) } } } });
  return unused.length;
}

/** Asks again for imports that should have ended long ago. @returns how many. */
export async function reviveStuckImports(ctx: CoreContext): Promise<number> {
  const createdAt = { lt: new Date(ctx.ports.now().getTime() - STUCK_AFTER_MS) };
  const stuck = await ctx.db.import.findMany({
    where: { status: { in: ["queued", "running"] }, createdAt },
    select: { id: true, workspaceId: true },
  });
  for (const { id, workspaceId } of stuck)
    await writeEvent(ctx.db, "contact/import.requested", { importId: id, workspaceId });
  return stuck.length;
}
