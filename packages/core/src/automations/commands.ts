import type {
  AutomationConfig,
  AutomationRule,
  CreateAutomationInput,
  UpdateAutomationInput,
} from "@hustings/contracts/automations";
import type { ById } from "@hustings/contracts/primitives";
import { inTransaction } from "@hustings/db/client";
import type { Prisma } from "@hustings/db/types";
import { recordChange } from "../audit/record-change";
import type { WorkspaceContext } from "../context";
import { notFound } from "../errors";
import { fieldCatalog } from "../fields/catalog";
import { compileRule, findLostConditions, findTagsById, type RuleUses, readsOf, ruleUses } from "./compile-rule";
import { toRule } from "./mapper";

/**
 * Saves a rule, active from the start: it is applied to people who are added or changed from now on.
 *
 * @throws DomainError `invalid` that names each condition and action that does not fit.
 */
export async function createAutomation(ctx: WorkspaceContext, input: CreateAutomationInput): Promise<AutomationRule> {
  const settled = await settleConfig(ctx, input.config);
  return inTransaction(ctx.db, async (tx) => {
    const row = await tx.automationRule.create({
      data: {
        workspaceId: ctx.workspaceId,
        name: input.name,
        description: input.description ?? null,
        ...settled,
      },
    });
    await recordChange(tx, ctx, {
      action: "automations.create",
      targetType: "automation",
      targetId: row.id,
      details: { name: row.name },
    });
    return toRule(row);
  });
}

/**
 * Changes a rule; a `config` is replaced whole, and one that fits mends a broken rule.
 *
 * @throws DomainError `not_found`, also for another workspace's rule; `invalid` like `createAutomation`.
 */
export async function updateAutomation(
  ctx: WorkspaceContext,
  { id, config, ...changes }: UpdateAutomationInput,
): Promise<AutomationRule> {
  const where = { id, workspaceId: ctx.workspaceId };
  const known = await ctx.db.automationRule.findFirst({ where });
  if (!known) throw notFound("Automation");
  const settled = config && (await settleConfig(ctx, config, ruleUses.parse(known.uses)));
  return inTransaction(ctx.db, async (tx) => {
    const [row] = await tx.automationRule.updateManyAndReturn({
      where,
      data: { ...changes, ...(settled && { ...settled, brokenReason: null }) },
    });
    if (!row) throw notFound("Automation");
    const details = { ...changes, config: (config as Prisma.InputJsonObject | undefined) ?? null };
    await recordChange(tx, ctx, { action: "automations.update", targetType: "automation", targetId: id, details });
    return toRule(row);
  });
}

/**
 * Deletes a rule, and ends a run of it after the part that is under way. What it did stays in people's history.
 *
 * @throws DomainError `not_found`, also for another workspace's rule.
 */
export async function deleteAutomation(ctx: WorkspaceContext, { id }: ById): Promise<void> {
  await inTransaction(ctx.db, async (tx) => {
    const where = { id, workspaceId: ctx.workspaceId };
    const known = await tx.automationRule.findFirst({ where, select: { name: true } });
    const { count } = await tx.automationRule.deleteMany({ where });
    if (!known || count === 0) throw notFound("Automation");
    await recordChange(tx, ctx, {
      action: "automations.delete",
      targetType: "automation",
      targetId: id,
      details: known,
    });
  });
}

/** The columns that follow from a config and from who saves it. @throws DomainError `invalid` */
async function settleConfig(ctx: WorkspaceContext, config: AutomationConfig, before?: RuleUses) {
  const [catalog, { tags, problems }] = await Promise.all([fieldCatalog(ctx), findTagsById(ctx, config)]);
  compileRule(ctx, catalog, config, [...(before ? findLostConditions(catalog, config, before) : []), ...problems]);
  const { fields, readsHistory, readsCampaigns } = readsOf(catalog, config);
  return {
    config: config as Prisma.InputJsonObject,
    uses: { fields, tags } satisfies RuleUses,
    readsHistory,
    readsCampaigns,
    seesInternal: ctx.isGlobalAdmin,
  };
}
