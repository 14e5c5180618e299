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
