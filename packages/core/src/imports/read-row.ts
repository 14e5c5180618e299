import { readValue, splitTags } from "./cell-values";
import { emptyRow, type PersonRow } from "./person-row";
import type { ImportTargets } from "./targets";

/** One cell that does not fit, with the words for it. */
export type CellProblem = { column: string; value: string; message: string };

/** What became of a row: a person, nothing at all, or cells that do not fit. */
export type ReadRow =
  | { kind: "person"; person: PersonRow }
  | { kind: "empty" }
  | { kind: "bad"; problems: CellProblem[] };

export type RowReader = (cellAt: (columnIndex: number) => string | undefined) => ReadRow;

/** Characters of a bad cell that an error keeps. */
const SHOWN_LENGTH = 500;

/**
 * Makes the function that reads rows by a mapping. It takes cells by the mapping's order of columns, names every
 * cell of a row that does not fit, and calls a row without a single filled cell empty, whatever the constants are.
 */
export function createRowReader(targets: ImportTargets, emptyValues: readonly string[] = []): RowReader {
  const nothing = new Set(emptyValues.map((value) => value.trim().toLowerCase()));
  const { columns, constants } = targets;
  const hasConstantFields = Object.keys(constants.customFields).length > 0;

  return (cellAt) => {
    const person = emptyRow();
    const problems: CellProblem[] = [];
    let isEmpty = true;
    for (let index = 0; index < columns.length; index++) {
      const text = cellAt(index)?.trim() ?? "";
      if (text === "" || (nothing.size > 0 && nothing.has(text.toLowerCase()))) continue;
      isEmpty = false;
      const problem = setCell(person, columns[index] as (typeof columns)[number], text);
      if (problem) problems.push(problem);
    }
    if (isEmpty) return { kind: "empty" };
    if (problems.length > 0) return { kind: "bad", problems };
    person.email = constants.email ?? person.email;
    person.firstName = constants.firstName ?? person.firstName;
    person.lastName = constants.lastName ?? person.lastName;
    person.language = constants.language ?? person.language;
    if (hasConstantFields) Object.assign(person.customFields, constants.customFields);
    for (const tag of constants.tags) if (!person.tags.includes(tag)) person.tags.push(tag);
    return { kind: "person", person };
  };
}

/** Sets what the cell says unless an earlier column of the same target said it. */
function setCell(
  person: PersonRow,
  { name, target }: ImportTargets["columns"][number],
  text: string,
): CellProblem | undefined {
  if (target.kind === "tags") {
    for (const tag of splitTags(text)) {
      const result = readValue(target, tag);
      if ("problem" in result) return toProblem(name, text, result.problem);
      if (!person.tags.includes(result.value)) person.tags.push(result.value);
    }
    return undefined;
  }
  const result = readValue(target, text);
  if ("problem" in result) return toProblem(name, text, result.problem);
  if (target.kind === "custom") {
    if (result.value !== "") person.customFields[target.storedKey] ??= result.value;
  } else person[target.kind] ??= result.value;
  return undefined;
}

const toProblem = (column: string, text: string, message: string): CellProblem => ({
  column,
  value: toStorable(text.slice(0, SHOWN_LENGTH)),
  message,
});

/** Text that Postgres stores: halves of surrogate pairs and NUL become U+FFFD. */
const toStorable = (text: string): string => Buffer.from(text, "utf8").toString("utf8").replaceAll("\u0000", "\ufffd");
