import { type ImportJob, importFileOptions } from "@hustings/contracts/imports";
import { createTestDatabase, type TestDatabase } from "@hustings/db/test-database";
import { parse } from "csv-parse/sync";
import iconv from "iconv-lite";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createContact } from "../contacts/create-contact";
import { exportContacts } from "../contacts/export";
import type { WorkspaceContext } from "../context";
import {
  readImportErrors,
  runTestImport,
  startTestImport,
  type TestImportOptions,
  uploadTestFile,
} from "../testing/file-import";
import { createTestWorkspace } from "../testing/workspace";
import { cancelImport } from "./commands";
import { getImport, listImports } from "./queries";
import { runImportSlice } from "./run-import";
import { startImport } from "./start-import";
import { removeUnusedUploads, reviveStuckImports } from "./sweep-imports";

let database: TestDatabase;
let ctx: WorkspaceContext;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());
beforeEach(async () => {
  ({ ctx } = await createTestWorkspace(database));
});

const start = (content: string | Buffer, options: TestImportOptions) => startTestImport(ctx, content, options);
const run = (importId: string, budgetMs?: number) => runTestImport(ctx, importId, budgetMs);
const bring = async (content: string | Buffer, options: TestImportOptions) => run(await start(content, options));
const errorsOf = async (jobId: string): Promise<string[][]> => parse(await readImportErrors(ctx, jobId), { bom: true });
const sumOf = (job: ImportJob) => job.created + job.updated + job.skipped + job.errorCount;
const contactsHere = () => ctx.db.contactWorkspace.count({ where: { workspaceId: ctx.workspaceId } });
const domain = () => `${ctx.workspaceId.slice(-8)}.example.org`;
const find = (email: string) => ctx.db.contact.findUnique({ where: { email } });
const chunksHere = () => ctx.db.importUploadChunk.count({ where: { upload: { workspaceId: ctx.workspaceId } } });

