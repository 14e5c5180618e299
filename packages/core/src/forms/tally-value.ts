export type Properties = Readonly<Record<string, unknown>>;

export const isObject = (value: unknown): value is Properties =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** What Postgres stores in no text. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: replacing it is the point
const UNSTORABLE = /[\u0000\p{Surrogate}]/gu;

/** Text as it may be stored; empty for what is no text. */
export const readText = (value: unknown): string =>
  typeof value === "string" ? value.replace(UNSTORABLE, "\ufffd") : "";

/** Joins several values of one answer, as several chosen options are stored. */
const SEPARATOR = ";";

/**
 * A field's value as text: ids of options are replaced by their words, several values joined by `;`, files are their
 * addresses (which are not fetched), a matrix is `row: column`. What is of no known form stands as JSON.
 */
export function toAnswerText(field: Properties): string {
  const { value } = field;
  if (isObject(value) && Array.isArray(field.rows)) return toMatrixText(value, field);
  const words = namesOf(field.options);
  return Array.isArray(value) ? joinValues(value, words) : toWord(value, words);
}

/** Values joined; one that holds the separator itself has a comma in its place. */
const joinValues = (values: readonly unknown[], words: ReadonlyMap<unknown, string>): string =>
  values
    .map((value) => toWord(value, words))
    .filter((word) => word !== "")
    .map((word, _, { length }) => (length > 1 ? word.replaceAll(SEPARATOR, ",") : word))
    .join(SEPARATOR);

function toWord(value: unknown, words: ReadonlyMap<unknown, string>): string {
  if (value === null || value === undefined) return "";
  if (typeof value === "string") return words.get(value) ?? readText(value);
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  if (isObject(value) && typeof value.url === "string") return readText(value.url);
  return readText(JSON.stringify(value));
}

/** `{ <row>: [<column>] }` with the words of both, in the form's order of rows. */
function toMatrixText(value: Properties, { rows, columns }: Properties): string {
  const columnNames = namesOf(columns);
  return [...namesOf(rows)]
    .flatMap(([id, row]) => {
      const chosen = typeof id === "string" && Object.hasOwn(value, id) ? value[id] : null;
      const words = (Array.isArray(chosen) ? chosen : [chosen]).map((each) => toWord(each, columnNames));
      const text = words.filter((word) => word !== "").join(", ");
      return text === "" ? [] : [`${row}: ${text}`];
    })
    .join(SEPARATOR);
}

/** The words of options, rows or columns by their ids. */
function namesOf(options: unknown): Map<unknown, string> {
  if (!Array.isArray(options)) return new Map();
  return new Map(options.filter(isObject).map(({ id, text }) => [id, readText(text)]));
}
