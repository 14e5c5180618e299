import type { ByScriptRun, RunScriptInput, ScriptRun } from "@hustings/contracts/scripts";
import { type Db, inTransaction, sql } from "@hustings/db/client";
import type { Prisma } from "@hustings/db/types";
import { recordChange } from "../audit/record-change";
import type { WorkspaceContext } from "../context";
import { DomainError, invalid, notFound } from "../errors";
import { writeEvent } from "../outbox/write-event";
import { toScriptRun } from "./mapper";
import { getScriptRun } from "./queries";
import { stopRuns } from "./stop-runs";
import { waitForEnd } from "./wait-for-end";

const MAX_INPUT_BYTES = 64 * 1024;
/** Half of a usual run's limit. */
const RETRY_AFTER_S = 15;

/**
 * Asks for a run by hand, whether the schedule is on or not, and waits until it has ended; what takes longer than
 * `scriptWaitMs` is given as it is then.
 *
 * @throws DomainError `not_found`, also for another workspace's script; `invalid` for an input that is too large;
 * `too_many` while as many runs of the workspace wait as may.
 */
export async function runScriptByHand(ctx: WorkspaceContext, input: RunScriptInput): Promise<ScriptRun> {
  const run = await requestRun(ctx, input);
  const { scriptWaitMs } = ctx.settings;
  if (scriptWaitMs === 0) return run;
  await waitForEnd(ctx.db, run.id, scriptWaitMs);
  return getScriptRun(ctx, { id: input.id, runId: run.id });
}

async function requestRun(ctx: WorkspaceContext, { id, input = null }: RunScriptInput): Promise<ScriptRun> {
  if (Buffer.byteLength(JSON.stringify(input)) > MAX_INPUT_BYTES)
    throw invalid("Validation failed", ["input: must be at most 64 KB of JSON"]);
  const { workspaceId } = ctx;
  return inTransaction(ctx.db, async (tx) => {
    const script = await tx.script.findFirst({ where: { id, workspaceId }, select: { name: true } });
    if (!script) throw notFound("Script");
    await assertRoom(tx, ctx);
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

/** Those who ask at the same moment do not see each other: they may be a few more. */
async function assertRoom(tx: Db, { workspaceId, settings: { scriptQueue } }: WorkspaceContext): Promise<void> {
  if (scriptQueue === undefined) return;
  if ((await tx.scriptRun.count({ where: { workspaceId, status: "queued" } })) < scriptQueue) return;
  throw new DomainError("too_many", "Too many scripts of this workspace wait for their turn", undefined, RETRY_AFTER_S);
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
    const stopped = await stopRuns(
      tx,
      sql`id = ${runId}::uuid and script_id = ${id}::uuid and workspace_id = ${ctx.workspaceId}::uuid`,
    );
    if (stopped === 0) throw invalid(`This run is over: it has ${status.replace("_", " ")}`);
    await recordChange(tx, ctx, { action: "scripts.stop", targetType: "script", targetId: id, details: { runId } });
    return getScriptRun(scoped, input);
  });
}