describe("importing a file", () => {
  it("names line, column, value and reason of what does not fit, and brings in the rest", async () => {
    const text = `email,age,joined\na@${domain()},40,2026-01-02\n"=nobody",x,\n"b@${domain()}",,2026-02-30\n\nc@${domain()},1,\nd@${domain()},2,2026-03-04,extra\nNUL\u0000@x.org,,\n`;
    const job = await bring(text, {
      mapping: { email: "email", age: "age", joined: "joined" },
      newFields: { age: { label: "Age", fieldType: "number" }, joined: { label: "Joined", fieldType: "date" } },
    });
    expect(job).toMatchObject({ status: "completed", total: 6, created: 2, updated: 0, skipped: 0, errorCount: 4 });
    expect(await errorsOf(job.jobId)).toEqual([
      ["line", "column", "value", "error"],
      ["3", "email", "'=nobody", "must be an email address: it has no @"],
      ["3", "age", "x", "must be a number"],
      ["4", "joined", "2026-02-30", "must be a date like 2026-11-23"],
      ["7", "", "", "The line has 4 cells, and the file has 3 columns"],
      ["8", "email", "NUL\ufffd@x.org", "contains a NUL or a broken character"],
    ]);
    expect((await find(`a@${domain()}`))?.customFields).toEqual({
      [`${ctx.workspaceId}:age`]: "40",
      [`${ctx.workspaceId}:joined`]: "2026-01-02",
    });
    expect(job.examples.errors?.[0]).toMatchObject({ line: 3, label: "=nobody" });
  });

  it("brings back what our export wrote, whatever a spreadsheet would take it for", async () => {
    const notes = ["=1+1", "-1", "@sum", "＝1", "＋1", "'=1", "'quoted", "plain"];
    const emails = notes.map((_, index) => `note${index}@${domain()}`);
    for (const [index, email] of emails.entries())
      await createContact(ctx, { email, customFields: { "+note": notes[index] as string } });
    let text = "";
    for await (const piece of exportContacts(ctx, { sortBy: "createdAt", sortOrder: "asc" })) text += piece;

    ({ ctx } = await createTestWorkspace(database));
    await bring(text, { mapping: { email: "email", "+note": "note" } });
    const brought = await Promise.all(emails.map((email) => find(email)));
    const key = `${ctx.workspaceId}:note`;
    expect(brought.map((row) => row?.customFields)).toEqual(
      notes.map((note) => expect.objectContaining({ [key]: note })),
    );
  });

  it("stops at a quotation mark that is never closed and says where; the good rows before are in", async () => {
    const text = `email,name\na@${domain()},A\nb@${domain()},"B\nc@${domain()},C\n`;
    const job = await bring(text, { mapping: { email: "email", name: "firstName" } });
    expect(job).toMatchObject({
      status: "failed",
      created: 1,
      errorCount: 1,
      total: 2,
      error: expect.stringContaining("line 3"),
    });
    expect(sumOf(job)).toBe(job.total);
    expect((await errorsOf(job.jobId))[1]?.[0]).toBe("3");
    expect([await contactsHere(), await chunksHere()]).toEqual([1, 0]);
  });

  it("goes on behind a line of 100 MB", { timeout: 240_000 }, async () => {
    const line = Buffer.alloc(100 * 1024 * 1024, "x");
    const job = await bring(
      Buffer.concat([Buffer.from(`email\na@${domain()}\n`), line, Buffer.from(`\nb@${domain()}\n`)]),
      { mapping: { email: "email" } },
    );
    expect(job).toMatchObject({ status: "completed", created: 2, errorCount: 1 });
    expect((await errorsOf(job.jobId))[1]).toEqual(["3", "", "", "The line is longer than 1,048,576 characters"]);
  });

  it("reads UTF-16 and Windows-1252, and the encoding that a person chose", async () => {
    const text = () => `namn;e-post\nÅsa;asa@${domain()}\n`;
    expect(
      await bring(iconv.encode(text(), "utf-16le"), { mapping: { namn: "firstName", "e-post": "email" } }),
    ).toMatchObject({ created: 1 });
    expect((await find(`asa@${domain()}`))?.firstName).toBe("Åsa");
    expect(
      await bring(iconv.encode(text().replace("Åsa", "Örjan"), "windows-1252"), {
        mapping: { namn: "firstName", "e-post": "email" },
      }),
    ).toMatchObject({ updated: 1 });
    expect((await find(`asa@${domain()}`))?.firstName).toBe("Örjan");
    expect(
      await bring(iconv.encode(text().replace("Åsa", "Łucja"), "windows-1250"), {
        mapping: { namn: "firstName", "e-post": "email" },
        encoding: "windows-1250",
      }),
    ).toMatchObject({ updated: 1 });
    expect((await find(`asa@${domain()}`))?.firstName).toBe("Łucja");
  });

  it("reads a file without header, by the columns' numbers", async () => {
    const job = await bring(`x@${domain()},Xenia\ny@${domain()},Yara\n`, {
      mapping: { "Column 1": "email", "Column 2": "firstName" },
    });
    expect(job).toMatchObject({ created: 2, total: 2 });
    expect((await find(`x@${domain()}`))?.firstName).toBe("Xenia");
  });

  it("may be called twice at once, and counts every row once", async () => {
    const rows = Array.from({ length: 9_000 }, (_, index) => `p${index}@${domain()},"Multi\nline ${index}"\n`).join("");
    const importId = await start(`email,name\n${rows}`, { mapping: { email: "email", name: "note" } });
    await Promise.all([run(importId), run(importId), run(importId, 0)]);
    expect(await getImport(ctx, importId)).toMatchObject({
      status: "completed",
      total: 9_000,
      created: 9_000,
      updated: 0,
      errorCount: 0,
    });
    expect(await contactsHere()).toBe(9_000);
    expect(await ctx.db.auditEntry.count({ where: { workspaceId: ctx.workspaceId, action: "contacts.import" } })).toBe(
      1,
    );
  });

  it("stops when it is cancelled: what is in stays, and the file goes", async () => {
    const rows = Array.from({ length: 6_000 }, (_, index) => `p${index}@${domain()}\n`).join("");
    const importId = await start(`email\n${rows}`, { mapping: { email: "email" } });
    await runImportSlice(ctx, { importId, budgetMs: 0 });
    const cancelled = await cancelImport(ctx, { jobId: importId });
    expect(cancelled).toMatchObject({ status: "cancelled", processed: 1_000, created: 1_000, total: 1_000 });
    expect(await run(importId)).toEqual({ ...cancelled, rowsPerSecond: expect.any(Number) });
    expect(await cancelImport(ctx, { jobId: importId })).toMatchObject({ status: "cancelled" });
    expect([await contactsHere(), await chunksHere()]).toEqual([1_000, 0]);
    const finished = await bring(`email\nz@${domain()}\n`, { mapping: { email: "email" } });
    await expect(cancelImport(ctx, { jobId: finished.jobId })).rejects.toMatchObject({ kind: "invalid" });
  });

  it("is refused when the request does not fit the file", async () => {
    const uploadId = await uploadTestFile(ctx, `email\na@${domain()}\n`);
    const ask = (options: TestImportOptions) => startImport(ctx, { ...importFileOptions.parse(options), uploadId });
    await expect(ask({ mapping: { Mail: "email" } })).rejects.toMatchObject({
      details: ["mapping.Mail: the file has no such column"],
    });
    await expect(
      ask({ mapping: { email: "email" }, newFields: { firstName: { label: "x", fieldType: "text" } } }),
    ).rejects.toMatchObject({ kind: "invalid" });
    await expect(
      startImport(ctx, { ...importFileOptions.parse({ mapping: { email: "email" } }), uploadId: ctx.workspaceId }),
    ).rejects.toMatchObject({ details: ["uploadId: not found"] });
    const other = await createTestWorkspace(database);
    await expect(
      startImport(other.ctx, { ...importFileOptions.parse({ mapping: { email: "email" } }), uploadId }),
    ).rejects.toMatchObject({ details: ["uploadId: not found"] });
    await ask({ mapping: { email: "email" } });
    await expect(ask({ mapping: { email: "email" } })).rejects.toMatchObject({
      message: "This file is being imported already",
    });
    await expect(
      getImport(other.ctx, (await listImports(ctx, { limit: 1, offset: 0 })).imports[0]?.jobId as string),
    ).rejects.toMatchObject({ kind: "not_found" });
  });
});

