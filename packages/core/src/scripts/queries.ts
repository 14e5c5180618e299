import type { ById, Range } from "@hustings/contracts/primitives";
import type { ByScriptRun, ListScriptRunsInput, Script, ScriptRun } from "@hustings/contracts/scripts";
import { join, sql } from "@hustings/db/client";
import type { WorkspaceContext } from "../context";
import { notFound } from "../errors";
import { type LastRun, toScript, toScriptRun } from "./mapper";

/** What of a log is in the history; the whole stands in the run itself. */
const LINES_IN_HISTORY = 20;

export const withEditor = { lastEditedBy: { select: { id: true, name: true } } } as const;

/** Scripts of the workspace, newest first, each with its last run. */
export async function listScripts(ctx: WorkspaceContext, input: Range): Promise<{ scripts: Script[]; total: number }> {
  const where = { workspaceId: ctx.workspaceId };
  const [rows, total] = await Promise.all([
    ctx.db.script.findMany({
      where,
      include: withEditor,
      orderBy: { id: "desc" },
      take: input.limit,
      skip: input.offset,
    }),
    ctx.db.script.count({ where }),
  ]);
  const lastRuns = await findLastRuns(
    ctx,
    rows.map(({ id }) => id),
  );
  return { scripts: rows.map((row) => toScript(row, lastRuns.get(row.id))), total };
}

/** @throws DomainError `not_found`, also for another workspace's script. */
export async function getScript(ctx: WorkspaceContext, { id }: ById): Promise<Script> {
  const row = await ctx.db.script.findFirst({ where: { id, workspaceId: ctx.workspaceId }, include: withEditor });
  if (!row) throw notFound("Script");
  return toScript(row, (await findLastRuns(ctx, [id])).get(id));
}

/**
 * The runs of a script, newest first, with the ends of their logs.
 *
 * @throws DomainError `not_found`, also for another workspace's script.
 */
export async function listScriptRuns(
  ctx: WorkspaceContext,
  { id, limit, offset }: ListScriptRunsInput,
): Promise<{ runs: ScriptRun[]; total: number }> {
  const where = { scriptId: id, workspaceId: ctx.workspaceId };
  const known = await ctx.db.script.count({ where: { id, workspaceId: ctx.workspaceId } });
  if (known === 0) throw notFound("Script");
  const [rows, ends, total] = await Promise.all([
    ctx.db.scriptRun.findMany({ where, omit: { logs: true }, orderBy: { id: "desc" }, take: limit, skip: offset }),
    ctx.db.$queryRaw<{ id: string; logs: string[] }[]>`
      select id, logs[greatest(1, cardinality(logs) - ${LINES_IN_HISTORY - 1}):] as logs from script_runs
      where script_id = ${id}::uuid and workspace_id = ${ctx.workspaceId}::uuid
      order by id desc limit ${limit} offset ${offset}`,
    ctx.db.scriptRun.count({ where }),
  ]);
  const logsOf = new Map(ends.map(({ id: runId, logs }) => [runId, logs]));
  return { runs: rows.map((row) => toScriptRun({ ...row, logs: logsOf.get(row.id) ?? [] })), total };
}

/** @throws DomainError `not_found`, also for another workspace's run and for another script's. */
export async function getScriptRun(ctx: WorkspaceContext, { id, runId }: ByScriptRun): Promise<ScriptRun> {
  const row = await ctx.db.scriptRun.findFirst({
    where: { id: runId, scriptId: id, workspaceId: ctx.workspaceId },
  });
  if (!row) throw notFound("Run");
  return toScriptRun(row);
}

async function findLastRuns({ db, workspaceId }: WorkspaceContext, ids: string[]): Promise<Map<string, LastRun>> {
  if (ids.length === 0) return new Map();
  const rows = await db.$queryRaw<LastRun[]>`
    select distinct on (script_id) id, script_id as "scriptId", status, trigger, created_at as "createdAt"
    from script_runs
    where workspace_id = ${workspaceId}::uuid and script_id in (${join(ids.map((id) => sql`${id}::uuid`))})
    order by script_id, id desc`;
  return new Map(rows.map((row) => [row.scriptId, row]));
}
