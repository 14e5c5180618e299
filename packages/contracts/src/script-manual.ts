import { z } from "zod";

/** A property of what a method takes, in the notation of the reference. */
const manualProperty = z.object({
  name: z.string(),
  shape: z.string(),
  isRequired: z.boolean(),
  says: z.string().nullable().describe("What it means, its limits, its default"),
});

/** A method of `crm`, or a word that a script is handed beside it. */
const manualEntry = z.object({
  path: z.string().describe("Without `crm.`: `contacts.list`; of a word: `log`, `console.warn`"),
  call: z.string().describe("How it is written"),
  says: z.string(),
  takes: z.array(manualProperty).describe("What may stand in its object, leading texts included"),
  answers: z.string().nullable().describe("In the notation of the reference; null for nothing"),
  items: z
    .string()
    .nullable()
    .describe("The model of its rows, for `for await`; null where it gives no rows one by one"),
  example: z.string(),
});
export type ScriptManualEntry = z.infer<typeof manualEntry>;

/** A script to start from. */
const scriptExample = z.object({ id: z.string(), name: z.string(), description: z.string(), code: z.string() });
export type ScriptExample = z.infer<typeof scriptExample>;

/** What a script may use, for the editor: made from what scripts are really handed. */
export const scriptManual = z.object({
  methods: z.array(manualEntry),
  words: z.array(manualEntry),
  models: z
    .array(z.object({ name: z.string(), properties: z.array(manualProperty) }))
    .describe("What methods answer, by the names that stand in `answers`"),
  examples: z.array(scriptExample),
});
export type ScriptManual = z.infer<typeof scriptManual>;
export type ScriptManualProperty = z.infer<typeof manualProperty>;
