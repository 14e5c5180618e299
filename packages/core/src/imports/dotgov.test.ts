import { readFileSync } from "node:fs";
import { importFileOptions } from "@hustings/contracts/imports";
import { createTestDatabase, type TestDatabase } from "@hustings/db/test-database";
import { parse } from "csv-parse/sync";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { WorkspaceContext } from "../context";
import { readImportErrors, runTestImport, startTestImport, type TestImportOptions } from "../testing/file-import";
import { createTestWorkspace } from "../testing/workspace";
import { startImport } from "./start-import";

const DOTGOV = readFileSync(new URL("../../../../tooling/fixtures/dotgov-domains.csv", import.meta.url));

let database: TestDatabase;
let ctx: WorkspaceContext;
beforeAll(async () => {
  database = await createTestDatabase();
  ({ ctx } = await createTestWorkspace(database));
});
afterAll(() => database.drop());

const contactsHere = () => ctx.db.contactWorkspace.count({ where: { workspaceId: ctx.workspaceId } });

describe("importing the list of .gov domains", () => {
  const options: TestImportOptions = {
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

    const dryId = await startTestImport(ctx, DOTGOV, { ...options, dryRun: true });
    const dry = await runTestImport(ctx, dryId, 0);
    expect(dry).toMatchObject({ status: "completed", dryRun: true, total: rows.length, processed: rows.length });
    expect([
      await contactsHere(),
      await ctx.db.tag.count({ where: { workspaceId: ctx.workspaceId } }),
      await ctx.db.fieldDefinition.count({ where: { workspaceId: ctx.workspaceId } }),
    ]).toEqual([0, 0, 0]);
    expect(await ctx.db.importRehearsal.count()).toBe(0);
    expect(dry.examples.created).toHaveLength(5);

    const { jobId } = await startImport(ctx, { ...importFileOptions.parse(options), uploadId: dry.uploadId as string });
    const job = await runTestImport(ctx, jobId, 0);
    expect(job).toMatchObject({ status: "completed", total: rows.length, processed: rows.length, uploadId: null });
    expect(job.created + job.updated + job.skipped + job.errorCount).toBe(rows.length);
    for (const key of ["created", "updated", "unchanged", "skipped", "errorCount"] as const)
      expect(dry[key], key).toBe(job[key]);
    expect(job.created).toBe(await contactsHere());
    expect(job.created).toBeGreaterThanOrEqual(blank + addresses.size - job.errorCount);
    const errors: string[][] = parse(await readImportErrors(ctx, jobId), { bom: true });
    const bad = new Set(errors.slice(1).map(([, , value]) => (value ?? "").replace(/^'/, "").toLowerCase()));
    expect(job.created).toBe(blank + addresses.size - [...addresses].filter((email) => bad.has(email)).length);
    expect(await ctx.db.importUploadChunk.count()).toBe(0);
    console.info(
      `dotgov: ${JSON.stringify({ total: job.total, created: job.created, updated: job.updated, unchanged: job.unchanged, errors: job.errorCount, rowsPerSecond: job.rowsPerSecond })}`,
    );

    const again = await runTestImport(ctx, await startTestImport(ctx, DOTGOV, { ...options, skipDuplicates: true }));
    expect(again).toMatchObject({
      created: blank,
      updated: 0,
      skipped: rows.length - blank - job.errorCount,
      errorCount: job.errorCount,
    });
  });
});
