import type { Script, ScriptRun } from "@hustings/contracts/scripts";
import type { ScriptModel, ScriptRunModel } from "@hustings/db/types";

export type LastRun = Pick<ScriptRunModel, "id" | "scriptId" | "status" | "trigger" | "createdAt">;
type EditedScript = ScriptModel & { lastEditedBy: { id: string; name: string } | null };

export const toScript = (row: EditedScript, lastRun: LastRun | undefined): Script => ({
  id: row.id,
  name: row.name,
  description: row.description,
  code: row.code,
  cronSchedule: row.cronSchedule,
  enabled: row.enabled,
  nextRunAt: row.nextRunAt?.toISOString() ?? null,
  lastEditedBy: row.lastEditedBy,
  lastRun: lastRun
    ? {
        id: lastRun.id,
        status: lastRun.status,
        trigger: lastRun.trigger,
        createdAt: lastRun.createdAt.toISOString(),
      }
    : null,
  createdAt: row.createdAt.toISOString(),
  updatedAt: row.updatedAt.toISOString(),
});

export const toScriptRun = (row: ScriptRunModel): ScriptRun => ({
  id: row.id,
  scriptId: row.scriptId,
  status: row.status,
  trigger: row.trigger,
  startedAt: row.startedAt?.toISOString() ?? null,
  finishedAt: row.finishedAt?.toISOString() ?? null,
  durationMs: row.durationMs,
  logs: row.logs,
  result: row.result,
  error: row.error,
  errorLine: row.errorLine,
  errorStack: row.errorStack,
  calls: row.calls,
  changes: row.changes,
  peakMemoryMb: row.peakMemoryMb,
  createdAt: row.createdAt.toISOString(),
});
