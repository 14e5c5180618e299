import type { Prisma } from "@hustings/db/types";
import { UNITS } from "@hustings/google/gmail-client";
import { isGoogleFailure } from "@hustings/google/google-error";
import { type SyncCursor, toCursor } from "../mapper";
import { type MailboxSync, type SyncStep, toWaitMs } from "./open-sync";
import { readMessages } from "./read-messages";

/** So many messages cost 2,005 units: a third of a minute of one user's quota. */
const PAGE = 100;
const DAY_MS = 86_400_000;

/** What a page names, where the next begins, and whether the mailbox is then up to date. */
type Page = { ids: string[]; next: SyncCursor; isLast: boolean; units: number };

/**
 * One page of a mailbox: of the snapshot first, then of what Google says has come since. The cursor moves when all of
 * the page is stored; messages that are known already are not read again.
 */
export async function readMailPage(sync: MailboxSync): Promise<SyncStep> {
  const { ctx, connection } = sync;
  const begun = toCursor(connection.cursor) ?? (await beginSnapshot(sync));
  const page = begun.phase === "snapshot" ? await listSnapshot(sync, begun) : await listChanges(sync, begun);
  const unknown = await withoutKnown(sync, page.ids);
  const read = await readMessages(sync, unknown);
  await ctx.db.emailConnection.updateMany({
    where: { id: connection.id },
    data: { cursor: page.next as Prisma.InputJsonObject },
  });
  return { ...read.stored, isDone: page.isLast, waitMs: toWaitMs(sync, page.units + read.units) };
}

/** The point in the history is taken before the snapshot: what comes meanwhile is then in the first delta. */
async function beginSnapshot({ ctx, gmail, access }: MailboxSync): Promise<SyncCursor> {
  const { historyId } = await access.call((token) => gmail.mailbox.getProfile(token));
  const since = new Date(ctx.ports.now().getTime() - gmail.syncDays * DAY_MS);
  return { phase: "snapshot", historyId, pageToken: null, since: since.toISOString() };
}

async function listSnapshot({ gmail, access }: MailboxSync, cursor: SyncCursor & { phase: "snapshot" }): Promise<Page> {
  const query = { since: new Date(cursor.since), pageToken: cursor.pageToken, limit: PAGE };
  try {
    const { ids, nextPageToken } = await access.call((token) => gmail.mailbox.listMessages(token, query));
    const next: SyncCursor =
      nextPageToken === null
        ? { phase: "delta", historyId: cursor.historyId, pageToken: null }
        : { ...cursor, pageToken: nextPageToken };
    return { ids, next, isLast: false, units: UNITS.listMessages };
  } catch (error) {
    // A page's token is forgotten after a while; what was read is known, so that the way back is short.
    if (cursor.pageToken === null || !isGoogleFailure(error, "refused")) throw error;
    return { ids: [], next: { ...cursor, pageToken: null }, isLast: false, units: UNITS.listMessages };
  }
}

async function listChanges(sync: MailboxSync, cursor: SyncCursor & { phase: "delta" }): Promise<Page> {
  const { ctx, gmail, access, connection } = sync;
  const query = { startHistoryId: cursor.historyId, pageToken: cursor.pageToken, limit: PAGE };
  try {
    const changes = await access.call((token) => gmail.mailbox.listHistory(token, query));
    const isLast = changes.nextPageToken === null;
    // The old point holds for all pages; the new one counts once the last is read.
    const next: SyncCursor = {
      phase: "delta",
      historyId: isLast ? changes.historyId : cursor.historyId,
      pageToken: changes.nextPageToken,
    };
    return { ids: changes.ids, next, isLast, units: UNITS.listHistory };
  } catch (error) {
    if (!isGoogleFailure(error, "missing")) throw error;
    ctx.logger.info({ connectionId: connection.id }, "Google has forgotten the history: the mailbox is read anew");
    const next = await beginSnapshot(sync);
    return { ids: [], next, isLast: false, units: UNITS.listHistory + UNITS.getProfile };
  }
}

async function withoutKnown({ ctx, connection }: MailboxSync, ids: readonly string[]): Promise<string[]> {
  if (ids.length === 0) return [];
  const known = await ctx.db.emailMessage.findMany({
    where: { connectionId: connection.id, messageId: { in: [...ids] } },
    select: { messageId: true },
  });
  const knownIds = new Set(known.map(({ messageId }) => messageId));
  return ids.filter((id) => !knownIds.has(id));
}
