import { sql } from "@hustings/db/client";
import { deleteInChunks } from "@hustings/db/delete-in-chunks";
import { firstIdAt } from "@hustings/db/ids";
import type { CoreContext } from "../context";

const DAY_MS = 24 * 60 * 60_000;

/** Ids tell the time, so that what is old is found by the primary key. */
const firstKept = (ctx: CoreContext, days: number) => firstIdAt(new Date(ctx.ports.now().getTime() - days * DAY_MS));

/** Forgets what rules did to people longer ago than so many days. Idempotent. @returns how many. */
export const pruneApplications = (ctx: CoreContext, days: number): Promise<number> =>
  deleteInChunks(ctx.db, sql`automation_applications`, sql`id < ${firstKept(ctx, days)}::uuid`);

/**
 * Forgets whom replies and changes of status were mailed to that are older than so many days. Idempotent.
 *
 * @param days longer than an event can be told again: who has no row would get the mail again.
 * @returns how many.
 */
export const pruneTicketMails = (ctx: CoreContext, days: number): Promise<number> =>
  deleteInChunks(ctx.db, sql`ticket_mails`, sql`change_id < ${firstKept(ctx, days)}::uuid`);
