import {
  type AutomationApplication,
  type AutomationChange,
  type AutomationConfig,
  type AutomationRule,
  type AutomationRun,
  automationConfig,
} from "@hustings/contracts/automations";
import type { AutomationRuleModel, AutomationRunModel, Prisma } from "@hustings/db/types";
import { readActor } from "../audit/stored-actor";

export const readConfig = (stored: Prisma.JsonValue): AutomationConfig => automationConfig.parse(stored);

export const toRule = (row: AutomationRuleModel): AutomationRule => ({
  id: row.id,
  name: row.name,
  description: row.description,
  config: readConfig(row.config),
  isActive: row.isActive,
  brokenReason: row.brokenReason,
  lastFiredAt: row.lastFiredAt?.toISOString() ?? null,
  appliedCount: row.appliedCount,
  lastStoppedAt: row.lastStoppedAt?.toISOString() ?? null,
  createdAt: row.createdAt.toISOString(),
  updatedAt: row.updatedAt.toISOString(),
});

export const toRun = (row: AutomationRunModel): AutomationRun => ({
  id: row.id,
  ruleId: row.ruleId,
  status: row.status,
  frozen: row.frozen,
  processed: row.processed,
  affected: row.affected,
  startedBy: readActor(row.actor).principal.name,
  error: row.error,
  createdAt: row.createdAt.toISOString(),
  finishedAt: row.finishedAt?.toISOString() ?? null,
});

/** A change as it is stored: with the key of a custom field, which says who may see it. */
export type StoredChange = AutomationChange & { key: string | null };

/** An application with the person it is about. */
export type ApplicationRow = {
  id: string;
  ruleId: string;
  ruleName: string;
  contactId: string;
  firstName: string | null;
  lastName: string | null;
  email: string | null;
  runId: string | null;
  outcome: AutomationApplication["outcome"];
  cause: AutomationApplication["cause"];
  causeRule: string | null;
  round: number;
  changes: StoredChange[];
  at: Date;
};

/** Values of internal fields are for global admins alone: others read the rest. */
export const toApplication = (row: ApplicationRow, seesInternal: boolean): AutomationApplication => ({
  id: row.id,
  ruleId: row.ruleId,
  ruleName: row.ruleName,
  contactId: row.contactId,
  contactName: fullName(row),
  contactEmail: row.email,
  runId: row.runId,
  outcome: row.outcome,
  cause: row.cause,
  causeRule: row.causeRule,
  round: row.round,
  changes: row.changes.filter(({ key }) => seesInternal || !key?.startsWith("g:")).map(toChange),
  at: row.at.toISOString(),
});

export const toChange = ({ key: _, ...change }: StoredChange): AutomationChange => change;

export const fullName = ({ firstName, lastName }: { firstName: string | null; lastName: string | null }) =>
  [firstName, lastName].filter(Boolean).join(" ") || null;
