import type { FieldType } from "@hustings/contracts/fields";
import { coreFormTarget } from "@hustings/contracts/forms";
import { emailAddress } from "@hustings/contracts/primitives";
import type { CatalogField, FieldCatalog } from "../fields/catalog";
import { RESERVED_NAMES } from "../fields/commands";
import { findCoreTarget, normalizeHeader } from "../imports/header-aliases";
import type { Answer } from "./tally-submission";

/** Key of a question to what its answers become; null: nothing. What is not in it is guessed. */
export type FormMapping = Record<string, string | null>;

/** What an answer becomes: a core target, a custom field's name, or null for nothing. */
export type AnswerTarget = { target: string | null; isMapped: boolean };

/** How people ask for the whole name; what an import's columns are never called. */
const FULL_NAME = new Set([
  "name",
  "full name",
  "your name",
  "your full name",
  "namn",
  "fullständigt namn",
  "vollständiger name",
  "nom complet",
  "nom et prénom",
  "nombre completo",
  "nombre y apellidos",
  "ime in priimek",
]);

/** Only what a person writes, or a link brings along, is a name or an address of theirs. */
const WRITTEN = new Set(["INPUT_TEXT", "HIDDEN_FIELDS", "CALCULATED_FIELDS"]);
const CHOSEN = new Set(["DROPDOWN", "MULTIPLE_CHOICE"]);
const MAX_NAME = 100;

/**
 * What each answer of a submission becomes: what the mapping says; else by type and label, each core target once. The
 * address is that of the first question for one that was answered, then of a written answer that is called so, then of
 * a payment. Everything else is a custom field: one of the label's name if there is one, else of that name.
 *
 * Pure, and the same for a submission that comes in and for the example that is shown.
 */
export function findTargets(
  catalog: FieldCatalog,
  mapping: FormMapping,
  answers: readonly Answer[],
): ReadonlyMap<string, AnswerTarget> {
  const targets = new Map<string, AnswerTarget>();
  const taken = new Set<string>();
  for (const { key } of answers) {
    if (!Object.hasOwn(mapping, key)) continue;
    const target = mapping[key] ?? null;
    targets.set(key, { target, isMapped: true });
    if (target !== null) taken.add(target);
  }
  const guess = (key: string, target: string) => {
    targets.set(key, { target, isMapped: false });
    taken.add(target);
  };
  const open = () => answers.filter(({ key }) => !targets.has(key));
  const hasAddress = answers.some(({ key, text }) => targets.get(key)?.target === "email" && isAddress(text));
  const address = hasAddress ? undefined : findAddress(open());
  if (address) guess(address.key, "email");
  for (const answer of open()) {
    const core = findCore(answer);
    if (core && !taken.has(core)) guess(answer.key, core);
    else guess(answer.key, findFieldName(catalog, answer, taken));
  }
  return targets;
}

const isAddress = (text: string): boolean => emailAddress.safeParse(text).success;
const isCalledEmail = (label: string): boolean => findCoreTarget(label) === "email" || /^e-?mail/i.test(label);

/** The question whose answer is the person's address; without an answer the one that asks for it. */
function findAddress(answers: readonly Answer[]): Answer | undefined {
  const asked = answers.filter(({ type }) => type === "INPUT_EMAIL");
  const written = answers.filter(({ type, label }) => WRITTEN.has(type) && isCalledEmail(label));
  const paid = answers.filter(({ type, key }) => type === "PAYMENT" && key.endsWith("_email"));
  return [...asked, ...written, ...paid].find(({ text }) => isAddress(text)) ?? asked[0] ?? written[0];
}

/** A name or a language, by the label. */
function findCore({ type, label }: Answer): string | undefined {
  const target = findCoreTarget(label) ?? (FULL_NAME.has(normalizeHeader(label)) ? "fullName" : undefined);
  if (target === "language") return WRITTEN.has(type) || CHOSEN.has(type) ? target : undefined;
  return target === "firstName" || target === "lastName" || target === "fullName"
    ? WRITTEN.has(type)
      ? target
      : undefined
    : undefined;
}

/**
 * The custom field for a question that nobody mapped. Internal fields are filled by a person's word alone: whoever
 * writes a form must not reach them by a label.
 */
function findFieldName(catalog: FieldCatalog, { key, label }: Answer, taken: ReadonlySet<string>): string {
  const wanted = normalizeHeader(label);
  const isMeant = (field: CatalogField) =>
    field.scope !== "global_internal" && [field.name, field.label].some((name) => normalizeHeader(name) === wanted);
  const defined = wanted === "" ? undefined : catalog.fields.find(isMeant);
  if (defined && !taken.has(defined.name)) return defined.name;
  const name = label.slice(0, MAX_NAME).trim();
  const isFree = name !== "" && !isReserved(name) && !taken.has(name) && !catalog.find(name);
  if (isFree) return name;
  return (name === "" ? key : `${name.slice(0, MAX_NAME / 2).trim()} (${key})`).slice(0, MAX_NAME);
}

/** What a contact has by itself, under any of its names. */
export const isReserved = (name: string): boolean =>
  RESERVED_NAMES.has(name.toLowerCase()) || coreFormTarget.options.some((target) => target === name);

/** What a new field for a question could hold. */
export function guessFieldType({ type }: Answer): FieldType {
  return FIELD_TYPES[type] ?? "text";
}

const FIELD_TYPES: Record<string, FieldType | undefined> = {
  INPUT_NUMBER: "number",
  RATING: "number",
  LINEAR_SCALE: "number",
  INPUT_DATE: "date",
  INPUT_EMAIL: "email",
};
