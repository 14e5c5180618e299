import type { CoreContext } from "../context";
import { writeEvent } from "../outbox/write-event";

/** Changes that wait for so long have lost their event, or their job is far behind: another event does no harm. */
const WAITS_LONG_SECONDS = 30;
/** A run without progress for so long is asked for again; should its job live, the second one finds nothing to do. */
const STUCK_AFTER_MINUTES = 5;

/** Asks again for workspaces whose changes nobody looks at. @returns how many. */
export async function wakeLeftChanges(ctx: CoreContext): Promise<number> {
  const rows = await ctx.db.$queryRaw<{ workspaceId: string }[]>`
    select distinct workspace_id as "workspaceId" from contact_changes
    where created_at < now() - make_interval(secs => ${WAITS_LONG_SECONDS}::int)`;
  for (const { workspaceId } of rows) await writeEvent(ctx.db, "contacts/changed", { workspaceId });
  return rows.length;
}

/** Asks again for runs that hang. @returns how many. */
export async function reviveStuckRuns(ctx: CoreContext): Promise<number> {
  const rows = await ctx.db.$queryRaw<{ runId: string; workspaceId: string }[]>`
    update automation_runs set progressed_at = now()
    where status = 'running' and progressed_at < now() - make_interval(mins => ${STUCK_AFTER_MINUTES}::int)
    returning id as "runId", workspace_id as "workspaceId"`;
  for (const row of rows) await writeEvent(ctx.db, "automation/run.requested", row);
  return rows.length;
}
