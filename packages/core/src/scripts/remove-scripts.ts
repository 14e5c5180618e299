import { setTimeout as pause } from "node:timers/promises";
import { type Db, sql } from "@hustings/db/client";
import { invalid } from "../errors";
import { stopRuns } from "./stop-runs";
import { endInterruptedRuns } from "./sweep-scripts";

const LOOK_MS = 100;
/** Whoever is at a run hears within a second that it shall end; whoever has fallen silent is found out within 15. */
const LONGEST_MS = 20_000;

/**
 * Removes all scripts of a workspace, after their runs have ended: nothing of them changes anything afterwards. Not
 * inside of a transaction, so that workers hear of it.
 *
 * @throws DomainError `invalid` when a run does not end; it can be called again.
 */
export async function removeScripts(db: Db, workspaceId: string): Promise<void> {
  await db.script.updateMany({ where: { workspaceId }, data: { enabled: false, nextRunAt: null } });
  await stopRuns(db, sql`workspace_id = ${workspaceId}::uuid`);
  for (const untilMs = performance.now() + LONGEST_MS; ; await pause(LOOK_MS)) {
    await endInterruptedRuns(db);
    const running = await db.scriptRun.count({ where: { workspaceId, status: "running" } });
    if (running === 0) break;
    if (performance.now() > untilMs)
      throw invalid("Work is still running in this workspace. Cancel it first.", [`scripts: ${running} running`]);
  }
  await db.script.deleteMany({ where: { workspaceId } });
}
