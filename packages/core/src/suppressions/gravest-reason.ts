import { type Sql, sql } from "@hustings/db/client";
import type { WorkspaceContext } from "../context";

/** Why the address of `contacts c` is suppressed here, for the gravest of several reasons; null when it is not. */
export const gravestReason = (ctx: WorkspaceContext): Sql => sql`(
  select s.reason::text from suppressions s
  where s.email = c.email and (s.workspace_id is null or s.workspace_id = ${ctx.workspaceId}::uuid)
  order by array_position(array['complaint', 'hard_bounce', 'soft_bounces', 'manual'], s.reason::text) limit 1)`;
