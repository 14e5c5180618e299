import type { FieldType } from "@hustings/contracts/fields";
import type { FileDelimiter } from "@hustings/contracts/imports";
import { emailAddress } from "@hustings/contracts/primitives";
import type { FieldCatalog } from "../fields/catalog";
import { normalizeFieldValue } from "../fields/value";
import { createCsvScanner } from "./csv-scanner";
import { endsInEmail, findCoreTarget, normalizeHeader } from "./header-aliases";
import { readSeparatorLine } from "./records";

const DELIMITERS: readonly FileDelimiter[] = [",", ";", "\t", "|"];
/** Records that the delimiter is judged by. */
const JUDGED_RECORDS = 50;

/** What people write where there is nothing. */
const PLACEHOLDERS = new Set([
  "(blank)",
  "(none)",
  "(empty)",
  "n/a",
  "#n/a",
  "na",
  "-",
  "--",
  "–",
  "—",
  "null",
  "none",
  "nil",
  "unknown",
  ".",
]);

/** Kinds of content that a new field could have, the narrowest first. */
const CONTENT_TYPES: readonly FieldType[] = ["boolean", "number", "date", "email", "url"];
/** Cells that must all fit before a column is called anything but text. */
const MIN_TYPED_CELLS = 2;

/**
 * The delimiter by which most records have the same number of cells, and more than one. A `sep=;` line decides alone;
 * a file of one column is read by commas.
 *
 * @param head the beginning of the file; its last, broken record does not count.
 */
export function guessDelimiter(head: string): FileDelimiter {
  const named = DELIMITERS.find((delimiter) => delimiter === readSeparatorLine(head));
  if (named) return named;
  let best: { delimiter: FileDelimiter; score: number } = { delimiter: ",", score: 0 };
  for (const delimiter of DELIMITERS) {
    const score = scoreDelimiter(head, delimiter);
    if (score > best.score) best = { delimiter, score };
  }
  return best.delimiter;
}

function scoreDelimiter(head: string, delimiter: FileDelimiter): number {
  const scanner = createCsvScanner({ delimiter, maxRecordLength: head.length + 1 });
  const counts: number[] = [];
  for (const record of scanner.scan(head)) {
    counts.push(record.cells.length);
    if (counts.length === JUDGED_RECORDS) break;
  }
  if (counts.length === 0) counts.push(scanner.finish().record?.cells.length ?? 1);
  const frequency = new Map<number, number>();
  for (const count of counts) frequency.set(count, (frequency.get(count) ?? 0) + 1);
  let [columns, records] = [1, 0];
  for (const [count, times] of frequency) if (count > 1 && times > records) [columns, records] = [count, times];
  // Agreement counts most; among delimiters that agree, the one that makes more columns.
  return (records / counts.length) * (2 - 1 / columns) * (columns > 1 ? 1 : 0);
}

/** A first record with an address in it, or with nothing but numbers, is a row already. */
export function guessHasHeader(firstRecord: readonly string[]): boolean {
  const filled = firstRecord.map((cell) => cell.trim()).filter((cell) => cell !== "");
  if (filled.some((cell) => emailAddress.safeParse(cell).success)) return false;
  return filled.length === 0 || !filled.every((cell) => /^[\d.,+\-\s/:]+$/.test(cell));
}

/** Names of the columns: trimmed, `Column 3` where there is none, `Email (2)` where one is there already. */
export function nameColumns(header: readonly string[] | null, columnCount: number): string[] {
  const used = new Set<string>();
  return Array.from({ length: Math.max(columnCount, header?.length ?? 0) }, (_, index) => {
    const name = header?.[index]?.replaceAll("\u0000", "").trim().slice(0, 200) || `Column ${index + 1}`;
    let unique = name;
    for (let copy = 2; used.has(unique); copy++) unique = `${name} (${copy})`;
    used.add(unique);
    return unique;
  });
}

/**
 * Columns to targets: by the header's known names, by a custom field's name or label, and for the address also by a
 * header that ends in "email" or by what stands in the column. A target is given once.
 */
export function guessMapping(
  columns: readonly string[],
  rows: readonly (readonly string[])[],
  catalog: FieldCatalog,
): Record<string, string> {
  const fieldByName = new Map(
    catalog.fields.flatMap(
      ({ name, label }) =>
        [
          [normalizeHeader(label), name],
          [normalizeHeader(name), name],
        ] as const,
    ),
  );
  const guesses = columns.map((column) => findCoreTarget(column) ?? fieldByName.get(normalizeHeader(column)));
  if (!guesses.includes("email")) {
    const byHeader = columns.findIndex((column, index) => guesses[index] === undefined && endsInEmail(column));
    const byContent = columns.findIndex((_, index) => guesses[index] === undefined && hasAddresses(rows, index));
    const index = byHeader >= 0 ? byHeader : byContent;
    if (index >= 0) guesses[index] = "email";
  }
  const taken = new Set<string>();
  const mapping: [string, string][] = [];
  columns.forEach((column, index) => {
    const target = guesses[index];
    if (target === undefined || taken.has(target)) return;
    taken.add(target);
    mapping.push([column, target]);
  });
  return Object.fromEntries(mapping);
}

function hasAddresses(rows: readonly (readonly string[])[], index: number): boolean {
  const filled = cellsOf(rows, index);
  return filled.length > 0 && filled.filter((cell) => emailAddress.safeParse(cell).success).length > filled.length / 2;
}

const cellsOf = (rows: readonly (readonly string[])[], index: number): string[] =>
  rows.map((row) => row[index]?.trim() ?? "").filter((cell) => cell !== "" && !PLACEHOLDERS.has(cell.toLowerCase()));

/** Cells that stand for "nothing", as they are written in the file. */
export function guessEmptyValues(rows: readonly (readonly string[])[]): string[] {
  const found = new Set<string>();
  for (const row of rows)
    for (const cell of row)
      if (cell.length <= 10 && PLACEHOLDERS.has(cell.trim().toLowerCase())) found.add(cell.trim());
  return [...found].sort();
}

/** The type that a field made from each column could have: the narrowest that every filled cell fits, else text. */
export function guessFieldTypes(
  columns: readonly string[],
  rows: readonly (readonly string[])[],
): Record<string, FieldType> {
  return Object.fromEntries(
    columns.map((column, index) => {
      const cells = cellsOf(rows, index);
      const fits = (fieldType: FieldType) =>
        cells.every((cell) => "value" in normalizeFieldValue({ fieldType, options: [] }, cell));
      // Postcodes and phone numbers are digits that a number would spoil.
      const isCode = cells.some((cell) => /^[+0]\d/.test(cell));
      const type =
        cells.length < MIN_TYPED_CELLS
          ? undefined
          : CONTENT_TYPES.find((each) => !(isCode && each === "number") && fits(each));
      return [column, type ?? "text"];
    }),
  );
}
