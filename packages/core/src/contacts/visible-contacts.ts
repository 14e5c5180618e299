import { type Sql, sql } from "@hustings/db/client";
import type { WorkspaceContext } from "../context";

/**
 * The condition on `contacts c` that keeps a query inside the caller's workspace; part of every query on contacts.
 * Seen from the global workspace, a global admin's list holds every contact.
 */
export function visibleContacts(ctx: WorkspaceContext): Sql {
  if (seesEveryContact(ctx)) return sql`true`;
  return sql`c.workspace_ids @> array[${ctx.workspaceId}::uuid]`;
}

export const seesEveryContact = (ctx: WorkspaceContext): boolean => ctx.isGlobalWorkspace && ctx.isGlobalAdmin;
