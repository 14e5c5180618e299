import type { EmailConnectionModel } from "@hustings/db/types";
import type { Gmail } from "@hustings/google/gmail";
import { GoogleError } from "@hustings/google/google-error";
import type { CoreContext } from "../../context";
import { mayWriteInto } from "../owner";
import { type MailboxAccess, openMailbox } from "../tokens";

/** One connection at work. */
export type MailboxSync = {
  ctx: CoreContext;
  gmail: Gmail;
  connection: EmailConnectionModel;
  access: MailboxAccess;
  /** Whose timelines get its emails; null while the owner may write into none. */
  workspaceId: string | null;
};

/** What a step did. `waitMs`: how long the next is put off, so that the calls keep to Google's quota. */
export type SyncStep = { isDone: boolean; messages: number; interactions: number; waitMs: number };
export const NOTHING_LEFT: SyncStep = { isDone: true, messages: 0, interactions: 0, waitMs: 0 };

const MINUTE_MS = 60_000;

export const toWaitMs = ({ gmail }: MailboxSync, units: number): number =>
  Math.ceil((units / gmail.unitsPerMinute) * MINUTE_MS);

/**
 * Runs a step of a connection's sync, unless there is nothing to sync (any more): disconnected, to be connected again,
 * its owner deactivated, Gmail not set up. When Google has ended the access, the connection waits for its owner; any
 * other failure of Google is written down for the owner and thrown, for the job to try again.
 */
export async function withSync(
  ctx: CoreContext,
  connectionId: string,
  work: (sync: MailboxSync) => Promise<SyncStep>,
): Promise<SyncStep> {
  const { gmail } = ctx.ports;
  const row = await ctx.db.emailConnection.findFirst({
    where: { id: connectionId, status: "connected", user: { isActive: true } },
  });
  if (!gmail || !row) return NOTHING_LEFT;
  const canWrite = row.workspaceId !== null && (await mayWriteInto(ctx.db, row.userId, row.workspaceId));
  const access = openMailbox(ctx, gmail, row);
  try {
    return await work({ ctx, gmail, connection: row, access, workspaceId: canWrite ? row.workspaceId : null });
  } catch (error) {
    if (!(error instanceof GoogleError)) throw error;
    const isOver = error.failure === "revoked";
    await ctx.db.emailConnection.updateMany({
      // Connected anew meanwhile: what the old access met says nothing of the new one.
      where: { id: row.id, refreshToken: row.refreshToken },
      data: { lastError: error.message, ...(isOver ? { status: "needs_reconnect", syncState: "idle" } : {}) },
    });
    if (isOver) return NOTHING_LEFT;
    throw error;
  }
}
