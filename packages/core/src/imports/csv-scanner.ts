/** One record of a CSV file, without the positions that only the reader knows. */
export type ScannedRecord = {
  cells: string[];
  /** Where it begins, counted from 1 in lines of the file, those inside of quotes included. */
  line: number;
  /** It went over the limit; its cells are gone. */
  isTooLong: boolean;
  /** Index behind its line end in the text that was scanned last. */
  end: number;
  /** The line on which the next record begins. */
  nextLine: number;
};

export type CsvScannerOptions = { delimiter: string; maxRecordLength: number; firstLine?: number };

export type CsvScanner = {
  /** The records that end in this text, which goes on where the last one stopped. Blank lines are none. */
  scan: (text: string) => Generator<ScannedRecord, void, undefined>;
  /** At the end of the file: the record that ends there, or the line of a quotation mark that nothing closes. */
  finish: () => { record?: ScannedRecord; unclosedQuoteLine?: number };
};

const QUOTE = 34;
const LF = 10;
const CR = 13;

/**
 * Splits text into records by RFC 4180, read as generously as spreadsheets do: LF, CR LF and CR end a line, also mixed;
 * a quotation mark inside of a bare cell is text; what stands behind a closing quotation mark belongs to the cell.
 *
 * Our own rather than csv-parse, against which it is tested: an import restarts at any record of a file of a gigabyte,
 * goes on behind a record that is over the limit, and names the line of each error. csv-parse stops at the first record
 * over `max_record_size`, and counts CR LF inside of quotes as two lines.
 */
export function createCsvScanner({ delimiter, maxRecordLength, firstLine = 1 }: CsvScannerOptions): CsvScanner {
  const separator = delimiter.charCodeAt(0);
  let cells: string[] = [];
  let cell = "";
  let length = 0;
  let isTooLong = false;
  let isQuoted = false;
  let mode: "start" | "bare" | "quoted" | "quoteInQuoted" = "start";
  let line = firstLine;
  let recordLine = firstLine;
  let quoteLine = 0;
  /** The last character was a CR: an LF that follows belongs to it. */
  let isAfterCr = false;
  /** The record has ended by a CR, the last character of the text. */
  let isEndPending = false;

  function append(text: string): void {
    length += text.length;
    if (length > maxRecordLength && !isTooLong) {
      isTooLong = true;
      cells = [];
      cell = "";
    }
    if (!isTooLong) cell = cell === "" ? text : cell + text;
  }

  function endCell(): void {
    // The separator counts: a line of a million commas is over the limit too.
    length++;
    if (!isTooLong) cells.push(cell);
    cell = "";
    mode = "start";
  }

  /** Undefined for a blank line. */
  function endRecord(end: number): ScannedRecord | undefined {
    const isBlank = cells.length === 0 && cell === "" && !isQuoted && !isTooLong;
    endCell();
    const record = { cells, line: recordLine, isTooLong, end, nextLine: line };
    cells = [];
    length = 0;
    isTooLong = false;
    isQuoted = false;
    recordLine = line;
    return isBlank ? undefined : record;
  }

  function countLines(text: string, from: number, to: number): void {
    for (let index = from; index < to; index++) {
      const code = text.charCodeAt(index);
      if (code === CR || (code === LF && !isAfterCr)) line++;
      isAfterCr = code === CR;
    }
  }

  function* scan(text: string): Generator<ScannedRecord, void, undefined> {
    let index = 0;
    if (isEndPending && text.length > 0) {
      isEndPending = false;
      if (text.charCodeAt(0) === LF) index = 1;
      const record = endRecord(index);
      if (record) yield record;
    }
    let start = index;
    while (index < text.length) {
      if (mode === "quoted") {
        const quote = text.indexOf('"', index);
        const end = quote < 0 ? text.length : quote;
        countLines(text, index, end);
        append(text.slice(index, end));
        index = start = quote < 0 ? end : end + 1;
        if (quote >= 0) {
          mode = "quoteInQuoted";
          isAfterCr = false;
        }
        continue;
      }
      const code = text.charCodeAt(index);
      if (mode === "quoteInQuoted") {
        if (code === QUOTE) {
          append('"');
          index = start = index + 1;
          mode = "quoted";
        } else mode = "bare";
        continue;
      }
      if (code === QUOTE && mode === "start") {
        mode = "quoted";
        isQuoted = true;
        quoteLine = line;
        index = start = index + 1;
      } else if (code === separator) {
        append(text.slice(start, index));
        endCell();
        index = start = index + 1;
      } else if (code === LF || code === CR) {
        append(text.slice(start, index));
        line++;
        const isLastCr = code === CR && index + 1 === text.length;
        index += code === CR && text.charCodeAt(index + 1) === LF ? 2 : 1;
        start = index;
        if (isLastCr) isEndPending = true;
        else {
          const record = endRecord(index);
          if (record) yield record;
        }
      } else {
        mode = "bare";
        index = findCellEnd(text, index + 1, separator);
      }
    }
    append(text.slice(start));
  }

  function finish(): { record?: ScannedRecord; unclosedQuoteLine?: number } {
    if (mode === "quoted") return { unclosedQuoteLine: quoteLine };
    const record = endRecord(0);
    return record ? { record } : {};
  }

  return { scan, finish };
}

function findCellEnd(text: string, from: number, separator: number): number {
  let index = from;
  for (; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code === separator || code === LF || code === CR) break;
  }
  return index;
}
