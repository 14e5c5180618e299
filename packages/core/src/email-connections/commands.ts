import type { EmailConnection, UpdateEmailConnectionInput } from "@hustings/contracts/email-connections";
import type { ById } from "@hustings/contracts/primitives";
import { type Db, inTransaction } from "@hustings/db/client";
import type { EmailConnectionModel } from "@hustings/db/types";
import { recordChange } from "../audit/record-change";
import type { PrincipalContext } from "../context";
import { invalid } from "../errors";
import { writeEvent } from "../outbox/write-event";
import { toEmailConnection } from "./mapper";
import { getOwnConnection, mayWriteInto, ownerId, requireGmail } from "./owner";
import { hideTexts, readAgain } from "./timeline-texts";
import { openRefreshToken } from "./tokens";

/**
 * Changes what a mailbox adds to timelines by default, and to those of which workspace. What is not visible any more
 * loses its subject and words at once; what is now wanted of the past is read by the next sync, which begins.
 *
 * @throws DomainError `not_found`; `forbidden` for somebody else's; `invalid` for a workspace without the right to write.
 */
export async function updateEmailConnection(
  ctx: PrincipalContext,
  { id, targetWorkspaceId, ...choices }: UpdateEmailConnectionInput,
): Promise<EmailConnection> {
  return inTransaction(ctx.db, async (tx) => {
    const before = await getOwnConnection(ctx, id, tx);
    if (targetWorkspaceId && !(await mayWriteInto(tx, before.userId, targetWorkspaceId)))
      throw invalid("Validation failed", ["targetWorkspaceId: not found, or you may not write there"]);
    const row = await tx.emailConnection.update({
      where: { id },
      data: { ...choices, ...(targetWorkspaceId === undefined ? {} : { workspaceId: targetWorkspaceId }) },
    });
    await hideTexts(tx, row.userId);
    if (wantsMore(before, row)) {
      await readAgain(tx, row.userId, { connectionId: id });
      await queueSync(tx, row);
    }
    await recordChange(tx, ctx, {
      action: "emailConnections.update",
      targetType: "emailConnection",
      targetId: id,
      details: { ...choices, ...(targetWorkspaceId === undefined ? {} : { workspaceId: targetWorkspaceId }) },
    });
    return toEmailConnection(row, ctx.ports.now());
  });
}

const wantsMore = (before: EmailConnectionModel, after: EmailConnectionModel): boolean =>
  (after.syncInteractions && !before.syncInteractions) ||
  (after.interactionsVisible && !before.interactionsVisible) ||
  (after.workspaceId !== null && after.workspaceId !== before.workspaceId);

/**
 * Asks for a sync now.
 *
 * @throws DomainError `not_found`; `forbidden` for somebody else's; `invalid` when it must be connected again first;
 * `unavailable` where Gmail is not set up.
 */
export async function refreshEmailConnection(ctx: PrincipalContext, { id }: ById): Promise<void> {
  await inTransaction(ctx.db, async (tx) => {
    const row = await getOwnConnection(ctx, id, tx);
    requireGmail(ctx);
    if (row.status === "needs_reconnect") throw invalid("Connect this account again first: Google ended the access");
    await queueSync(tx, row);
  });
}

/** Asks for a sync in the caller's transaction; one that is under way goes round once more. */
export async function queueSync(tx: Db, row: Pick<EmailConnectionModel, "id" | "status">): Promise<void> {
  if (row.status !== "connected") return;
  await tx.emailConnection.updateMany({ where: { id: row.id }, data: { syncState: "queued" } });
  await writeEvent(tx, "email/sync.requested", { connectionId: row.id });
}

/**
 * Ends a connection: the tokens and everything that was read of the mailbox go, whether Google can be reached or not.
 * What stands in timelines stays.
 *
 * @throws DomainError `not_found`; `forbidden` for somebody else's.
 */
export async function deleteEmailConnection(ctx: PrincipalContext, { id }: ById): Promise<void> {
  const row = await getOwnConnection(ctx, id);
  const wasRevoked = await revokeGrant(ctx, row);
  await inTransaction(ctx.db, async (tx) => {
    const { count } = await tx.emailConnection.deleteMany({ where: { id, userId: ownerId(ctx) } });
    // Disconnected by another press at the same time.
    if (count === 0) return;
    await recordChange(tx, ctx, {
      action: "emailConnections.delete",
      targetType: "emailConnection",
      targetId: id,
      details: { wasRevoked },
    });
  });
}

async function revokeGrant(ctx: PrincipalContext, row: EmailConnectionModel): Promise<boolean> {
  const { gmail } = ctx.ports;
  const token = gmail ? openRefreshToken(gmail, row) : null;
  if (!gmail || token === null) return false;
  try {
    await gmail.oauth.revoke(token);
    return true;
  } catch (error) {
    ctx.logger.warn({ err: error }, "a grant could not be revoked at Google; its tokens are deleted all the same");
    return false;
  }
}
