import { execFileSync } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import type { ScriptRun } from "@hustings/contracts/scripts";
import type { WorkspaceContext } from "@hustings/core/context";
import { createScript } from "@hustings/core/scripts/commands";
import { getScriptRun, listScriptRuns } from "@hustings/core/scripts/queries";
import { runScriptByHand } from "@hustings/core/scripts/start-run";
import type { WorkerProcess } from "./worker-process";

const LOOK_MS = 100;

/** Two runs that have done half of their work, and the processes that are at them. */
export type InterruptedScripts = { runs: ScriptRun[]; pids: number[] };

/** Starts a script that waits half-way and one that loops there, which hears nothing of the end of its worker. */
export async function startHalves(ctx: WorkspaceContext, worker: WorkerProcess): Promise<InterruptedScripts> {
  const runs: ScriptRun[] = [];
  for (const rest of ["await sleep(1e9)", "for (;;);"]) {
    const code = `await crm.contacts.create({ firstName: "First half" }); ${rest}; await crm.contacts.create({ firstName: "Second half" });`;
    const { id } = await createScript(ctx, { name: "Halves", code });
    runs.push(await runScriptByHand(ctx, { id }));
  }
  while ((await countPeople(ctx, "First half")) < runs.length) await sleep(LOOK_MS);
  return { runs, pids: worker.listChildren() };
}

/** A script whose time came three hours ago; its sweep is due too. */
export async function leaveDueScript(ctx: WorkspaceContext): Promise<string> {
  const { id } = await createScript(ctx, { name: "Every minute", code: "return 'ran'", cronSchedule: "* * * * *" });
  const cronSchedule = "0 0 1 1 *";
  const nextRunAt = new Date(Date.now() - 3 * 60 * 60_000);
  await ctx.db.script.update({ where: { id }, data: { nextRunAt, cronSchedule } });
  await ctx.pool.query("update jobs.cron set next_at = now() where function_id = 'hustings-script-sweep'");
  return id;
}

/** The run, once it has ended. */
export async function untilEnded(ctx: WorkspaceContext, { scriptId, id }: ScriptRun): Promise<ScriptRun> {
  for (;;) {
    const run = await getScriptRun(ctx, { id: scriptId, runId: id });
    if (run.finishedAt !== null) return run;
    await sleep(LOOK_MS);
  }
}

/** All runs of a script, once there is one and all have ended. */
export async function untilAllEnded(ctx: WorkspaceContext, id: string): Promise<ScriptRun[]> {
  for (;;) {
    const { runs } = await listScriptRuns(ctx, { id, limit: 10, offset: 0 });
    if (runs.length > 0 && runs.every(({ finishedAt }) => finishedAt !== null)) return runs;
    await sleep(LOOK_MS);
  }
}

export const countPeople = (ctx: WorkspaceContext, firstName: string): Promise<number> =>
  ctx.db.contact.count({ where: { firstName, workspaceIds: { has: ctx.workspaceId } } });

/** Those that still run; a dead one that nobody has asked about yet does not. */
export function listAlive(pids: readonly number[]): number[] {
  const states = execFileSync("ps", ["-eo", "pid=,stat="], { encoding: "utf8" }).split("\n");
  return states
    .map((line) => line.trim().split(/\s+/))
    .filter(([pid, state = ""]) => pids.includes(Number(pid)) && !state.startsWith("Z"))
    .map(([pid]) => Number(pid));
}
