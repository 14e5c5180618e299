import type { FileDelimiter, FileEncoding } from "@hustings/contracts/imports";
import { invalid } from "../errors";
import type { FieldCatalog } from "../fields/catalog";
import { decodeText, findCharacterBorder } from "./encoding";
import { unguardFormula } from "./formula-guard";
import { guessDelimiter, guessEmptyValues, guessFieldTypes, guessHasHeader, guessMapping, nameColumns } from "./layout";
import { type ByteSource, FILE_START, type FileCursor, readRecords, UnclosedQuoteError } from "./records";

/** How a file is to be read. */
export type FileFormat = { encoding: FileEncoding; delimiter: FileDelimiter; hasHeader: boolean };

export type RecognisedFile = FileFormat & {
  columns: string[];
  /** Where the first row begins. */
  firstRow: FileCursor;
  /** Rows at the beginning, for samples and guesses. */
  rows: string[][];
};

/** Bytes that the delimiter is guessed from, and rows that the rest is guessed from. */
const HEAD_BYTES = 64 * 1024;
const JUDGED_ROWS = 200;
/** Characters of the judged rows together: a file of 10,000 columns needs no 200 rows. */
const JUDGED_LENGTH = 512 * 1024;
/** Bytes looked at for all of that: a line of 100 MB is for the job to read. More than the longest record. */
const JUDGED_BYTES = 4 * 1024 * 1024;
const SAMPLE_ROWS = 8;
/** Characters of a sampled cell: it is looked at, not read. */
const SAMPLE_CELL_LENGTH = 200;

/** What is known already, or said by a person. */
export type FormatHints = {
  encoding: FileEncoding;
  delimiter?: FileDelimiter | undefined;
  hasHeader?: boolean | undefined;
};

/**
 * Finds out how a file is laid out, from its beginning.
 *
 * @throws DomainError `invalid` where there is nothing to read: an empty file, a first line over the limit.
 */
export async function recogniseFile(source: ByteSource, hints: FormatHints): Promise<RecognisedFile> {
  const { encoding } = hints;
  const delimiter = hints.delimiter ?? guessDelimiter(await readHead(source, encoding));
  const rows: string[][] = [];
  let header: string[] | null = null;
  let hasHeader = hints.hasHeader ?? true;
  let firstRow = FILE_START;
  let length = 0;
  let isCut = false;
  const beginning: ByteSource = async (offset) => {
    isCut = offset >= JUDGED_BYTES;
    return isCut ? null : source(offset);
  };
  try {
    for await (const record of readRecords(beginning, { encoding, delimiter })) {
      const isFirst = header === null && rows.length === 0;
      // Where we stop is no end of a record.
      if (isCut && !isFirst) break;
      if (isFirst && record.isTooLong) throw invalid(`Line ${record.line} is too long to be read`);
      const cells = record.isTooLong ? [] : record.cells.map(unguardFormula);
      if (isFirst) hasHeader = hints.hasHeader ?? guessHasHeader(cells);
      if (isFirst && hasHeader) {
        header = cells;
        firstRow = record.next;
      } else rows.push(cells);
      length += cells.reduce((sum, cell) => sum + cell.length + 1, 0);
      if (rows.length >= JUDGED_ROWS || length >= JUDGED_LENGTH) break;
    }
  } catch (error) {
    // The import will stop there and say so; what comes before can be shown.
    if (!(error instanceof UnclosedQuoteError)) throw error;
    if (!header && rows.length === 0) throw invalid(error.message);
  }
  if (!header && rows.length === 0) throw invalid("The file is empty");
  const widest = rows.reduce((most, row) => Math.max(most, row.length), 0);
  return {
    encoding,
    delimiter,
    hasHeader,
    columns: nameColumns(header, header ? header.length : widest),
    firstRow,
    rows,
  };
}

async function readHead(source: ByteSource, encoding: FileEncoding): Promise<string> {
  const bytes = (await source(0))?.subarray(0, HEAD_BYTES) ?? Buffer.alloc(0);
  return decodeText(encoding, bytes.subarray(0, findCharacterBorder(encoding, bytes)));
}

/** What to propose to the person who brings the file. */
export function guessOptions(file: RecognisedFile, catalog: FieldCatalog) {
  const sample = file.rows
    .slice(0, SAMPLE_ROWS)
    .map((row) => file.columns.map((_, index) => toSample(row[index] ?? "")));
  return {
    sample,
    mapping: guessMapping(file.columns, file.rows, catalog),
    emptyValues: guessEmptyValues(file.rows),
    fieldTypes: guessFieldTypes(file.columns, file.rows),
  };
}

const toSample = (cell: string): string => Buffer.from(cell.slice(0, SAMPLE_CELL_LENGTH), "utf8").toString("utf8");
