import { z } from "zod";
import { fieldDefinition, fieldType } from "./fields";
import { newFields } from "./imports";
import { byId, line, rangeInput, utcDateTime, uuid } from "./primitives";

/** What an answer can become beside a custom field. `fullName` is divided at its first space. */
export const coreFormTarget = z.enum(["email", "firstName", "lastName", "fullName", "language"]);
export type CoreFormTarget = z.infer<typeof coreFormTarget>;

/** A question of a form, as its last submission asked it. */
export const formQuestion = z
  .object({
    key: z.string().describe("Tally's; it stays when the question is put in other words"),
    label: z.string(),
    type: z.string().describe("As Tally names it: INPUT_EMAIL"),
    answer: z.string().describe("In the last submission; empty where there was none"),
    target: z
      .string()
      .nullable()
      .describe("email, firstName, lastName, fullName, language, or a custom field's name; null: nothing"),
    isMapped: z.boolean().describe("Whether somebody said so; else it follows from label, type and answer"),
    fieldType: fieldType.describe("What a new field for it could be"),
  })
  .meta({ id: "FormQuestion" });
export type FormQuestion = z.infer<typeof formQuestion>;

/** A form whose submissions come in by the webhook. Forms belong to the installation, their people to the global workspace. */
export const form = z
  .object({
    id: uuid,
    externalId: z.string().describe("Tally's id of the form"),
    name: z.string(),
    submissions: z.number().int().describe("Those that became interactions"),
    lastReceivedAt: utcDateTime.nullable(),
    isMapped: z.boolean().describe("Whether somebody said where its answers go"),
  })
  .meta({ id: "Form" });
export type Form = z.infer<typeof form>;

export const formDetails = form
  .extend({
    questions: z
      .array(formQuestion)
      .describe("Of the last submission, and after them those that are mapped and were not in it"),
    fields: z.array(fieldDefinition).describe("Those of the global workspace, which answers can go to"),
  })
  .meta({ id: "FormDetails" });
export type FormDetails = z.infer<typeof formDetails>;

export const listFormsInput = z.strictObject(rangeInput);

/** More questions than any form has; what a submission may have, too. */
export const MAX_QUESTIONS = 1_000;

export const updateFormInput = z.strictObject({
  ...byId.shape,
  mapping: z
    .record(z.string().min(1).max(200), line(100).min(1, "must not be empty").nullable())
    .refine((mapping) => Object.keys(mapping).length <= MAX_QUESTIONS, `must name at most ${MAX_QUESTIONS} questions`)
    .describe("Question's key to target, replaced whole; null: nothing. A question that is missing here is guessed")
    .meta({ example: { question_w4Q4Xn: "email", question_3EKz4n: "city" } }),
  newFields: newFields.describe("Definitions to make on the way, by name, in the global workspace").optional(),
});
export type UpdateFormInput = z.infer<typeof updateFormInput>;

/** What the webhook of a form answers. */
export const submissionAnswer = z.object({ status: z.enum(["created", "updated"]), contactId: uuid });
export type SubmissionAnswer = z.infer<typeof submissionAnswer>;
