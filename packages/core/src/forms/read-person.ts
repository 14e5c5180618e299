import type { FieldCatalog } from "../fields/catalog";
import { readValue } from "../imports/cell-values";
import { emptyRow, type PersonRow } from "../imports/person-row";
import { toTarget } from "../imports/targets";
import { type FormMapping, findTargets } from "./answer-targets";
import type { Answer } from "./tally-submission";

/** What a submission says of the person; `misfits`: answers that do not fit where they would go, by the question's label. */
export type ReadPerson = { person: PersonRow; misfits: string[] };

/**
 * A submission's answers as the person that they make. An answer that does not fit its field is named and left out, and
 * stops no other; one that is empty says nothing. Where several have one target, the first counts.
 */
export function readPerson(catalog: FieldCatalog, mapping: FormMapping, answers: readonly Answer[]): ReadPerson {
  const targets = findTargets(catalog, mapping, answers);
  const person = emptyRow();
  const misfits: string[] = [];
  let fullName: string | null = null;
  for (const answer of answers) {
    const name = targets.get(answer.key)?.target ?? null;
    const text = answer.text.trim();
    if (name === null || text === "") continue;
    if (name === "fullName") fullName ??= text;
    else {
      const problem = setAnswer(person, catalog, name, text);
      if (problem) misfits.push(`${answer.label || answer.key}: ${problem}`);
    }
  }
  if (fullName !== null) fillNames(person, fullName, catalog);
  return { person, misfits };
}

function setAnswer(person: PersonRow, catalog: FieldCatalog, name: string, text: string): string | undefined {
  const target = toTarget(catalog, name);
  if (target.kind === "tags") return "tags are not set by a form";
  const result = readValue(target, text);
  if ("problem" in result) return result.problem;
  if (target.kind === "custom") {
    if (result.value !== "") person.customFields[target.storedKey] ??= result.value;
  } else person[target.kind] ??= result.value;
  return undefined;
}

/** `Vincent van Gogh` and `van Gogh, Vincent`; a name that was asked for by itself stays. */
function fillNames(person: PersonRow, fullName: string, catalog: FieldCatalog): void {
  const [before = "", after] = fullName.split(/,(.*)/s).map((part) => part.trim());
  const [first = "", ...rest] = after ? [after, before] : fullName.split(/\s+/);
  const names = { firstName: first, lastName: rest.join(" ") };
  for (const field of ["firstName", "lastName"] as const)
    if (person[field] === null && names[field] !== "") setAnswer(person, catalog, field, names[field]);
}
