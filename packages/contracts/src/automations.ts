import { z } from "zod";
import { filter } from "./filter";
import { byId, longText, pageInput, pageOutput, rangeInput, requiredLine, utcDateTime, uuid } from "./primitives";

const name = requiredLine(200);
const description = longText(2_000).nullable();
const tag = requiredLine(100);

/** Whether a field exists and a value fits it is decided when the rule is saved. Null or empty text clears. */
export const automationAction = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("set_field"), field: requiredLine(300), value: z.unknown() }),
  z.strictObject({ type: z.literal("add_tag"), tag: tag.describe("Name or id; a missing name is made") }),
  z.strictObject({ type: z.literal("remove_tag"), tag: tag.describe("Name or id") }),
]);
export type AutomationAction = z.infer<typeof automationAction>;

/** At most this many actions: more is an import. */
const MAX_ACTIONS = 50;

export const automationConfig = z
  .strictObject({ ...filter.shape, actions: z.array(automationAction).max(MAX_ACTIONS) })
  .meta({
    id: "AutomationConfig",
    example: {
      match: "all",
      conditions: [{ field: "city", operator: "eq", value: "Lyon" }],
      actions: [{ type: "add_tag", tag: "Lyon" }],
    },
  });
export type AutomationConfig = z.infer<typeof automationConfig>;

/** “When this is true of a person, do that.” */
export const automationRule = z
  .object({
    id: uuid,
    name: z.string(),
    description: z.string().nullable(),
    config: automationConfig,
    isActive: z.boolean(),
    brokenReason: z.string().nullable().describe("Why it does nothing until it is saved anew"),
    lastFiredAt: utcDateTime.nullable().describe("When it last changed somebody"),
    appliedCount: z.number().int().describe("How often it has changed somebody"),
    lastStoppedAt: utcDateTime.nullable().describe("When changes by rules last went on beyond five rounds"),
    createdAt: utcDateTime,
    updatedAt: utcDateTime,
  })
  .meta({ id: "AutomationRule" });
export type AutomationRule = z.infer<typeof automationRule>;

export const listAutomationsInput = z.strictObject(rangeInput);
export const createAutomationInput = z.strictObject({
  name,
  description: description.optional(),
  config: automationConfig,
});
export type CreateAutomationInput = z.infer<typeof createAutomationInput>;
export const updateAutomationInput = z.strictObject({
  ...byId.shape,
  name: name.optional(),
  description: description.optional(),
  config: automationConfig.optional(),
  isActive: z.boolean().optional(),
});
export type UpdateAutomationInput = z.infer<typeof updateAutomationInput>;

/** One thing that a rule did, or would do, to a person; of a field the value before and after. */
export const automationChange = z
  .object({
    type: z.enum(["set_field", "add_tag", "remove_tag"]),
    field: z.string().nullable(),
    tag: z.string().nullable().describe("Its name"),
    from: z.string().nullable(),
    to: z.string().nullable(),
  })
  .meta({ id: "AutomationChange" });
export type AutomationChange = z.infer<typeof automationChange>;

export const automationRunStatus = z.enum(["running", "completed", "failed"]);
/** While it is `running`, `affected` is how many people it was frozen for. */
export const automationRunResult = z.object({
  affected: z.number().int(),
  runId: uuid,
  status: automationRunStatus,
});
export type AutomationRunResult = z.infer<typeof automationRunResult>;

export const automationRun = z
  .object({
    id: uuid,
    ruleId: uuid,
    status: automationRunStatus,
    frozen: z.number().int().describe("How many matched when it was asked for"),
    processed: z.number().int(),
    affected: z.number().int().describe("How many were changed"),
    startedBy: z.string(),
    error: z.string().nullable(),
    createdAt: utcDateTime,
    finishedAt: utcDateTime.nullable(),
  })
  .meta({ id: "AutomationRun" });
export type AutomationRun = z.infer<typeof automationRun>;

export const dryRunAutomationInput = z.strictObject({ config: automationConfig });
export type DryRunAutomationInput = z.infer<typeof dryRunAutomationInput>;
export const automationDryRun = z
  .object({
    matched: z.number().int(),
    wouldChange: z.number().int(),
    examples: z
      .array(
        z.object({
          contactId: uuid,
          name: z.string().nullable(),
          email: z.string().nullable(),
          changes: z.array(automationChange),
        }),
      )
      .describe("Of those who would change the newest, at most 10"),
  })
  .meta({ id: "AutomationDryRun" });
export type AutomationDryRun = z.infer<typeof automationDryRun>;

/** What set a rule off for a person: the person is new or was changed, something happened, other rules did it, or a run by hand. */
export const automationCause = z.enum(["created", "changed", "interaction", "email", "rule", "run"]);
export type AutomationCause = z.infer<typeof automationCause>;

/** `stopped`: it would have made these changes, but rules had changed the person five times over. */
export const automationApplication = z
  .object({
    id: uuid,
    ruleId: uuid,
    ruleName: z.string(),
    contactId: uuid,
    contactName: z.string().nullable(),
    contactEmail: z.string().nullable(),
    runId: uuid.nullable(),
    outcome: z.enum(["applied", "stopped"]),
    cause: automationCause,
    causeRule: z.string().nullable().describe("The rule whose change set it off"),
    round: z.number().int().describe("How many rounds of changes by rules came before"),
    changes: z.array(automationChange),
    at: utcDateTime,
  })
  .meta({ id: "AutomationApplication" });
export type AutomationApplication = z.infer<typeof automationApplication>;

/** A page of what belongs to a rule, or to a contact. */
export const pageById = z.strictObject({ ...byId.shape, ...pageInput });
export type PageById = z.infer<typeof pageById>;
export const automationApplicationList = z.object({ applications: z.array(automationApplication), ...pageOutput });
export type AutomationApplicationList = z.infer<typeof automationApplicationList>;
export const automationRunList = z.object({ runs: z.array(automationRun), ...pageOutput });
export type AutomationRunList = z.infer<typeof automationRunList>;
