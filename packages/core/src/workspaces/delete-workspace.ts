import type { ById } from "@hustings/contracts/primitives";
import type { DeletedWorkspace } from "@hustings/contracts/workspaces";
import { type Db, inTransaction, sql } from "@hustings/db/client";
import { deleteInChunks } from "@hustings/db/delete-in-chunks";
import { recordChange } from "../audit/record-change";
import { removeContacts } from "../contacts/delete-contact";
import type { PrincipalContext, WorkspaceContext } from "../context";
import { invalid, notFound } from "../errors";
import { removeScripts } from "../scripts/remove-scripts";
import { assertGlobalAdmin } from "./access";
import { openOrNotFound } from "./open-by-id";

/** People per transaction: rows are locked for well under a second. */
const PEOPLE_PER_CHUNK = 2_000;

/**
 * Deletes a workspace with everything in it, and erases everybody whom no other workspace knows. In chunks, scripts and
 * people first and the workspace last: after a failure it is still there, emptier, and deleting it again finishes the
 * work. Scripts that run are stopped, and waited for.
 *
 * @throws DomainError `forbidden` unless a global admin asks; `not_found`; `invalid` for the global workspace and while
 * campaigns are being sent or imports run in it.
 */
export async function deleteWorkspace(ctx: PrincipalContext, { id }: ById): Promise<DeletedWorkspace> {
  assertGlobalAdmin(ctx);
  const workspace = await openOrNotFound(ctx, id, "Workspace");
  if (workspace.isGlobalWorkspace) throw invalid("The global workspace cannot be deleted");
  await inTransaction(ctx.db, (tx) => stopWork(tx, id));
  await removeScripts(ctx.db, id);
  const people = { erased: 0, unlinked: 0 };
  do {
    const removed = await removePeople(workspace);
    people.erased += removed.erased;
    people.unlinked += removed.unlinked;
    await removeCampaignRows(ctx.db, id);
  } while (!(await removeRest(ctx, id, people)));
  return { success: true, ...people };
}

/** Removes the workspace itself and what hangs on it; false when somebody has come into it meanwhile. */
async function removeRest(
  ctx: PrincipalContext,
  id: string,
  people: { erased: number; unlinked: number },
): Promise<boolean> {
  return inTransaction(ctx.db, async (tx) => {
    const [row] = await tx.$queryRaw<{ name: string; slug: string }[]>`
      select name, slug from workspaces where id = ${id}::uuid for update`;
    // Somebody else deleted it at the same time.
    if (!row) throw notFound("Workspace");
    if ((await tx.contactWorkspace.count({ where: { workspaceId: id }, take: 1 })) > 0) return false;
    await removeUnlinkedRows(tx, id);
    await tx.workspace.delete({ where: { id } });
    // An entry of the installation: the workspace whose audit it would stand in is gone.
    await recordChange(
      tx,
      { principal: ctx.principal },
      {
        action: "workspaces.delete",
        targetType: "workspace",
        targetId: id,
        details: { name: row.name, slug: row.slug, ...people },
      },
    );
    return true;
  });
}

/** Refuses while something runs, and takes back what would start by itself. */
async function stopWork(tx: Db, workspaceId: string): Promise<void> {
  await tx.$queryRaw`select 1 from workspaces where id = ${workspaceId}::uuid for update`;
  const [campaigns, imports] = await Promise.all([
    tx.campaign.findMany({
      where: { workspaceId, status: { in: ["queued", "sending"] } },
      select: { name: true, status: true },
    }),
    tx.import.findMany({
      where: { workspaceId, status: { in: ["queued", "running"] } },
      select: { fileName: true, status: true },
    }),
  ]);
  const running = [
    ...campaigns.map(({ name, status }) => `campaign "${name}": ${status}`),
    ...imports.map(({ fileName, status }) => `import "${fileName}": ${status}`),
  ];
  if (running.length > 0) throw invalid("Work is still running in this workspace. Cancel it first.", running);
  await tx.campaign.updateMany({ where: { workspaceId, status: "scheduled" }, data: { status: "draft" } });
}

async function removePeople(workspace: WorkspaceContext): Promise<{ erased: number; unlinked: number }> {
  // As somebody of this workspace alone: a global admin's right to erase everywhere must not reach other workspaces' people.
  const scope: WorkspaceContext = { ...workspace, isGlobalAdmin: false, isGlobalWorkspace: false };
  const sum = { erased: 0, unlinked: 0 };
  for (;;) {
    const removed = await inTransaction(workspace.db, async (tx) => {
      const rows = await tx.$queryRaw<{ id: string }[]>`
        select contact_id as id from contact_workspaces where workspace_id = ${workspace.workspaceId}::uuid
        order by contact_id limit ${PEOPLE_PER_CHUNK}`;
      return removeContacts(
        { ...scope, db: tx },
        tx,
        rows.map((row) => row.id),
      );
    });
    if (removed.erased + removed.unlinked === 0) return sum;
    sum.erased += removed.erased;
    sum.unlinked += removed.unlinked;
  }
}

/** What campaigns have written by the hundred thousand, which no foreign key takes along. */
async function removeCampaignRows(db: Db, workspaceId: string): Promise<void> {
  const ofWorkspace = sql`campaign_id in (select id from campaigns where workspace_id = ${workspaceId}::uuid)`;
  await deleteInChunks(db, sql`email_events`, ofWorkspace);
  await deleteInChunks(db, sql`campaign_emails`, ofWorkspace);
  await deleteInChunks(db, sql`campaign_exclusions`, ofWorkspace);
  await deleteInChunks(db, sql`campaign_batches`, ofWorkspace);
  await deleteInChunks(db, sql`sandbox_emails`, sql`workspace_id = ${workspaceId}::uuid`);
}

async function removeUnlinkedRows(tx: Db, workspaceId: string): Promise<void> {
  await tx.interaction.deleteMany({ where: { workspaceId } });
  await tx.automationApplication.deleteMany({ where: { workspaceId } });
  await tx.contactChange.deleteMany({ where: { workspaceId } });
  await tx.emailInteraction.deleteMany({ where: { workspaceId } });
  await tx.suppression.deleteMany({ where: { workspaceId } });
  await tx.importUpload.deleteMany({ where: { workspaceId } });
  await tx.user.updateMany({ where: { lastWorkspaceId: workspaceId }, data: { lastWorkspaceId: null } });
  await tx.workspaceStats.deleteMany({ where: { workspaceId } });
}
