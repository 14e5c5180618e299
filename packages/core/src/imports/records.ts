import type { FileDelimiter, FileEncoding } from "@hustings/contracts/imports";
import { createCsvScanner } from "./csv-scanner";
import { decodeText, findCharacterBorder } from "./encoding";

/** Characters of one record, above which it is refused: a line of 100 MB is no contact. */
export const MAX_RECORD_LENGTH = 1024 * 1024;

/** Bytes of a file from an offset on, as many as are at hand; null behind the last. */
export type ByteSource = (offset: number) => Promise<Buffer | null>;

/**
 * A border of records, good to start from: the byte where a run of whole characters begins, and how many characters
 * (UTF-16 code units) of it are read already.
 */
export type FileCursor = { byteOffset: number; skip: number; line: number };
export const FILE_START: FileCursor = { byteOffset: 0, skip: 0, line: 1 };

export type FileRecord = {
  cells: string[];
  /** Where it begins; the first line of the file is 1. */
  line: number;
  isTooLong: boolean;
  /** Where the next one begins. */
  next: FileCursor;
};

/** A quotation mark opens on this line and nothing closes it: what follows cannot be told apart. */
export class UnclosedQuoteError extends Error {
  override readonly name = "UnclosedQuoteError";

  constructor(readonly line: number) {
    super(`A quotation mark opens on line ${line} and is never closed`);
  }
}

export type RecordsOptions = {
  encoding: FileEncoding;
  delimiter: FileDelimiter;
  /** Only ever one that a record carried as `next`. */
  from?: FileCursor;
  maxRecordLength?: number;
};

/** Enough to hold a byte order mark and a `sep=;` line in every encoding. */
const FIRST_PIECE_BYTES = 64;

/**
 * Reads the records of a file from its beginning or from any record's `next`, in constant memory. The byte order mark
 * and Excel's `sep=;` line are no records.
 *
 * @throws UnclosedQuoteError after the last good record.
 */
export async function* readRecords(
  source: ByteSource,
  options: RecordsOptions,
): AsyncGenerator<FileRecord, void, undefined> {
  const { encoding, delimiter, from = FILE_START, maxRecordLength = MAX_RECORD_LENGTH } = options;
  const isFromStart = from.byteOffset === 0 && from.skip === 0;
  let { skip } = from;
  let scanner: ReturnType<typeof createCsvScanner> | undefined;
  let end: FileCursor = from;
  for await (const piece of readPieces(source, encoding, from.byteOffset)) {
    if (skip >= piece.text.length) {
      skip -= piece.text.length;
      continue;
    }
    const preamble = scanner || !isFromStart ? { length: 0, lines: 0 } : measurePreamble(piece.text);
    const base = skip + preamble.length;
    skip = 0;
    scanner ??= createCsvScanner({ delimiter, maxRecordLength, firstLine: from.line + preamble.lines });
    const text = base === 0 ? piece.text : piece.text.slice(base);
    for (const record of scanner.scan(text)) {
      const next = { byteOffset: piece.byteOffset, skip: base + record.end, line: record.nextLine };
      yield { cells: record.cells, line: record.line, isTooLong: record.isTooLong, next };
    }
    end = { byteOffset: piece.byteOffset, skip: piece.text.length, line: from.line };
  }
  const { record, unclosedQuoteLine } = scanner?.finish() ?? {};
  if (unclosedQuoteLine !== undefined) throw new UnclosedQuoteError(unclosedQuoteLine);
  if (record)
    yield {
      cells: record.cells,
      line: record.line,
      isTooLong: record.isTooLong,
      next: { ...end, line: record.nextLine },
    };
}

type Piece = { text: string; byteOffset: number };

async function* readPieces(
  source: ByteSource,
  encoding: FileEncoding,
  from: number,
): AsyncGenerator<Piece, void, undefined> {
  let rest: Buffer = Buffer.alloc(0);
  let offset = from;
  for (;;) {
    const bytes = await source(offset + rest.length);
    if (bytes) rest = rest.length === 0 ? bytes : Buffer.concat([rest, bytes]);
    if (bytes && offset === 0 && rest.length < FIRST_PIECE_BYTES) continue;
    const border = bytes ? findCharacterBorder(encoding, rest) : rest.length;
    if (border > 0) {
      yield { text: decodeText(encoding, rest.subarray(0, border)), byteOffset: offset };
      offset += border;
      rest = rest.subarray(border);
    }
    if (!bytes) return;
  }
}

const SEPARATOR_LINE = /^sep=.(\r\n|\n|\r)/i;

function measurePreamble(text: string): { length: number; lines: number } {
  const mark = text.startsWith("\ufeff") ? 1 : 0;
  const separatorLine = SEPARATOR_LINE.exec(text.slice(mark, mark + 16))?.[0] ?? "";
  return { length: mark + separatorLine.length, lines: separatorLine ? 1 : 0 };
}

/** The delimiter that Excel's `sep=;` line names, if the text begins with one. */
export const readSeparatorLine = (text: string): string | undefined => /^\ufeff?sep=(.)[\r\n]/i.exec(text)?.[1];
