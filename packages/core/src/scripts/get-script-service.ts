import { type ScriptService, scriptService } from "@hustings/contracts/scripts";
import type { WorkspaceContext } from "../context";

/** A worker says every few seconds that it lives. */
const HEARTBEAT_MAX_AGE_S = 30;

/**
 * What the workers have found out about running scripts where they are: with several, whatever one of them lacks, since
 * any of them may get a run. Null while none has said so.
 */
export async function getScriptService(ctx: Pick<WorkspaceContext, "db">): Promise<ScriptService | null> {
  const rows = await ctx.db.$queryRaw<{ scripts: unknown }[]>`
    select scripts from worker_heartbeats
    where scripts is not null and seen_at > now() - make_interval(secs => ${HEARTBEAT_MAX_AGE_S})
    order by started_at desc`;
  const [newest, ...others] = rows.map(({ scripts }) => scriptService.parse(scripts));
  if (!newest) return null;
  const all = [newest, ...others];
  const broken = all.find(({ refusal, missing }) => refusal !== null && missing.length === 0);
  if (broken) return broken;
  const missing = new Map(all.flatMap((one) => one.missing.map((layer) => [layer.layer, layer] as const)));
  return {
    refusal: all.find(({ refusal }) => refusal !== null)?.refusal ?? null,
    missing: [...missing.values()],
    limits: newest.limits,
  };
}
