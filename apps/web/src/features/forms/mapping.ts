import type { CoreFormTarget, FormDetails, FormQuestion, UpdateFormInput } from "@hustings/contracts/forms";
import { toFieldKey } from "../fields/field-key";
import type { ColumnTarget } from "../imports/draft";

/** What everybody has, as far as a form can say it. */
export const FORM_FACTS = [
  "email",
  "firstName",
  "lastName",
  "fullName",
  "language",
] as const satisfies CoreFormTarget[];

/** What each question becomes, by its key. */
export type FormDraft = Readonly<Record<string, ColumnTarget>>;

export const toDraft = ({ questions }: FormDetails): FormDraft =>
  Object.fromEntries(questions.map((question) => [question.key, toColumnTarget(question)]));

function toColumnTarget({ target }: FormQuestion): ColumnTarget {
  if (target === null) return { kind: "out" };
  const fact = FORM_FACTS.find((name) => name === target);
  return fact ? { kind: "core", name: fact } : { kind: "field", name: target };
}

/** What a question is called where it has no words. */
export const questionName = ({ label, key }: Pick<FormQuestion, "label" | "key">): string => label || key;

/** What the server is asked to keep. */
export function toUpdate(id: string, draft: FormDraft): UpdateFormInput {
  const mapping: UpdateFormInput["mapping"] = {};
  const newFields: NonNullable<UpdateFormInput["newFields"]> = {};
  for (const [key, target] of Object.entries(draft)) {
    if (target.kind === "new") {
      const name = newFieldName(target);
      newFields[name] = { label: target.label.trim(), fieldType: target.fieldType };
      mapping[key] = name;
    } else mapping[key] = target.kind === "out" ? null : target.name;
  }
  return { id, mapping, newFields };
}

/** Names that a new field cannot have: a person has them anyway. */
const TAKEN = new Set([...FORM_FACTS, "tags", "globallyUnsubscribed"].map((name) => name.toLowerCase()));

/** Why it cannot be kept like this. */
export function findObstacle(draft: FormDraft, { fields }: Pick<FormDetails, "fields">): string | null {
  const made = new Map<string, string>();
  for (const target of Object.values(draft)) {
    if (target.kind !== "new") continue;
    const name = newFieldName(target);
    if (name === "") return "Name each new field";
    const known = fields.find((field) => field.name.toLowerCase() === name.toLowerCase());
    if (known) return `There is a field “${known.label}” already: choose it instead`;
    if (TAKEN.has(name.replaceAll("_", "").toLowerCase()))
      return `“${target.label}” is what everybody has: choose it instead`;
    if ((made.get(name) ?? target.fieldType) !== target.fieldType) return `Two new fields are called “${target.label}”`;
    made.set(name, target.fieldType);
  }
  return null;
}

const newFieldName = ({ label }: { label: string }): string => toFieldKey(label) || label.trim();

/** Without an address nobody can be made of a submission. */
export const hasAddress = (draft: FormDraft): boolean =>
  Object.values(draft).some((target) => target.kind === "core" && target.name === "email");
