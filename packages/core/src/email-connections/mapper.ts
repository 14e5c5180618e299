import type { EmailConnection } from "@hustings/contracts/email-connections";
import type { EmailConnectionModel } from "@hustings/db/types";

/** How often every mailbox is read; the job's cron says the same. */
const SYNC_EVERY_MS = 15 * 60_000;

/** Where the reading of a mailbox goes on. `since`: how far back the snapshot reads (ISO). */
export type SyncCursor =
  | { phase: "snapshot"; historyId: string; pageToken: string | null; since: string }
  | { phase: "delta"; historyId: string; pageToken: string | null };

/** What is stored was written by us alone. */
export const toCursor = (value: unknown): SyncCursor | null => value as SyncCursor | null;

/** Without its tokens, which leave core on no way. */
export const toEmailConnection = (row: EmailConnectionModel, now: Date): EmailConnection => ({
  id: row.id,
  provider: "gmail",
  email: row.address,
  status: row.status,
  syncInteractions: row.syncInteractions,
  interactionsVisible: row.interactionsVisible,
  workspaceId: row.workspaceId,
  syncState: row.syncState,
  messageCount: row.messageCount,
  isFirstSync: row.lastSyncAt === null,
  lastSyncAt: row.lastSyncAt?.toISOString() ?? null,
  nextSyncAt: row.status === "connected" ? nextSync(now).toISOString() : null,
  lastError: row.lastError,
  createdAt: row.createdAt.toISOString(),
  updatedAt: row.updatedAt.toISOString(),
});

const nextSync = (now: Date): Date => new Date((Math.floor(now.getTime() / SYNC_EVERY_MS) + 1) * SYNC_EVERY_MS);
