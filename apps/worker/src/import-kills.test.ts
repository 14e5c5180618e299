import { setTimeout as sleep } from "node:timers/promises";
import { importFileOptions } from "@hustings/contracts/imports";
import { getImport } from "@hustings/core/imports/queries";
import { startImport } from "@hustings/core/imports/start-import";
import { storeUpload } from "@hustings/core/imports/uploads";
import { createTestWorkspace } from "@hustings/core/testing/workspace";
import { describe, expect, it } from "vitest";
import { useWorker } from "./testing/use-worker";

const ROWS = 40_000;
const KILLS = 20;
/** Rows whose address an earlier row had. */
const isRepeat = (row: number): boolean => row % 10 === 9;
const isBad = (row: number): boolean => row % 1_000 === 505;
const isNameless = (row: number): boolean => row % 10 === 3;

const used = useWorker();

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

describe("an import whose worker is killed", () => {
  it(`has each of ${ROWS} rows in it exactly once through ${KILLS} kills -9`, { timeout: 400_000 }, async () => {
    const { ctx, workspaceId } = await createTestWorkspace(used.database);
    const { uploadId } = await storeUpload(ctx, "people.csv", inPieces());
    const options = importFileOptions.parse({
      mapping: { email: "email", name: "firstName", note: "note" },
      constantValues: { _tags: ["killed"] },
    });
    const { jobId } = await startImport(ctx, { ...options, uploadId });

    const places = new Set<number>();
    for (let kill = 0; kill < KILLS; kill++) {
      const before = (await getImport(ctx, jobId)).processed;
      await used.worker.start();
      // Every other kill waits until rows have come in, so that the import is met in all its stages.
      for (let waited = 0; kill % 2 === 0 && waited < 10_000; waited += 20) {
        if ((await getImport(ctx, jobId)).processed > before) break;
        await sleep(20);
      }
      await sleep(Math.random() * 300);
      await used.worker.kill();
      const { processed, created, updated, skipped, errorCount } = await getImport(ctx, jobId);
      places.add(processed);
      expect(processed).toBe(created + updated + skipped + errorCount);
      expect(await ctx.db.contactWorkspace.count({ where: { workspaceId } })).toBe(created);
    }
    // Kills that met it at rest prove nothing.
    expect(places.size).toBeGreaterThan(5);
    await used.worker.start();
    while (["queued", "running"].includes((await getImport(ctx, jobId)).status)) await sleep(250);

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
    const { rows: counts } = await used.database.pool.query(
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
    console.info(`${ROWS} rows through ${KILLS} kills: ${job.rowsPerSecond} rows/s, starts of the worker included`);
  });
});
