import type { WorkspaceContext } from "../context";
import { invalid } from "../errors";

/**
 * Whether a send must name the number of people who get it: mail is sent for real, and no campaign of this workspace has
 * left for real people yet.
 */
export async function mustConfirm(ctx: WorkspaceContext): Promise<boolean> {
  if (ctx.settings.emailMode !== "live") return false;
  const where = { id: ctx.workspaceId, firstLiveAt: null };
  return (await ctx.db.workspace.count({ where })) > 0;
}

/**
 * Stands before a send. A number that is given counts in every mode, also where none is needed.
 *
 * @throws DomainError `invalid` whose details name `confirmRecipients`: it is missing, or another number get it by now.
 */
export async function assertConfirmed(
  ctx: WorkspaceContext,
  recipients: number,
  confirmRecipients: number | undefined,
): Promise<void> {
  if (confirmRecipients === recipients) return;
  if (confirmRecipients !== undefined)
    throw invalid("Not as many people get it as was confirmed", [
      `confirmRecipients: must be the number of people who get it, which is ${recipients} now`,
    ]);
  if (await mustConfirm(ctx))
    throw invalid("This would be the first campaign of the workspace that goes to real people", [
      "confirmRecipients: must be given, the number of people who get it",
    ]);
}

/** A campaign leaves: from now on this workspace knows what sending for real is. Idempotent. */
export async function noteFirstLive(ctx: WorkspaceContext, now: Date): Promise<void> {
  if (ctx.settings.emailMode !== "live") return;
  await ctx.db.workspace.updateMany({ where: { id: ctx.workspaceId, firstLiveAt: null }, data: { firstLiveAt: now } });
}
