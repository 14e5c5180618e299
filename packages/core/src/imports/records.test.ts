import type { FileDelimiter, FileEncoding } from "@hustings/contracts/imports";
import { parse } from "csv-parse/sync";
import fc from "fast-check";
import iconv from "iconv-lite";
import { describe, expect, it } from "vitest";
import {
  type ByteSource,
  FILE_START,
  type FileCursor,
  type FileRecord,
  readRecords,
  UnclosedQuoteError,
} from "./records";

/** A file that comes in pieces of the given sizes, over and over. */
function inPieces(bytes: Buffer, sizes: readonly number[] = [bytes.length || 1]): ByteSource {
  const borders = [0];
  for (let turn = 0; (borders.at(-1) as number) < bytes.length; turn++)
    borders.push((borders.at(-1) as number) + (sizes[turn % sizes.length] as number));
  return async (offset) => {
    const end = borders.find((border) => border > offset) ?? bytes.length;
    return offset >= bytes.length ? null : bytes.subarray(offset, Math.min(end, bytes.length));
  };
}

type Options = { encoding?: FileEncoding; delimiter?: FileDelimiter; from?: FileCursor; maxRecordLength?: number };

async function readAll(
  source: ByteSource,
  { encoding = "utf-8", delimiter = ",", ...rest }: Options = {},
): Promise<FileRecord[]> {
  const records: FileRecord[] = [];
  for await (const record of readRecords(source, { encoding, delimiter, ...rest })) records.push(record);
  return records;
}
const cellsOf = async (text: string, options?: Options) =>
  (await readAll(inPieces(Buffer.from(text)), options)).map(({ cells }) => cells);

