import { setTimeout as sleep } from "node:timers/promises";
import { importFileOptions } from "@hustings/contracts/imports";
import { getImport } from "@hustings/core/imports/queries";
import { startImport } from "@hustings/core/imports/start-import";
import { storeUpload } from "@hustings/core/imports/uploads";
import { createTestWorkspace } from "@hustings/core/testing/workspace";
import type { TestDatabase } from "@hustings/db/test-database";
import { expect } from "vitest";
import type { KilledWork } from "./killed-work";

const ROWS = 40_000;
/** Rows whose address an earlier row had. */
const isRepeat = (row: number): boolean => row % 10 === 9;
const isBad = (row: number): boolean => row % 1_000 === 505;
const isNameless = (row: number): boolean => row % 10 === 3;

function* lines(): Generator<string> {
  yield "email,name,note\r\n";
  for (let row = 0; row < ROWS; row++) {
    const person = isRepeat(row) ? row - 9 : row;
    const email = isBad(row) ? "nobody" : isNameless(row) ? "" : `p${person}@example.org`;
    yield `${email},"Person, ${row}","first line\nsecond ""${row}"""\r\n`;
  }
}

async function* inPieces(): AsyncGenerator<Buffer> {
  yield Buffer.from([...lines()].join(""));
}

/** Starts an import of rows of which some repeat, lack an address or are bad; at its end each is in it exactly once. */
export async function startKilledImport(database: TestDatabase): Promise<KilledWork> {
  const { ctx, workspaceId } = await createTestWorkspace(database);
  const { uploadId } = await storeUpload(ctx, "people.csv", inPieces());
  const options = importFileOptions.parse({
    mapping: { email: "email", name: "firstName", note: "note" },
    constantValues: { _tags: ["killed"] },
  });
  const { jobId } = await startImport(ctx, { ...options, uploadId });

  return {
    findPlace: async () => (await getImport(ctx, jobId)).processed,
    expectConsistent: async () => {
      const { processed, created, updated, skipped, errorCount } = await getImport(ctx, jobId);
      expect(processed).toBe(created + updated + skipped + errorCount);
      expect(await ctx.db.contactWorkspace.count({ where: { workspaceId } })).toBe(created);
    },
    untilEnd: async () => {
      while (["queued", "running"].includes((await getImport(ctx, jobId)).status)) await sleep(250);
    },
    expectWhole: async () => {
      const rows = Array.from({ length: ROWS }, (_, row) => row);
      const bad = rows.filter(isBad).length;
      const updated = rows.filter((row) => isRepeat(row) && !isBad(row)).length;
      const job = await getImport(ctx, jobId);
      expect(job).toMatchObject({
        status: "completed",
        total: ROWS,
        created: ROWS - bad - updated,
        updated,
        unchanged: 0,
        skipped: 0,
        errorCount: bad,
      });
      const { rows: counts } = await database.pool.query(
        `select count(*)::int as people, count(distinct email)::int as addresses, count(*) filter (where email is null)::int as nameless,
           count(*) filter (where first_name like 'Person, %' and custom_fields ->> $2 like E'first line\\nsecond "%"' and cardinality(tag_ids) = 1)::int as whole,
           (select count(*)::int from contact_tags) as links
         from contacts where workspace_ids = array[$1::uuid]`,
        [workspaceId, `${workspaceId}:note`],
      );
      const people = job.created;
      const nameless = rows.filter((row) => isNameless(row) && !isBad(row)).length;
      expect(counts[0]).toEqual({ people, addresses: people - nameless, nameless, whole: people, links: people });
      expect(await ctx.db.importError.count({ where: { importId: jobId } })).toBe(bad);
      expect(await ctx.db.importUpload.count({ where: { workspaceId } })).toBe(0);
      expect(await ctx.db.auditEntry.count({ where: { workspaceId, action: "contacts.import" } })).toBe(1);
    },
  };
}
