import { setTimeout as delay } from "node:timers/promises";
import type { AutomationRunResult } from "@hustings/contracts/automations";
import type { ById } from "@hustings/contracts/primitives";
import { type Db, inTransaction, isUniqueViolation } from "@hustings/db/client";
import type { Prisma } from "@hustings/db/types";
import { toStoredActor } from "../audit/stored-actor";
import type { WorkspaceContext } from "../context";
import { invalid, notFound } from "../errors";
import { writeEvent } from "../outbox/write-event";
import { prepareRule } from "./active-rules";
import { applyRunChunk, RUN_CHUNK_SIZE } from "./apply-run";

/** The reference's word for how long a request waits. */
const WAIT_MS = 25_000;
const POLL_MS = 200;
const FREEZE_MS = 60_000;

/**
 * Applies a rule to everybody who matches now, active or not: who that is, is frozen in one statement. Up to a chunk is
 * dealt with at once; for more a job is asked for, and waited for.
 *
 * @returns how many people were changed; while the job is still at it after `waitMs`, how many it was frozen for.
 * @throws DomainError `not_found`, also for another workspace's rule; `invalid` for a rule that is broken or being run.
 */
export async function runAutomation(
  ctx: WorkspaceContext,
  { id }: ById,
  waitMs = WAIT_MS,
): Promise<AutomationRunResult> {
  const runId = await startRun(ctx, id);
  const deadline = performance.now() + waitMs;
  for (;;) {
    const row = await ctx.db.automationRun.findUnique({ where: { id: runId } });
    if (!row) throw notFound("Automation");
    if (row.status === "failed") throw invalid(row.error ?? "The run failed");
    if (row.status === "completed") return { affected: row.affected, runId, status: row.status };
    if (performance.now() >= deadline) return { affected: row.frozen, runId, status: row.status };
    await delay(POLL_MS);
  }
}

/** Freezes a run. @returns its id; it has ended already where one chunk was all. @throws like `runAutomation` */
async function startRun(ctx: WorkspaceContext, ruleId: string): Promise<string> {
  try {
    return await inTransaction(ctx.db, (tx) => freezeRun(tx, { ...ctx, db: tx }, ruleId), FREEZE_MS);
  } catch (error) {
    if (isUniqueViolation(error)) throw invalid("This rule is being run already. Let that run end first.");
    throw error;
  }
}

async function freezeRun(tx: Db, ctx: WorkspaceContext, ruleId: string): Promise<string> {
  const { workspaceId } = ctx;
  const rule = await tx.automationRule.findFirst({ where: { id: ruleId, workspaceId } });
  if (!rule) throw notFound("Automation");
  const ready = await prepareRule(tx, ctx, rule);
  if ("brokenReason" in ready) throw invalid(`This rule is broken. ${ready.brokenReason}`);
  const run = await tx.automationRun.create({
    data: {
      workspaceId,
      ruleId,
      config: rule.config as Prisma.InputJsonObject,
      seesInternal: rule.seesInternal,
      actor: toStoredActor(ctx),
    },
  });
  const frozen = await tx.$executeRaw`
    insert into automation_run_contacts (run_id, contact_id)
    select ${run.id}::uuid, c.id from contacts c
    where c.workspace_ids @> array[${workspaceId}::uuid] and (${ready.matches})`;
  await tx.automationRun.update({ where: { id: run.id }, data: { frozen } });
  if (frozen <= RUN_CHUNK_SIZE) await applyRunChunk(tx, ctx, run.id);
  else await writeEvent(tx, "automation/run.requested", { runId: run.id, workspaceId });
  return run.id;
}
