import { type Db, join, sql } from "@hustings/db/client";
import type { AutomationRuleModel } from "@hustings/db/types";
import { recordChange } from "../audit/record-change";
import type { Principal, WorkspaceContext } from "../context";
import { DomainError } from "../errors";
import { type FieldCatalog, fieldCatalog } from "../fields/catalog";
import type { ReadyRule, RoundResult } from "./apply-rules";
import { compileRule, type RuleUses, ruleUses } from "./compile-rule";
import { readConfig } from "./mapper";

/** What of a stored rule, or of a run of it, decides what it does. */
export type StoredRule = Pick<AutomationRuleModel, "id" | "name" | "config" | "seesInternal" | "uses">;

/**
 * The workspace's active rules, the oldest first, ready to be applied. One that has lost a field or a tag, or does not
 * compile any more, is marked as broken and left out.
 */
export async function readActiveRules(tx: Db, ctx: WorkspaceContext): Promise<ReadyRule[]> {
  const rows = await tx.automationRule.findMany({
    where: { workspaceId: ctx.workspaceId, isActive: true, brokenReason: null },
    orderBy: { id: "asc" },
  });
  const ready: ReadyRule[] = [];
  for (const [index, prepared] of (await prepareRules(tx, ctx, rows)).entries()) {
    if (!("brokenReason" in prepared)) ready.push(prepared);
    else if (rows[index]) await markBroken(tx, ctx, rows[index], prepared.brokenReason);
  }
  return ready;
}

type PreparedRule = ReadyRule | { brokenReason: string };

/** `prepareRules` for one. */
export const prepareRule = async (db: Db, ctx: WorkspaceContext, row: StoredRule): Promise<PreparedRule> =>
  (await prepareRules(db, ctx, [row]))[0] as PreparedRule;

/** Compiles stored rules, or says of each why it cannot be; what they have in common is looked up once. */
async function prepareRules(db: Db, ctx: WorkspaceContext, rows: readonly StoredRule[]): Promise<PreparedRule[]> {
  const catalogs = new Map<boolean, FieldCatalog>();
  for (const isGlobalAdmin of new Set(rows.map(({ seesInternal }) => seesInternal)))
    catalogs.set(isGlobalAdmin, await fieldCatalog({ db, isGlobalAdmin, workspaceId: ctx.workspaceId }));
  const uses = rows.map((row) => ruleUses.parse(row.uses));
  const knownTags = await findKnownTags(
    db,
    ctx,
    uses.flatMap(({ tags }) => tags.map(({ id }) => id)),
  );
  return rows.map((row, index) => {
    const catalog = catalogs.get(row.seesInternal) as FieldCatalog;
    const brokenReason = findLoss(catalog, knownTags, uses[index] as RuleUses);
    if (brokenReason) return { brokenReason };
    try {
      return { id: row.id, name: row.name, ...compileRule(ctx, catalog, readConfig(row.config)) };
    } catch (thrown) {
      if (!(thrown instanceof DomainError) || thrown.kind !== "invalid") throw thrown;
      return { brokenReason: `It does not fit any more: ${thrown.details?.join("; ") ?? thrown.message}` };
    }
  });
}

async function findKnownTags(db: Db, ctx: WorkspaceContext, ids: readonly string[]): Promise<ReadonlySet<string>> {
  if (ids.length === 0) return new Set();
  const where = { workspaceId: ctx.workspaceId, id: { in: [...ids] } };
  return new Set((await db.tag.findMany({ where, select: { id: true } })).map(({ id }) => id));
}

function findLoss(catalog: FieldCatalog, knownTags: ReadonlySet<string>, { fields, tags }: RuleUses): string | null {
  const lostField = fields.find(({ id }) => !catalog.fields.some((field) => field.id === id));
  if (lostField) return `The field “${lostField.name}” was deleted`;
  const lostTag = tags.find(({ id }) => !knownTags.has(id));
  return lostTag ? `The tag “${lostTag.name}” was deleted` : null;
}

async function markBroken(tx: Db, ctx: WorkspaceContext, row: StoredRule, brokenReason: string): Promise<void> {
  const { count } = await tx.automationRule.updateMany({
    where: { id: row.id, workspaceId: ctx.workspaceId, brokenReason: null },
    data: { brokenReason },
  });
  if (count > 0)
    await recordChange(tx, asRule(ctx, row), {
      action: "automations.break",
      targetType: "automation",
      targetId: row.id,
      details: { reason: brokenReason },
    });
}

/** Writes down for rules that they fired, and that they were stopped; an entry in the audit for each that fired. */
export async function recordFirings(
  tx: Db,
  ctx: WorkspaceContext,
  rules: readonly ReadyRule[],
  round: number,
  { changed, stopped }: RoundResult,
): Promise<void> {
  await countFirings(tx, ctx, changed);
  if (stopped.size > 0)
    await tx.$executeRaw`
      update automation_rules set last_stopped_at = now()
      where id in (${join([...stopped].map((id) => sql`${id}::uuid`))}) and workspace_id = ${ctx.workspaceId}::uuid`;
  for (const rule of rules) {
    const contacts = changed.get(rule.id);
    if (contacts)
      await recordChange(tx, asRule(ctx, rule), {
        action: "automations.apply",
        targetType: "automation",
        targetId: rule.id,
        details: { contacts, round },
      });
  }
}

/** Moves the counters of rules by how many people each changed. */
export async function countFirings(tx: Db, ctx: WorkspaceContext, changed: ReadonlyMap<string, number>): Promise<void> {
  if (changed.size === 0) return;
  const counts = JSON.stringify([...changed].map(([id, count]) => ({ id, count })));
  await tx.$executeRaw`
    update automation_rules r set applied_count = r.applied_count + n.count, last_fired_at = now()
    from jsonb_to_recordset(${counts}::jsonb) as n(id uuid, count int)
    where r.id = n.id and r.workspace_id = ${ctx.workspaceId}::uuid`;
}

/** Who stands in the audit for what a rule does by itself. */
function asRule(ctx: WorkspaceContext, rule: Pick<StoredRule, "id" | "name">): WorkspaceContext {
  const principal: Principal = { ...ctx.principal, name: rule.name, via: { kind: "automation", ruleId: rule.id } };
  return { ...ctx, principal };
}
