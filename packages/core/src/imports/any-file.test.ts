import { createTestDatabase, type TestDatabase } from "@hustings/db/test-database";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { WorkspaceContext } from "../context";
import { DomainError } from "../errors";
import { runTestImport, startTestImport, uploadTestFile } from "../testing/file-import";
import { createTestWorkspace } from "../testing/workspace";
import { previewUpload } from "./uploads";

let database: TestDatabase;
let ctx: WorkspaceContext;
beforeAll(async () => {
  database = await createTestDatabase();
  ({ ctx } = await createTestWorkspace(database));
});
afterAll(() => database.drop());

/** Bytes of all kinds, and text that looks like a table often enough to get far. */
const anyFile = fc.oneof(
  fc.uint8Array({ minLength: 1, maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
  fc
    .array(
      fc.constantFrom(
        '"',
        ",",
        ";",
        "\t",
        "\n",
        "\r\n",
        "\r",
        "email",
        "name",
        "a@example.org",
        "b@example.org",
        "Ana",
        "'=1",
        "\u0000",
        "\ud800",
        "ž",
        "__proto__",
        "(blank)",
        "sep=;",
        "\ufeff",
        " ",
      ),
      { minLength: 1, maxLength: 40 },
    )
    .map((parts) => Buffer.from(parts.join(""))),
);

describe("whatever bytes are brought", () => {
  it("they are refused with words, or imported with counts that add up", { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(anyFile, async (bytes) => {
        try {
          const uploadId = await uploadTestFile(ctx, bytes);
          const { columns } = await previewUpload(ctx, { id: uploadId });
          expect(new Set(columns).size).toBe(columns.length);
          const targets = ["email", "firstName", "tags", "language", "note"];
          const mapping = Object.fromEntries(
            columns.map((column, index) => [column, targets[index % targets.length] as string]),
          );
          const dryId = await startTestImport(ctx, bytes, { mapping, dryRun: true, emptyValues: ["(blank)"] });
          const dry = await runTestImport(ctx, dryId);
          const job = await runTestImport(
            ctx,
            await startTestImport(ctx, bytes, { mapping, emptyValues: ["(blank)"] }),
          );
          expect(["completed", "failed"]).toContain(job.status);
          expect(job.total).toBe(job.created + job.updated + job.skipped + job.errorCount);
          for (const key of ["total", "created", "updated", "unchanged", "skipped", "errorCount", "status"] as const)
            expect(dry[key], key).toBe(job[key]);
        } catch (error) {
          if (!(error instanceof DomainError)) throw error;
          expect(error.kind).toBe("invalid");
        }
      }),
      { numRuns: 60 },
    );
  });
});