describe("the sweep", () => {
  it("removes files that nobody imported within a day, and asks again for imports that hang", async () => {
    const waiting = await start(`email\na@${domain()}\n`, { mapping: { email: "email" } });
    const uploadId = await uploadTestFile(ctx, "email\n");
    const fresh = await uploadTestFile(ctx, "email\n");
    await ctx.db
      .$executeRaw`update import_uploads set created_at = now() - interval '25 hours' where workspace_id = ${ctx.workspaceId}::uuid and id <> ${fresh}::uuid`;
    await ctx.db.import.update({ where: { id: waiting }, data: { createdAt: new Date(Date.now() - 2 * 60 * 60_000) } });
    expect(await removeUnusedUploads(ctx)).toBeGreaterThanOrEqual(1);
    expect(
      await ctx.db.importUpload.findMany({ where: { workspaceId: ctx.workspaceId }, select: { id: true } }),
    ).not.toContainEqual({ id: uploadId });
    const asked = () =>
      ctx.db.outboxEvent.count({
        where: { name: "contact/import.requested", data: { path: ["importId"], equals: waiting } },
      });
    expect(await asked()).toBe(1);
    await reviveStuckImports(ctx);
    expect(await asked()).toBe(2);
    expect(await run(waiting)).toMatchObject({ status: "completed", created: 1 });
  });
});