const anyCell = fc.oneof(
  fc.string({ maxLength: 6 }),
  fc.string({ unit: fc.constantFrom('"', ",", "\n", "\r", ";", "a", " ", "ž", "日", "🗳"), maxLength: 8 }),
);
const lineEnd = fc.constantFrom("\n", "\r\n", "\r");
/** Records as a careful program writes them, and bare cells as people do. */
const writtenFile = fc
  .record({
    rows: fc.array(fc.array(anyCell, { minLength: 1, maxLength: 5 }), { maxLength: 12 }),
    ends: fc.array(lineEnd, { minLength: 1, maxLength: 4 }),
    isLastOpen: fc.boolean(),
    hasMark: fc.boolean(),
  })
  .map(({ rows, ends, isLastOpen, hasMark }) => {
    const lines = rows.map((cells) =>
      cells.map((cell) => (/[",\r\n]/.test(cell) || cell === "" ? `"${cell.replaceAll('"', '""')}"` : cell)).join(","),
    );
    const text = lines
      .map((line, index) =>
        isLastOpen && index === lines.length - 1 ? line : line + (ends[index % ends.length] as string),
      )
      .join("");
    return { rows, text: (hasMark ? "\ufeff" : "") + text };
  })
  // A first line like this one is Excel's, and no record.
  .filter(({ text }) => !/^\ufeff?sep=/i.test(text));

describe("reading records", () => {
  it("reads what csv-parse reads, whatever the pieces, and again from every record on", async () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 4 });
    const encodings = fc.constantFrom<FileEncoding[]>("utf-8", "utf-16le", "utf-16be");
    await fc.assert(
      fc.asyncProperty(writtenFile, sizes, encodings, async ({ rows, text }, pieceSizes, encoding) => {
        const bytes = encoding === "utf-8" ? Buffer.from(text) : iconv.encode(text, encoding);
        const source = inPieces(bytes, pieceSizes);
        const records = await readAll(source, { encoding });
        expect(records.map(({ cells }) => cells)).toEqual(rows);
        const oracle: string[][] = parse(text, {
          bom: true,
          relax_column_count: true,
          skip_empty_lines: true,
          record_delimiter: ["\r\n", "\n", "\r"],
        });
        expect(records.map(({ cells }) => cells)).toEqual(oracle);
        const other = inPieces(bytes, [...pieceSizes].reverse());
        for (const [index, { next }] of records.entries()) {
          const rest = await readAll(other, { encoding, from: next });
          expect(rest.map(({ cells, line }) => ({ cells, line }))).toEqual(
            records.slice(index + 1).map(({ cells, line }) => ({ cells, line })),
          );
        }
      }),
      { numRuns: 400 },
    );
  });

  it("finds the borders of characters in Shift JIS and GBK, whose second bytes look like delimiters", async () => {
    // The second byte of 表 in Shift JIS is a backslash, of ポ a vertical bar.
    const texts: [FileEncoding, string][] = [
      ["shift_jis", "名前|表示\nポスター|ソ\n"],
      ["gbk", "姓名|城市\n张伟|北京,上海\n"],
    ];
    for (const [encoding, text] of texts)
      for (const size of [1, 2, 3, 5]) {
        const source = inPieces(iconv.encode(text, encoding), [size]);
        expect((await readAll(source, { encoding, delimiter: "|" })).map(({ cells }) => cells)).toEqual(
          text
            .trim()
            .split("\n")
            .map((line) => line.split("|")),
        );
      }
  });

  it("reads legacy encodings", async () => {
    for (const encoding of ["windows-1252", "iso-8859-1", "macintosh"] as const)
      expect(
        (await readAll(inPieces(iconv.encode("Åsa;Öström\n", encoding)), { encoding, delimiter: ";" }))[0]?.cells,
      ).toEqual(["Åsa", "Öström"]);
    expect(
      (await readAll(inPieces(iconv.encode("Łucja,Čapek\n", "windows-1250")), { encoding: "windows-1250" }))[0]?.cells,
    ).toEqual(["Łucja", "Čapek"]);
  });

  it("reads what people and programs really write", async () => {
    expect(await cellsOf("a,b\r1,2\r3,4")).toEqual([
      ["a", "b"],
      ["1", "2"],
      ["3", "4"],
    ]);
    expect(await cellsOf('sep=;\r\na;"b;c"\r\n', { delimiter: ";" })).toEqual([["a", "b;c"]]);
    expect(await cellsOf('"J" X,5" pipe,"a""b"\n')).toEqual([["J X", '5" pipe', 'a"b']]);
    expect(await cellsOf("a,b,\n\n\n,,\n")).toEqual([
      ["a", "b", ""],
      ["", "", ""],
    ]);
    expect(await cellsOf('"a\u0000b",c')).toEqual([["a\u0000b", "c"]]);
    expect(await cellsOf("")).toEqual([]);
    expect(await cellsOf("\ufeff")).toEqual([]);
    const wide = Array.from({ length: 10_000 }, (_, index) => `c${index}`);
    expect(await cellsOf(`${wide.join(",")}\n`)).toEqual([wide]);
  });

  it("counts every line end once, inside of quotes too", async () => {
    const text = 'a,b\r\n"x\r\ny\rz\n",1\n\n\r\nlast,2\n';
    const whole = await readAll(inPieces(Buffer.from(text)));
    expect(whole.map(({ line }) => line)).toEqual([1, 2, 8]);
    for (const size of [1, 2, 3])
      expect((await readAll(inPieces(Buffer.from(text), [size]))).map(({ line }) => line)).toEqual([1, 2, 8]);
  });

  it("goes on behind a record that is too long, quoted or not", async () => {
    const long = "x".repeat(5_000);
    for (const text of [
      `a,1\n${long},2\nb,3\n`,
      `a,1\n"${long}\n${long}",2\nb,3\n`,
      `a,1\n${",".repeat(5_000)}\nb,3\n`,
    ]) {
      const records = await readAll(inPieces(Buffer.from(text), [700]), { maxRecordLength: 1_000 });
      expect(records.map(({ cells, isTooLong }) => (isTooLong ? "too long" : cells))).toEqual([
        ["a", "1"],
        "too long",
        ["b", "3"],
      ]);
    }
  });

  it("names the line of a quotation mark that is never closed, after the good records", async () => {
    const seen: string[][] = [];
    const reading = (async () => {
      for await (const { cells } of readRecords(inPieces(Buffer.from('a,b\nc,d\ne,"f\ng,h\n'), [3]), {
        encoding: "utf-8",
        delimiter: ",",
      }))
        seen.push(cells);
    })();
    await expect(reading).rejects.toThrow(new UnclosedQuoteError(3));
    expect(seen).toEqual([
      ["a", "b"],
      ["c", "d"],
    ]);
  });

  it("asks for each byte once", async () => {
    const bytes = Buffer.from(Array.from({ length: 2_000 }, (_, index) => `row ${index},"multi\nline"\n`).join(""));
    const asked: number[] = [];
    const source = inPieces(bytes, [1_000]);
    await readAll(
      async (offset) => {
        asked.push(offset);
        return source(offset);
      },
      { from: FILE_START },
    );
    expect(new Set(asked).size).toBe(asked.length);
    expect(asked.length).toBe(Math.ceil(bytes.length / 1_000) + 1);
  });
});
