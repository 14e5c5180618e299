import type { AutomationConfig } from "@hustings/contracts/automations";
import { createAutomation } from "@hustings/core/automations/commands";
import { drainContactChanges } from "@hustings/core/automations/drain-changes";
import type { WorkspaceContext } from "@hustings/core/context";
import { makeFileRows } from "./import-rows";
import { importFile, toCsv } from "./imports";
import type { Installation } from "./installation";
import { interleave, median } from "./measure";
import { perSecond, type Row } from "./report";

const ROUNDS = 2;
const MAX_ROWS = 100_000;
const RULES = 10;
/** How long the job waits between two runs, as its events are gathered. */
const REST_MS = 500;
const BUDGET_MS = 2_000;

/**
 * An import of a file with ten active rules, whose job works meanwhile, against the same without a rule. Half of the rules
 * are for nobody of the file, half change a tenth of its people each.
 */
export async function measureAutomations({ large: { ctx, contacts } }: Installation): Promise<Row[]> {
  const count = Math.min(MAX_ROWS, contacts);
  const rules = await makeRules(ctx);
  const setActive = (isActive: boolean) =>
    ctx.db.automationRule.updateMany({ where: { id: { in: rules } }, data: { isActive } });
  /** Whom nobody had looked at by the end of each import. */
  const left: number[] = [];
  let atWork = Promise.resolve();
  const side = (name: string, isActive: boolean) => async (round: number) => {
    const file = toCsv(makeFileRows(`${name}-${round}`, count, []));
    // What the round before left over is not this one's.
    await atWork;
    await drainAll(ctx);
    await setActive(isActive);
    return async () => {
      const job = isActive ? startJob(ctx) : null;
      atWork = job?.ended ?? atWork;
      await importFile(ctx, file);
      job?.stop();
      if (isActive) left.push(await ctx.db.contactChange.count({ where: { workspaceId: ctx.workspaceId } }));
    };
  };
  const times = await interleave(ROUNDS, { without: side("without", false), with: side("with", true) }, 0);
  await drainAll(ctx);
  const applied = await ctx.db.automationRule.aggregate({ where: { id: { in: rules } }, _sum: { appliedCount: true } });
  if (!applied._sum.appliedCount) throw new Error("No rule changed anybody");
  await ctx.db.automationRule.deleteMany({ where: { id: { in: rules } } });
  return [
    {
      number: "",
      measure: `Import of a file of ${count.toLocaleString("en")} rows with ${RULES} active rules at work`,
      measured: `${perSecond(count, times.with, "rows")}, ${Math.round(100 - (median(left) / count) * 100)} % looked at by its end`,
      limit: `${perSecond(count, times.without, "rows")}: the same without a rule`,
      ratio: times.with / times.without,
      target: { atMost: 1.5 },
    },
  ];
}

async function makeRules(ctx: WorkspaceContext): Promise<string[]> {
  const ids: string[] = [];
  for (let rule = 0; rule < RULES; rule++) {
    const config: AutomationConfig = {
      match: "all",
      conditions:
        rule % 2 === 0
          ? [{ field: "email", operator: "contains", value: `${rule}@` }]
          : [{ field: "firstName", operator: "eq", value: `nobody-${rule}` }],
      actions: [{ type: "add_tag", tag: `rule-${rule}` }],
    };
    ids.push((await createAutomation(ctx, { name: `Rule ${rule}`, config })).id);
  }
  return ids;
}

/** Drains as the job would, on connections of the same pool, until it is stopped. */
function startJob(ctx: WorkspaceContext): { stop: () => void; ended: Promise<void> } {
  const stopping = new AbortController();
  const work = async () => {
    while (!stopping.signal.aborted) {
      await drainContactChanges(ctx, { workspaceId: ctx.workspaceId, budgetMs: BUDGET_MS });
      await new Promise((resolve) => setTimeout(resolve, REST_MS));
    }
  };
  return { stop: () => stopping.abort(), ended: work() };
}

async function drainAll(ctx: WorkspaceContext): Promise<void> {
  while (!(await drainContactChanges(ctx, { workspaceId: ctx.workspaceId, budgetMs: 60_000 })).isDone);
}
