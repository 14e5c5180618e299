import { setTimeout as pause } from "node:timers/promises";
import type { ByScriptRun, RunScriptInput, ScriptRun, ScriptRunStatus } from "@hustings/contracts/scripts";
import { inTransaction } from "@hustings/db/client";
import type { Prisma } from "@hustings/db/types";
import { recordChange } from "../audit/record-change";
import type { WorkspaceContext } from "../context";
import { invalid, notFound } from "../errors";
import { writeEvent } from "../outbox/write-event";
import { toScriptRun } from "./mapper";
import { getScriptRun } from "./queries";

const MAX_INPUT_BYTES = 64 * 1024;
/** What has ended stays as it is. */
const UNFINISHED: readonly ScriptRunStatus[] = ["queued", "running"];
/** Between looks at a run: short at first, since most are quick. */
const FIRST_LOOK_MS = 40;
const LATER_LOOK_MS = 500;

/**
 * Asks for a run by hand, whether the schedule is on or not, and waits until it has ended; what takes longer than
 * `scriptWaitMs` is given as it is then.
 *
 * @throws DomainError `not_found`, also for another workspace's script; `invalid` for an input that is too large.
 */
export async function runScriptByHand(ctx: WorkspaceContext, input: RunScriptInput): Promise<ScriptRun> {
  let run = await requestRun(ctx, input);
  const untilMs = performance.now() + ctx.settings.scriptWaitMs;
  for (let lookMs = FIRST_LOOK_MS; isUnfinished(run) && performance.now() < untilMs; ) {
    await pause(Math.min(lookMs, Math.max(0, untilMs - performance.now())));
    lookMs = Math.min(lookMs * 1.5, LATER_LOOK_MS);
    run = await getScriptRun(ctx, { id: input.id, runId: run.id });
  }
  return run;
}

const isUnfinished = ({ status }: ScriptRun): boolean => UNFINISHED.includes(status);

async function requestRun(ctx: WorkspaceContext, { id, input = null }: RunScriptInput): Promise<ScriptRun> {
  if (Buffer.byteLength(JSON.stringify(input)) > MAX_INPUT_BYTES)
    throw invalid("Validation failed", ["input: must be at most 64 KB of JSON"]);
  const { workspaceId } = ctx;
  return inTransaction(ctx.db, async (tx) => {
    const script = await tx.script.findFirst({ where: { id, workspaceId }, select: { name: true } });
    if (!script) throw notFound("Script");
    const given = input === null ? {} : { input: input as Prisma.InputJsonValue };
    const row = await tx.scriptRun.create({ data: { scriptId: id, workspaceId, trigger: "manual", ...given } });
    await recordChange(tx, ctx, {
      action: "scripts.run",
      targetType: "script",
      targetId: id,
      details: { name: script.name, runId: row.id },
    });
    await writeEvent(tx, "script/run.requested", { runId: row.id, scriptId: id, workspaceId });
    return toScriptRun(row);
  });
}

/**
 * Stops a run: at once while it waits, within a second while it runs. What it has done stays done.
 *
 * @throws DomainError `not_found`; `invalid` when it is over already.
 */
export async function stopScriptRun(ctx: WorkspaceContext, input: ByScriptRun): Promise<ScriptRun> {
  const { id, runId } = input;
  return inTransaction(ctx.db, async (tx) => {
    const scoped = { ...ctx, db: tx };
    const { status } = await getScriptRun(scoped, input);
    const stopped = await tx.$executeRaw`
      update script_runs set stop_requested_at = now(),
        status = case status when 'queued' then 'cancelled'::"ScriptRunStatus" else status end,
        finished_at = case status when 'queued' then now() end,
        error = case status when 'queued' then 'It was stopped before it began' end
      where id = ${runId}::uuid and script_id = ${id}::uuid and workspace_id = ${ctx.workspaceId}::uuid
        and status in ('queued', 'running')`;
    if (stopped === 0) throw invalid(`This run is over: it has ${status.replace("_", " ")}`);
    await recordChange(tx, ctx, { action: "scripts.stop", targetType: "script", targetId: id, details: { runId } });
    return getScriptRun(scoped, input);
  });
}
