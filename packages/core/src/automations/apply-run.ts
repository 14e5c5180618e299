import type { AutomationCause } from "@hustings/contracts/automations";
import { type Db, inTransaction, sql } from "@hustings/db/client";
import type { AutomationRunModel } from "@hustings/db/types";
import { recordChange } from "../audit/record-change";
import { readActor } from "../audit/stored-actor";
import type { CoreContext, WorkspaceContext } from "../context";
import { openWorkspaceAsSystem } from "../workspaces/access";
import { countFirings, prepareRule } from "./active-rules";
import { applyRules } from "./apply-rules";

/** People per transaction: locked for well under a second. */
export const RUN_CHUNK_SIZE = 1_000;
const TRANSACTION_MS = 60_000;

export type RunSlice = { isDone: boolean; processed: number; affected: number };

/**
 * Goes on with a run for about `budgetMs`: people, counters and what is left of the frozen are written together, chunk by
 * chunk. So it may be killed and called again at any moment, also twice at once.
 */
export async function applyRunSlice(
  ctx: CoreContext,
  { runId, workspaceId, budgetMs }: { runId: string; workspaceId: string; budgetMs: number },
): Promise<RunSlice> {
  const workspace = await openWorkspaceAsSystem(ctx, workspaceId, "automations");
  const deadline = performance.now() + budgetMs;
  for (;;) {
    const slice = await inTransaction(
      ctx.db,
      (tx) => applyRunChunk(tx, { ...workspace, db: tx }, runId),
      TRANSACTION_MS,
    );
    if (slice.isDone || performance.now() >= deadline) return slice;
  }
}

/**
 * Applies a run's rule to the next of its people, in the caller's transaction, and ends the run behind the last. Who has
 * left the workspace since is passed over. Does nothing for a run that has ended or is gone.
 */
export async function applyRunChunk(tx: Db, ctx: WorkspaceContext, runId: string): Promise<RunSlice> {
  await tx.$queryRaw`select 1 from automation_runs where id = ${runId}::uuid for update`;
  const run = await tx.automationRun.findFirst({
    where: { id: runId, workspaceId: ctx.workspaceId },
    include: { rule: { select: { name: true } } },
  });
  if (run?.status !== "running") return { isDone: true, processed: run?.processed ?? 0, affected: run?.affected ?? 0 };
  const { ruleId, config, seesInternal, rule } = run;
  // Whom it is for was settled when it was frozen: of what it uses only what its actions name matters still.
  const uses = { fields: [], tags: [] };
  const ready = await prepareRule(tx, ctx, { id: ruleId, name: rule.name, config, seesInternal, uses });
  if ("brokenReason" in ready) {
    await endRun(tx, ctx, run, { status: "failed", error: ready.brokenReason });
    return { isDone: true, processed: run.processed, affected: run.affected };
  }
  const rows = await tx.$queryRaw<{ id: string }[]>`
    delete from automation_run_contacts where run_id = ${runId}::uuid and contact_id = any(array(
      select contact_id from automation_run_contacts where run_id = ${runId}::uuid
      order by contact_id limit ${RUN_CHUNK_SIZE}))
    returning contact_id as id`;
  const causes = new Map(rows.map(({ id }): [string, AutomationCause] => [id, "run"]));
  const { changed } = await applyRules(tx, ctx, [{ ...ready, matches: sql`true` }], { round: 0, causes, runId });
  await countFirings(tx, ctx, changed);
  const processed = run.processed + rows.length;
  const affected = run.affected + (changed.get(ruleId) ?? 0);
  const isDone = rows.length < RUN_CHUNK_SIZE || processed >= run.frozen;
  await tx.$executeRaw`
    update automation_runs set processed = ${processed}, affected = ${affected}, progressed_at = now()
    where id = ${runId}::uuid`;
  if (isDone) await endRun(tx, ctx, { ...run, affected }, { status: "completed" });
  return { isDone, processed, affected };
}

/** Ends a run whose job failed for good, with words for people; the log has the reason. */
export async function failRun(ctx: CoreContext, runId: string): Promise<void> {
  const error =
    "Something went wrong on our side. Who was changed until then stays so; run the rule again for the rest";
  await inTransaction(ctx.db, async (tx) => {
    await tx.$queryRaw`select 1 from automation_runs where id = ${runId}::uuid for update`;
    const run = await tx.automationRun.findUnique({
      where: { id: runId },
      include: { rule: { select: { name: true } } },
    });
    if (run?.status === "running") await endRun(tx, ctx, run, { status: "failed", error });
  });
}

/** One entry in the audit tells of it all, under the name of who asked for it. */
async function endRun(
  tx: Db,
  ctx: Pick<CoreContext, "ports">,
  run: AutomationRunModel & { rule: { name: string } },
  { status, error }: { status: "completed" | "failed"; error?: string },
): Promise<void> {
  const { id, workspaceId, ruleId, frozen, affected } = run;
  await tx.automationRun.update({ where: { id }, data: { status, error: error ?? null, finishedAt: ctx.ports.now() } });
  await tx.automationRunContact.deleteMany({ where: { runId: id } });
  const { principal } = readActor(run.actor);
  await recordChange(
    tx,
    { principal, workspaceId },
    {
      action: "automations.run",
      targetType: "automation",
      targetId: ruleId,
      details: { name: run.rule.name, runId: id, status, matched: frozen, changed: affected },
    },
  );
}
