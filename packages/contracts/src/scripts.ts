import { z } from "zod";
import { byId, line, longText, rangeInput, requiredLine, utcDateTime, uuid } from "./primitives";

export const scriptRunStatus = z.enum([
  "queued",
  "running",
  "succeeded",
  "failed",
  "timed_out",
  "cancelled",
  "skipped",
]);
export type ScriptRunStatus = z.infer<typeof scriptRunStatus>;
const trigger = z.enum(["manual", "cron"]);

/** A person's program: the body of an async function with `crm`, `console`, `log`, `input` and `sleep`. */
export const script = z
  .object({
    id: uuid,
    name: z.string(),
    description: z.string().nullable(),
    code: z.string(),
    cronSchedule: z.string().nullable(),
    enabled: z.boolean().describe("Of the schedule alone: by hand it always runs"),
    nextRunAt: utcDateTime.nullable(),
    lastEditedBy: z
      .object({ id: uuid, name: z.string() })
      .nullable()
      .describe("Whose rights it has; null: it cannot run until somebody saves it"),
    lastRun: z.object({ id: uuid, status: scriptRunStatus, trigger, createdAt: utcDateTime }).nullable(),
    createdAt: utcDateTime,
    updatedAt: utcDateTime,
  })
  .meta({ id: "Script" });
export type Script = z.infer<typeof script>;

export const scriptRun = z
  .object({
    id: uuid,
    scriptId: uuid,
    status: scriptRunStatus,
    trigger,
    startedAt: utcDateTime.nullable(),
    finishedAt: utcDateTime.nullable(),
    durationMs: z.number().int().nullable(),
    logs: z.array(z.string()).describe("Lines; in the history the last twenty alone"),
    result: z.unknown().describe("What it returned, as JSON"),
    error: z.string().nullable(),
    errorLine: z.number().int().nullable().describe("Of the script, from 1"),
    errorStack: z.string().nullable(),
    calls: z.number().int().describe("Calls of crm"),
    changes: z.number().int().describe("How many of them changed something"),
    peakMemoryMb: z.number().int().nullable(),
    createdAt: utcDateTime,
  })
  .meta({ id: "ScriptRun" });
export type ScriptRun = z.infer<typeof scriptRun>;

/** What a run may take, by the environment of the worker. */
export const scriptLimits = z.object({
  wallMs: z.number().int().describe("By the clock"),
  cpuSeconds: z.number().int().describe("Of the processor"),
  memoryMb: z.number().int(),
  logBytes: z.number().int(),
  resultBytes: z.number().int(),
  calls: z.number().int().describe("Of crm"),
});
export type ScriptLimits = z.infer<typeof scriptLimits>;

/** What a worker has found out about running scripts where it is. */
export const scriptService = z.object({
  refusal: z.string().nullable().describe("Why no script runs; null where they run"),
  missing: z
    .array(
      z.object({
        layer: z.string(),
        says: z.string(),
        keepsFrom: z.string().describe("What it keeps scripts from"),
        allow: z.string().describe("What the operator has to allow"),
      }),
    )
    .describe("Layers of the wall that cannot be had; empty where nothing can run for another reason"),
  limits: scriptLimits,
});
export type ScriptService = z.infer<typeof scriptService>;

const name = requiredLine(200);
const description = longText(2_000).nullable();
const code = longText(100_000);
const cronSchedule = line(200).nullable().describe("Five fields; perhaps after `TZ=Europe/Paris `, else in UTC");

export const listScriptsInput = z.strictObject(rangeInput);

const newScript = z.strictObject({
  name,
  description: description.optional(),
  code,
  cronSchedule: cronSchedule.optional(),
  enabled: z.boolean().optional(),
});
export const createScriptInput = newScript.meta({
  example: {
    name: "Monday's figures",
    code: "const { total } = await crm.contacts.list();\nreturn total;",
    cronSchedule: "TZ=Europe/Paris 0 9 * * 1",
  },
});
export type CreateScriptInput = z.infer<typeof createScriptInput>;

export const updateScriptInput = z
  .strictObject({ ...byId.shape, ...newScript.partial().shape })
  .meta({ example: { enabled: false } });
export type UpdateScriptInput = z.infer<typeof updateScriptInput>;

export const checkScriptInput = z.strictObject({ code: code.optional(), cronSchedule: cronSchedule.optional() });
export type CheckScriptInput = z.infer<typeof checkScriptInput>;

/** What saving would say, and when the schedule would come. */
export const scriptCheck = z.object({
  problem: z
    .object({ message: z.string(), line: z.number().int(), column: z.number().int() })
    .nullable()
    .describe("Where the code does not parse; line and column from 1"),
  schedule: z
    .object({
      problem: z.string().nullable().describe("Ends a sentence that begins with the field"),
      words: z.string().nullable(),
      timeZone: z.string(),
      times: z.array(utcDateTime).describe("The next five"),
    })
    .nullable(),
});
export type ScriptCheck = z.infer<typeof scriptCheck>;

export const runScriptInput = z.strictObject({
  ...byId.shape,
  input: z.unknown().optional().describe("What the script reads as `input`; any JSON up to 64 KB"),
});
export type RunScriptInput = z.infer<typeof runScriptInput>;

export const listScriptRunsInput = z.strictObject({ ...byId.shape, ...rangeInput });
export type ListScriptRunsInput = z.infer<typeof listScriptRunsInput>;

export const byScriptRun = z.strictObject({ ...byId.shape, runId: uuid });
export type ByScriptRun = z.infer<typeof byScriptRun>;

export const scriptDeleted = z.object({ ok: z.literal(true) });
