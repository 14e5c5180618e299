import { createTestDatabase, type TestDatabase } from "@hustings/db/test-database";
import iconv from "iconv-lite";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { WorkspaceContext } from "../context";
import { createField } from "../fields/commands";
import { createTestWorkspace } from "../testing/workspace";
import { previewUpload, storeUpload } from "./uploads";

let database: TestDatabase;
let ctx: WorkspaceContext;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());
beforeEach(async () => {
  ({ ctx } = await createTestWorkspace(database));
});

async function* inPieces(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let start = 0; start < bytes.length; start += size) yield bytes.subarray(start, start + size);
}
const upload = (content: string | Buffer, name = "list.csv", size = 100_000) =>
  storeUpload(ctx, name, inPieces(Buffer.from(content), size));
const SWEDISH = "Förnamn;Efternamn;E-post\nÅsa;Öström;asa@example.org\nSören;Ängqvist;soren@example.org\n";

describe("an uploaded file", () => {
  it("is recognised: delimiter, encoding, columns, placeholders, types", async () => {
    await createField(ctx, { name: "home_town", label: "Town", fieldType: "text", sortOrder: 0 });
    const text =
      'Given name,Surname,Contact e-mail,Town,Score,Signed on,Phone,Note\nAna,Z,ana@example.org,Oslo,3,2026-01-02,0471234,"a, b"\nBo,Y,(blank),N/A,4.5,2026-02-03,+46123,-\n';
    expect(await upload(text, "C:\\lists\\people.csv", 7)).toMatchObject({
      fileName: "people.csv",
      size: text.length,
      rowEstimate: 2,
      hasHeader: true,
      columns: ["Given name", "Surname", "Contact e-mail", "Town", "Score", "Signed on", "Phone", "Note"],
      sample: [
        ["Ana", "Z", "ana@example.org", "Oslo", "3", "2026-01-02", "0471234", "a, b"],
        expect.arrayContaining(["(blank)"]),
      ],
      guesses: {
        mapping: { "Given name": "firstName", Surname: "lastName", "Contact e-mail": "email", Town: "home_town" },
        delimiter: ",",
        encoding: "utf-8",
        encodingIsSure: true,
        emptyValues: ["(blank)", "-", "N/A"],
        fieldTypes: { Score: "number", "Signed on": "date", Phone: "text", Note: "text" },
      },
    });
  });

  it.each([
    ["utf-8", Buffer.from(SWEDISH), true],
    ["utf-8", Buffer.from(`\ufeff${SWEDISH}`), true],
    ["utf-16le", iconv.encode(SWEDISH, "utf-16le", { addBOM: true }), true],
    ["utf-16le", iconv.encode(SWEDISH, "utf-16le"), true],
    ["utf-16be", iconv.encode(SWEDISH, "utf-16be"), true],
    ["windows-1252", iconv.encode(SWEDISH, "windows-1252"), false],
  ] as const)("is read as %s", async (encoding, bytes, isSure) => {
    const found = await upload(bytes);
    expect(found.guesses).toMatchObject({
      encoding,
      encodingIsSure: isSure,
      delimiter: ";",
      mapping: { Förnamn: "firstName", Efternamn: "lastName", "E-post": "email" },
    });
    expect(found.sample).toEqual([
      ["Åsa", "Öström", "asa@example.org"],
      ["Sören", "Ängqvist", "soren@example.org"],
    ]);
  });

  it("is checked for UTF-8 to its last byte, however far in the first other byte is", async () => {
    const rows = Array.from({ length: 40_000 }, (_, index) => `person${index}@example.org,Plain Name\n`).join("");
    const bytes = Buffer.concat([
      Buffer.from(`email,name\n${rows}`),
      iconv.encode("asa@example.org,Åsa Öström från Malmö\n", "windows-1252"),
    ]);
    expect(bytes.length).toBeGreaterThan(1024 * 1024);
    expect((await upload(bytes)).guesses).toMatchObject({ encoding: "windows-1252", encodingIsSure: false });
    expect(
      (await upload(Buffer.concat([bytes.subarray(0, 1024 * 1024 - 1), Buffer.from("ö,ö\n")]))).guesses,
    ).toMatchObject({ encoding: "utf-8", encodingIsSure: true });
  });

  it("is read again by another encoding, delimiter or header, for a person who knows better", async () => {
    const { uploadId } = await upload(iconv.encode("Imię,Miasto\nŁucja,Łódź\n", "windows-1250"));
    expect((await previewUpload(ctx, { id: uploadId, encoding: "windows-1250" })).sample).toEqual([["Łucja", "Łódź"]]);
    expect((await previewUpload(ctx, { id: uploadId, delimiter: ";" })).columns).toHaveLength(1);
    const bare = await previewUpload(ctx, { id: uploadId, encoding: "windows-1250", hasHeader: false });
    expect([bare.columns, bare.sample[0]]).toEqual([
      ["Column 1", "Column 2"],
      ["Imię", "Miasto"],
    ]);
    const other = await createTestWorkspace(database);
    await expect(previewUpload(other.ctx, { id: uploadId })).rejects.toMatchObject({ kind: "not_found" });
  });

  it.each([
    [
      "no header",
      "ana@example.org,Ana\nbo@example.org,Bo\n",
      {
        hasHeader: false,
        columns: ["Column 1", "Column 2"],
        rowEstimate: 2,
        guesses: { mapping: { "Column 1": "email" } },
      },
    ],
    [
      "duplicate and empty headers",
      "Email,Email,,Name\na@example.org,b@example.org,c,d\n",
      { columns: ["Email", "Email (2)", "Column 3", "Name"], guesses: { mapping: { Email: "email" } } },
    ],
    ["Excel's sep line", "sep=|\na|b,c\n1|2,3\n", { columns: ["a", "b,c"], guesses: { delimiter: "|" } }],
    [
      "one column",
      "email\na@example.org\n",
      { columns: ["email"], guesses: { delimiter: ",", mapping: { email: "email" } } },
    ],
    [
      "CR line ends",
      "email\tname\ra@example.org\tAna\r",
      { columns: ["email", "name"], rowEstimate: 1, guesses: { delimiter: "\t" } },
    ],
    [
      "Google's header",
      "First Name,E-mail 1 - Value,Labels\nAna,ana@example.org,* myContacts ::: Navy\n",
      { guesses: { mapping: { "First Name": "firstName", "E-mail 1 - Value": "email", Labels: "tags" } } },
    ],
    ["a NUL byte", "email,na\u0000me\na@example.org,x\u0000\n", { columns: ["email", "name"] }],
  ])("is recognised with %s", async (_, content, expected) => {
    expect(await upload(content)).toMatchObject(expected);
  });

  it("may have 10,000 columns", async () => {
    const columns = Array.from({ length: 10_000 }, (_, index) => `Column name ${index}`);
    const found = await upload(`${columns.join(",")}\n${columns.map((_, index) => index).join(",")}\n`);
    expect(found.columns).toEqual(columns);
    expect(found.sample[0]).toHaveLength(10_000);
  });

  it.each([
    ["nothing", "", "empty"],
    ["blank lines", "\n\r\n\n", "empty"],
    ["a workbook", Buffer.from("504b030414000600", "hex"), "Excel"],
    ["a first line of 2 MB", `${"x".repeat(2_000_000)}\na,b\n`, "Line 1 is too long"],
    ["a quotation mark that is never closed", '"email,name\na@example.org,b\n', "line 1"],
  ])("is refused, and nothing of it kept, when it is %s", async (_, content, message) => {
    await expect(upload(content)).rejects.toMatchObject({ kind: "invalid", message: expect.stringContaining(message) });
    expect(await ctx.db.importUpload.count({ where: { workspaceId: ctx.workspaceId } })).toBe(0);
  });

  it("leaves nothing when it breaks off", async () => {
    const breaking = async function* () {
      yield Buffer.alloc(2_000_000, "a,b\n");
      throw new Error("the line is gone");
    };
    await expect(storeUpload(ctx, "x.csv", breaking())).rejects.toThrow("the line is gone");
    expect(await ctx.db.importUpload.count({ where: { workspaceId: ctx.workspaceId } })).toBe(0);
  });
});
