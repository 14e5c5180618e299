import type { ById } from "@hustings/contracts/primitives";
import type { CreateScriptInput, Script, UpdateScriptInput } from "@hustings/contracts/scripts";
import { type Db, inTransaction } from "@hustings/db/client";
import { checkSyntax } from "@hustings/script-runner/check-syntax";
import { recordChange } from "../audit/record-change";
import type { WorkspaceContext } from "../context";
import { invalid, notFound } from "../errors";
import { toScript } from "./mapper";
import { getScript, withEditor } from "./queries";
import { findNextRun, ScheduleError } from "./schedule";

/**
 * Saves a script in the caller's workspace. It runs with the rights of the caller.
 *
 * @throws DomainError `invalid` when the code does not parse (with line and column) or the schedule never comes.
 */
export async function createScript(ctx: WorkspaceContext, input: CreateScriptInput): Promise<Script> {
  return inTransaction(ctx.db, async (tx) => {
    const { enabled = true, cronSchedule = null } = input;
    const nextRunAt = await assertRunnable(tx, { code: input.code, cronSchedule });
    const row = await tx.script.create({
      data: {
        ...input,
        workspaceId: ctx.workspaceId,
        nextRunAt: enabled ? nextRunAt : null,
        lastEditedById: ctx.principal.userId,
      },
      include: withEditor,
    });
    await recordChange(tx, ctx, {
      action: "scripts.create",
      targetType: "script",
      targetId: row.id,
      details: { name: row.name, cronSchedule },
    });
    return toScript(row, undefined);
  });
}

/**
 * Changes a script, and gives it the rights of the caller from now on. The next run follows from the schedule anew.
 *
 * @throws DomainError `not_found`, also for another workspace's script; `invalid` as `createScript`.
 */
export async function updateScript(ctx: WorkspaceContext, { id, ...changes }: UpdateScriptInput): Promise<Script> {
  return inTransaction(ctx.db, async (tx) => {
    const where = { id, workspaceId: ctx.workspaceId };
    const known = await tx.script.findFirst({ where });
    if (!known) throw notFound("Script");
    const { enabled, cronSchedule } = { ...known, ...withoutUndefined(changes) };
    const nextRunAt = await assertRunnable(tx, { code: changes.code ?? known.code, cronSchedule });
    const isAsBefore = enabled === known.enabled && cronSchedule === known.cronSchedule;
    const { count } = await tx.script.updateMany({
      where,
      data: {
        ...changes,
        lastEditedById: ctx.principal.userId,
        ...(isAsBefore ? {} : { nextRunAt: enabled ? nextRunAt : null }),
      },
    });
    if (count === 0) throw notFound("Script");
    const { code, ...named } = changes;
    await recordChange(tx, ctx, {
      action: "scripts.update",
      targetType: "script",
      targetId: id,
      details: { ...named, ...(code === undefined ? {} : { codeChanged: code !== known.code }) },
    });
    return getScript({ ...ctx, db: tx }, { id });
  });
}

/**
 * Deletes a script with its history. A run under way ends within a second.
 *
 * @throws DomainError `not_found`, also for another workspace's script.
 */
export async function deleteScript(ctx: WorkspaceContext, { id }: ById): Promise<void> {
  await inTransaction(ctx.db, async (tx) => {
    const where = { id, workspaceId: ctx.workspaceId };
    const known = await tx.script.findFirst({ where, select: { name: true } });
    const { count } = await tx.script.deleteMany({ where });
    if (!known || count === 0) throw notFound("Script");
    await recordChange(tx, ctx, { action: "scripts.delete", targetType: "script", targetId: id, details: known });
  });
}

/** @returns when it is due next, by Postgres's clock; null without a schedule. */
async function assertRunnable(
  db: Db,
  { code, cronSchedule }: { code: string; cronSchedule: string | null },
): Promise<Date | null> {
  const problem = checkSyntax(code);
  const problems = problem ? [`code: line ${problem.line}, column ${problem.column}: ${problem.message}`] : [];
  let nextRunAt: Date | null = null;
  try {
    if (cronSchedule !== null) nextRunAt = findNextRun(cronSchedule, await findDatabaseTime(db));
  } catch (error) {
    if (!(error instanceof ScheduleError)) throw error;
    problems.push(`cronSchedule: ${error.message}`);
  }
  if (problems.length > 0) throw invalid("Validation failed", problems);
  return nextRunAt;
}

async function findDatabaseTime(db: Db): Promise<Date> {
  const [row] = await db.$queryRaw<{ now: Date }[]>`select now() as now`;
  return row?.now ?? new Date();
}

const withoutUndefined = <T extends object>(values: T) =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
