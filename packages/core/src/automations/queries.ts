import type {
  AutomationApplicationList,
  AutomationRule,
  AutomationRunList,
  PageById,
} from "@hustings/contracts/automations";
import type { ById, Range } from "@hustings/contracts/primitives";
import { type Sql, sql } from "@hustings/db/client";
import { assertContact } from "../contacts/queries";
import type { WorkspaceContext } from "../context";
import { notFound } from "../errors";
import { type ApplicationRow, toApplication, toRule, toRun } from "./mapper";

/** Rules of the workspace, newest first. */
export async function listAutomations(
  ctx: WorkspaceContext,
  input: Range,
): Promise<{ rules: AutomationRule[]; total: number }> {
  const where = { workspaceId: ctx.workspaceId };
  const [rows, total] = await Promise.all([
    ctx.db.automationRule.findMany({ where, orderBy: { id: "desc" }, take: input.limit, skip: input.offset }),
    ctx.db.automationRule.count({ where }),
  ]);
  return { rules: rows.map(toRule), total };
}

/** @throws DomainError `not_found`, also for another workspace's rule. */
export async function getAutomation(ctx: WorkspaceContext, { id }: ById): Promise<AutomationRule> {
  const row = await ctx.db.automationRule.findFirst({ where: { id, workspaceId: ctx.workspaceId } });
  if (!row) throw notFound("Automation");
  return toRule(row);
}

/** Runs of a rule by hand, newest first. @throws DomainError `not_found`, also for another workspace's rule. */
export async function listRuns(ctx: WorkspaceContext, { id, page, pageSize }: PageById): Promise<AutomationRunList> {
  await getAutomation(ctx, { id });
  const where = { ruleId: id, workspaceId: ctx.workspaceId };
  const [rows, total] = await Promise.all([
    ctx.db.automationRun.findMany({ where, orderBy: { id: "desc" }, take: pageSize, skip: (page - 1) * pageSize }),
    ctx.db.automationRun.count({ where }),
  ]);
  return { runs: rows.map(toRun), total, page, pageSize };
}

/** What a rule did, newest first. @throws DomainError `not_found`, also for another workspace's rule. */
export async function listRuleApplications(ctx: WorkspaceContext, input: PageById): Promise<AutomationApplicationList> {
  await getAutomation(ctx, input);
  return listApplications(ctx, input, sql`a.rule_id = ${input.id}::uuid`);
}

/**
 * What rules of this workspace did to a person, newest first; also those that were deleted since.
 *
 * @throws DomainError `not_found`, also for another workspace's contact.
 */
export async function listContactApplications(
  ctx: WorkspaceContext,
  input: PageById,
): Promise<AutomationApplicationList> {
  await assertContact(ctx, input.id);
  return listApplications(ctx, input, sql`a.contact_id = ${input.id}::uuid`);
}

async function listApplications(
  ctx: WorkspaceContext,
  { page, pageSize }: PageById,
  condition: Sql,
): Promise<AutomationApplicationList> {
  const where = sql`${condition} and a.workspace_id = ${ctx.workspaceId}::uuid`;
  const [rows, counted] = await Promise.all([
    ctx.db.$queryRaw<ApplicationRow[]>`
      select a.id, a.rule_id as "ruleId", a.rule_name as "ruleName", a.contact_id as "contactId", a.run_id as "runId",
        a.outcome, a.cause, a.cause_rule as "causeRule", a.round, a.changes, a.at,
        c.first_name as "firstName", c.last_name as "lastName", c.email
      from automation_applications a left join contacts c on c.id = a.contact_id
      where ${where} order by a.id desc limit ${pageSize} offset ${(page - 1) * pageSize}`,
    ctx.db.$queryRaw<{ total: number }[]>`
      select count(*)::int as total from automation_applications a where ${where}`,
  ]);
  const applications = rows.map((row) => toApplication(row, ctx.isGlobalAdmin));
  return { applications, total: counted[0]?.total ?? 0, page, pageSize };
}
