import type { Form, FormDetails, FormQuestion } from "@hustings/contracts/forms";
import type { FieldDefinitionModel, FormModel } from "@hustings/db/types";
import type { FieldCatalog } from "../fields/catalog";
import { toFieldDefinition } from "../fields/mapper";
import { type FormMapping, findTargets, guessFieldType } from "./answer-targets";
import type { Answer } from "./tally-submission";

export const toForm = (row: FormModel): Form => ({
  id: row.id,
  externalId: row.externalId,
  name: row.name,
  submissions: row.submissions,
  lastReceivedAt: row.lastReceivedAt?.toISOString() ?? null,
  isMapped: Object.keys(row.mapping as FormMapping).length > 0,
});

/** With the questions of the last submission, then those that only the mapping knows, and where their answers go. */
export function toFormDetails(
  row: FormModel,
  fields: readonly FieldDefinitionModel[],
  catalog: FieldCatalog,
): FormDetails {
  const mapping = row.mapping as FormMapping;
  const answers = row.lastAnswers as Answer[];
  const asked = new Set(answers.map(({ key }) => key));
  const missing = Object.keys(mapping).flatMap((key) =>
    asked.has(key) ? [] : [{ key, label: "", type: "", text: "" }],
  );
  const all = [...answers, ...missing];
  const targets = findTargets(catalog, mapping, all);
  const questions = all.map(
    (answer): FormQuestion => ({
      key: answer.key,
      label: answer.label,
      type: answer.type,
      answer: answer.text,
      target: targets.get(answer.key)?.target ?? null,
      isMapped: targets.get(answer.key)?.isMapped ?? false,
      fieldType: guessFieldType(answer),
    }),
  );
  return { ...toForm(row), questions, fields: fields.map(toFieldDefinition) };
}
