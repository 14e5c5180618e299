import type { CoreContext } from "../../context";
import { type SyncStep, withSync } from "./open-sync";
import { readMailPage } from "./read-mail-page";
import { settlePage } from "./settle-page";

/** Whom the cron syncs: every connection that works, of people who may still sign in; page by page. */
export async function listConnectionsToSync(ctx: CoreContext, after: string | null, limit: number): Promise<string[]> {
  if (!ctx.ports.gmail) return [];
  const rows = await ctx.db.emailConnection.findMany({
    where: { status: "connected", user: { isActive: true }, ...(after === null ? {} : { id: { gt: after } }) },
    select: { id: true },
    orderBy: { id: "asc" },
    take: limit,
  });
  return rows.map(({ id }) => id);
}

export async function beginSync(ctx: CoreContext, connectionId: string): Promise<void> {
  await ctx.db.emailConnection.updateMany({
    where: { id: connectionId, status: "connected" },
    data: { syncState: "running" },
  });
}

/** Reads the next page of a mailbox; done when it is up to date. Killed in between, it goes on where it was. */
export const readMail = (ctx: CoreContext, connectionId: string): Promise<SyncStep> =>
  withSync(ctx, connectionId, readMailPage);

/** Adds what earlier messages owe to timelines; done when they owe nothing. */
export const settleMail = (ctx: CoreContext, connectionId: string): Promise<SyncStep> =>
  withSync(ctx, connectionId, settlePage);

/** @returns whether somebody asked meanwhile, so that it goes round once more. */
export async function finishSync(ctx: CoreContext, connectionId: string): Promise<{ isAskedAgain: boolean }> {
  const [row] = await ctx.db.$queryRaw<{ syncState: string }[]>`
    update email_connections set last_sync_at = ${ctx.ports.now()}, last_error = null, updated_at = now(),
      sync_state = case when sync_state = 'queued' then 'running' else 'idle' end::"EmailSyncState"
    where id = ${connectionId}::uuid and status = 'connected'
    returning sync_state as "syncState"`;
  return { isAskedAgain: row?.syncState === "running" };
}

/** After the last try: the next quarter of an hour begins anew, and the owner sees why. */
export async function failSync(ctx: CoreContext, connectionId: string, error: string): Promise<void> {
  await ctx.db.emailConnection.updateMany({
    where: { id: connectionId, status: "connected" },
    data: { syncState: "idle", lastError: error },
  });
}
