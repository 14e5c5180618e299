import { readFileSync } from "node:fs";
import { type ImportFileOptions, type ImportJob, importFileOptions } from "@hustings/contracts/imports";
import { createTestDatabase, type TestDatabase } from "@hustings/db/test-database";
import { parse } from "csv-parse/sync";
import iconv from "iconv-lite";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { WorkspaceContext } from "../context";
import { createTestWorkspace } from "../testing/workspace";
import { cancelImport } from "./commands";
import { exportImportErrors, getImport, listImports } from "./queries";
import { runImportSlice } from "./run-import";
import { startImport } from "./start-import";
import { removeUnusedUploads, reviveStuckImports } from "./sweep-imports";
import { storeUpload } from "./uploads";

const DOTGOV = readFileSync(new URL("../../../../tooling/fixtures/dotgov-domains.csv", import.meta.url));

let database: TestDatabase;
let ctx: WorkspaceContext;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());
beforeEach(async () => {
  ({ ctx } = await createTestWorkspace(database));
});

async function* once(bytes: Buffer): AsyncGenerator<Buffer> {
  yield bytes;
}

type Options = Partial<ImportFileOptions> & Pick<ImportFileOptions, "mapping">;
async function start(content: string | Buffer, options: Options): Promise<string> {
  const { uploadId } = await storeUpload(ctx, "list.csv", once(Buffer.from(content)));
  const { jobId } = await startImport(ctx, { ...importFileOptions.parse(options), uploadId });
  return jobId;
}

/** Runs an import in slices that each stop after one batch, as a job that is killed all the time. */
async function run(importId: string, budgetMs = 60_000): Promise<ImportJob> {
  for (let slice = 0; slice < 1_000; slice++)
    if ((await runImportSlice(ctx, { importId, budgetMs })).isDone) return getImport(ctx, importId);
  throw new Error("The import does not end");
}
const bring = async (content: string | Buffer, options: Options) => run(await start(content, options));

async function errorsOf(jobId: string): Promise<string[][]> {
  let text = "";
  for await (const piece of exportImportErrors(ctx, jobId)) text += piece;
  return parse(text, { bom: true });
}
const sumOf = (job: ImportJob) => job.created + job.updated + job.skipped + job.errorCount;
const contactsHere = () => ctx.db.contactWorkspace.count({ where: { workspaceId: ctx.workspaceId } });
const domain = () => `${ctx.workspaceId.slice(-8)}.example.org`;
const find = (email: string) => ctx.db.contact.findUnique({ where: { email } });
const chunksHere = () => ctx.db.importUploadChunk.count({ where: { upload: { workspaceId: ctx.workspaceId } } });

describe("importing the list of .gov domains", () => {
  const options: Options = {
    mapping: {
      "Security contact email": "email",
      "Organization name": "organization",
      City: "city",
      State: "state",
      "Domain type": "domainType",
    },
    emptyValues: ["(blank)"],
    newFields: {
      organization: { label: "Organization", fieldType: "text" },
      city: { label: "City", fieldType: "text" },
      state: { label: "State", fieldType: "text" },
      domainType: { label: "Domain type", fieldType: "text" },
    },
    constantValues: { _tags: ["dotgov"] },
  };

  it("tries it first, exactly, and writes nothing; then brings it in, whatever it meets", {
    timeout: 120_000,
  }, async () => {
    const rows: Record<string, string>[] = parse(DOTGOV, { columns: true });
    const emails = rows.map((row) => (row["Security contact email"] ?? "").trim().toLowerCase());
    const addresses = new Set(emails.filter((email) => email.includes("@")));
    const blank = emails.filter((email) => email === "(blank)" || email === "").length;

    const dryId = await start(DOTGOV, { ...options, dryRun: true });
    const dry = await run(dryId, 0);
    expect(dry).toMatchObject({ status: "completed", dryRun: true, total: rows.length, processed: rows.length });
    expect([
      await contactsHere(),
      await ctx.db.tag.count({ where: { workspaceId: ctx.workspaceId } }),
      await ctx.db.fieldDefinition.count({ where: { workspaceId: ctx.workspaceId } }),
    ]).toEqual([0, 0, 0]);
    expect(await ctx.db.importRehearsal.count()).toBe(0);
    expect(dry.examples.created).toHaveLength(5);

    const { jobId } = await startImport(ctx, { ...importFileOptions.parse(options), uploadId: dry.uploadId as string });
    const job = await run(jobId, 0);
    expect(job).toMatchObject({ status: "completed", total: rows.length, processed: rows.length, uploadId: null });
    expect(sumOf(job)).toBe(rows.length);
    for (const key of ["created", "updated", "unchanged", "skipped", "errorCount"] as const)
      expect(dry[key], key).toBe(job[key]);
    expect(job.created).toBe(await contactsHere());
    expect(job.created).toBeGreaterThanOrEqual(blank + addresses.size - job.errorCount);
    const bad = new Set(
      (await errorsOf(jobId)).slice(1).map(([, , value]) => (value ?? "").replace(/^'/, "").toLowerCase()),
    );
    expect(job.created).toBe(blank + addresses.size - [...addresses].filter((email) => bad.has(email)).length);
    expect(await chunksHere()).toBe(0);
    console.info(
      `dotgov: ${JSON.stringify({ total: job.total, created: job.created, updated: job.updated, unchanged: job.unchanged, errors: job.errorCount, rowsPerSecond: job.rowsPerSecond })}`,
    );

    const again = await bring(DOTGOV, { ...options, skipDuplicates: true });
    expect(again).toMatchObject({
      created: blank,
      updated: 0,
      skipped: rows.length - blank - job.errorCount,
      errorCount: job.errorCount,
    });
  });
});

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

  it("undoes what our export does against formulas", async () => {
    await bring(`email,note\na@${domain()},'=1+1\nb@${domain()},'quoted\n`, {
      mapping: { email: "email", note: "note" },
    });
    expect((await find(`a@${domain()}`))?.customFields).toEqual({ [`${ctx.workspaceId}:note`]: "=1+1" });
    expect((await find(`b@${domain()}`))?.customFields).toEqual({ [`${ctx.workspaceId}:note`]: "'quoted" });
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

  it("goes on behind a line of 100 MB", { timeout: 60_000 }, async () => {
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
    expect(cancelled).toMatchObject({ status: "cancelled", processed: 2_000, created: 2_000, total: 2_000 });
    expect(await run(importId)).toEqual({ ...cancelled, rowsPerSecond: expect.any(Number) });
    expect(await cancelImport(ctx, { jobId: importId })).toMatchObject({ status: "cancelled" });
    expect([await contactsHere(), await chunksHere()]).toEqual([2_000, 0]);
    const finished = await bring(`email\nz@${domain()}\n`, { mapping: { email: "email" } });
    await expect(cancelImport(ctx, { jobId: finished.jobId })).rejects.toMatchObject({ kind: "invalid" });
  });

  it("is refused when the request does not fit the file", async () => {
    const { uploadId } = await storeUpload(ctx, "list.csv", once(Buffer.from(`email\na@${domain()}\n`)));
    const ask = (options: Options) => startImport(ctx, { ...importFileOptions.parse(options), uploadId });
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
    const { uploadId } = await storeUpload(ctx, "old.csv", once(Buffer.from("email\n")));
    const { uploadId: fresh } = await storeUpload(ctx, "new.csv", once(Buffer.from("email\n")));
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
