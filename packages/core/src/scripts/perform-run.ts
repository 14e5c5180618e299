import { setTimeout as pause } from "node:timers/promises";
import type { ScriptRunStatus } from "@hustings/contracts/scripts";
import { type Db, sql } from "@hustings/db/client";
import type { Json, ScriptOutcome } from "@hustings/script-runner/job";
import type { CoreContext } from "../context";
import { DomainError } from "../errors";
import { openWorkspace } from "../workspaces/access";
import { INTERRUPTED } from "./interrupted";
import type { ScriptScope } from "./port";
import { findScriptPrincipal } from "./principal";
import { endInterruptedRuns, forgetOldRuns } from "./sweep-scripts";

/** How often a worker says that it is at a run, writes what is new in its log, and hears that it shall stop. */
const BEAT_MS = 500;
/** Another worker that is at a run is seen to be within so many looks. */
const LOOKS = 40;

type Claimed = {
  id: string;
  workspaceId: string;
  input: Json;
  code: string;
  scriptName: string;
  editorId: string | null;
};
type Ending = Pick<ScriptOutcome, "result" | "error" | "logs" | "calls" | "peakMemoryMb"> & {
  status: ScriptRunStatus;
  changes: number;
};

/**
 * Performs a run that was asked for. It begins once: called again for one that has begun, it does not repeat what may be
 * half done; it sees whether somebody still is at it, and ends it as interrupted if not.
 *
 * @returns how the run stands; null when it is gone.
 */
export async function performScriptRun(core: CoreContext, runId: string): Promise<ScriptRunStatus | null> {
  const claimed = await claim(core.db, runId);
  if (!claimed) return settleBegun(core, runId);
  const ending = await perform(core, claimed);
  await settle(core.db, runId, ending);
  await forgetOldRuns(core.db, runId);
  return ending.status;
}

async function claim(db: Db, runId: string): Promise<Claimed | undefined> {
  const rows = await db.$queryRaw<Claimed[]>`
    update script_runs r set status = 'running', started_at = now(), seen_at = now()
    from scripts s
    where r.id = ${runId}::uuid and r.status = 'queued' and s.id = r.script_id
    returning r.id, r.workspace_id as "workspaceId", r.input, s.code, s.name as "scriptName",
      s.last_edited_by_id as "editorId"`;
  return rows[0];
}

async function settleBegun(core: CoreContext, runId: string): Promise<ScriptRunStatus | null> {
  for (let look = 0; ; look++) {
    await endInterruptedRuns(core.db);
    const run = await core.db.scriptRun.findUnique({ where: { id: runId }, select: { status: true } });
    if (run?.status !== "running" || look === LOOKS) return run?.status ?? null;
    await pause(BEAT_MS);
  }
}

async function perform(core: CoreContext, run: Claimed): Promise<Ending> {
  const { ports } = core;
  if (!ports.scripts) return refused("This worker runs no scripts");
  const { editorId } = run;
  if (editorId === null) return refused("Nobody's rights count for it any more. Save it again to give it yours");
  const scope: ScriptScope = {
    workspaceId: run.workspaceId,
    editorId,
    scriptRunId: run.id,
    scriptName: run.scriptName,
  };
  const refusal = await findRefusal(core, scope);
  if (refusal) return refused(refusal);
  const lines: string[] = [];
  const beat = startBeat(core, run.id, lines);
  const { code, input } = run;
  const outcome = await ports.scripts.run(scope, {
    code,
    input,
    signal: beat.stopped,
    onLog: (line) => lines.push(line),
  });
  await beat.end();
  if (outcome.status !== "cancelled" || beat.stopped.aborted) return outcome;
  // Nobody stopped it but the end of the worker itself.
  return { ...outcome, status: "failed", error: { message: INTERRUPTED, line: null, stack: null } };
}

/** Why its last editor may not run it; null when they may. */
async function findRefusal(core: CoreContext, scope: ScriptScope): Promise<string | null> {
  const principal = await findScriptPrincipal(core, scope);
  if (!principal) return "Its last editor has been deactivated. Save it again to give it your rights";
  try {
    await openWorkspace({ ...core, principal }, scope.workspaceId);
    return null;
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return "Its last editor has no role in this workspace any more. Save it again to give it your rights";
  }
}

const refused = (message: string): Ending => ({
  status: "failed",
  result: null,
  error: { message, line: null, stack: null },
  logs: [],
  calls: 0,
  changes: 0,
  peakMemoryMb: null,
});

/** Keeps the run's row alive and its log fresh; `stopped` when somebody wants it stopped, or has deleted it. */
function startBeat({ db, logger }: CoreContext, runId: string, lines: readonly string[]) {
  const stop = new AbortController();
  const ended = new AbortController();
  const beat = async () => {
    for (let written = 0; !ended.signal.aborted; ) {
      await pause(BEAT_MS, undefined, { signal: ended.signal }).catch(() => undefined);
      if (ended.signal.aborted) return;
      const logs = lines.length > written ? sql`logs || ${lines.slice(written)}::text[]` : sql`logs`;
      const count = lines.length;
      try {
        const rows = await db.$queryRaw<{ isToStop: boolean }[]>`
          update script_runs set seen_at = now(), logs = ${logs} where id = ${runId}::uuid and status = 'running'
          returning stop_requested_at is not null as "isToStop"`;
        written = count;
        if (rows[0]?.isToStop !== false) stop.abort();
      } catch (error) {
        logger.warn({ err: error, runId }, "a script's run could not be written; trying again");
      }
    }
  };
  const done = beat();
  return {
    stopped: stop.signal,
    end: async () => {
      ended.abort();
      await done;
    },
  };
}

/** Times are Postgres's; nothing is written when the run was ended by somebody else, or is gone. */
async function settle(db: Db, runId: string, ending: Ending): Promise<void> {
  const { status, error, logs, calls, changes, peakMemoryMb } = ending;
  const result = ending.result === null ? null : JSON.stringify(ending.result);
  await db.$executeRaw`
    update script_runs set status = ${status}::"ScriptRunStatus", finished_at = now(),
      duration_ms = (extract(epoch from now() - started_at) * 1000)::int,
      logs = ${logs}::text[], result = ${result}::jsonb, error = ${error?.message ?? null},
      error_line = ${error?.line ?? null}::int, error_stack = ${error?.stack ?? null},
      calls = ${calls}, changes = ${changes}, peak_memory_mb = ${peakMemoryMb}::int
    where id = ${runId}::uuid and status = 'running'`;
}
