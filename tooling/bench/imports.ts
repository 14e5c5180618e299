import type { WorkspaceContext } from "@hustings/core/context";
import { fieldCatalog } from "@hustings/core/fields/catalog";
import { applyRows, type NumberedRow } from "@hustings/core/imports/apply-rows";
import { createRowReader } from "@hustings/core/imports/read-row";
import { runImportSlice } from "@hustings/core/imports/run-import";
import { startImport } from "@hustings/core/imports/start-import";
import { resolveTargets } from "@hustings/core/imports/targets";
import { storeUpload } from "@hustings/core/imports/uploads";
import { inTransaction } from "@hustings/db/client";
import { copyRows, toCopyText } from "./copy";
import { openFrontDoor } from "./front-door";
import { COPY_TARGET, type FileRow, listKnownEmails, MAPPING, makeFileRows, toCopyCells } from "./import-rows";
import type { Installation } from "./installation";
import { interleave, type Side } from "./measure";
import { perSecond, type Row } from "./report";

const ROUNDS = 3;
const MAX_ROWS = 20_000;
/** Rows of a transaction, as the import of a file takes them. */
const BATCH_ROWS = 2_000;
/** Most rows of one call (contracts/imports). */
const CALL_ROWS = 10_000;

/** Targets 1 and 2: imports with 30 % known people against COPY of as many new rows into the same table. */
export async function measureImports({ large: { ctx, database } }: Installation): Promise<Row[]> {
  const [{ n }] = (await database.pool.query("select count(*)::int as n from contacts")).rows;
  const count = Math.min(MAX_ROWS, Math.floor(n / 5));
  const known = await listKnownEmails(database.pool, ctx, count);
  const tags = await ctx.db.tag.findMany({ where: { workspaceId: ctx.workspaceId } });
  const tagIds = new Map(tags.map(({ name, id }) => [name, id]));
  const frontDoor = await openFrontDoor(database, ctx);
  try {
    const times = await interleave(ROUNDS, {
      copy: async (round) => {
        const text = toCopyText(toCopyCells(ctx, makeFileRows(`copy-${round}`, count, []), tagIds));
        return () => copyRows(database.pool, COPY_TARGET, text);
      },
      sql: await sqlLayer(ctx, count, known),
      call: async (round) => {
        const calls = inBatches(makeFileRows(`call-${round}`, count, known), CALL_ROWS);
        return async () => {
          for (const rows of calls) await frontDoor.post("/api/contacts/import", { rows, mapping: MAPPING });
        };
      },
      file: async (round) => {
        const file = toCsv(makeFileRows(`file-${round}`, count, known));
        return () => importFile(ctx, file);
      },
    });
    const toRow = (number: string, measure: string, name: "sql" | "call" | "file", atLeast: number): Row => ({
      number,
      measure,
      measured: perSecond(count, times[name], "rows"),
      limit: `${perSecond(count, times.copy, "rows")}: COPY of new rows, without links`,
      ratio: times.copy / times[name],
      target: { atLeast },
    });
    return [
      toRow("1", `Import of ${count.toLocaleString("en")} rows, SQL layer, with links`, "sql", 0.65),
      toRow("2", "Import through the API, by calls", "call", 0.45),
      toRow("2", "Import of a CSV file: stored, read, written", "file", 0.45),
    ];
  } finally {
    await frontDoor.close();
  }
}

/** The statements of an import alone: the rows are read and checked beforehand. */
async function sqlLayer(ctx: WorkspaceContext, count: number, known: readonly string[]): Promise<Side> {
  const mapping = Object.entries(MAPPING);
  const targets = resolveTargets(await fieldCatalog(ctx), { mapping, constantValues: {} });
  const readRow = createRowReader(targets);
  return async (round) => {
    const rows = makeFileRows(`sql-${round}`, count, known).map((row, index): NumberedRow => {
      const cells = mapping.map(([name]) => row[name as keyof FileRow]);
      return { line: index + 1, read: readRow((column) => cells[column]) };
    });
    return async () => {
      for (const batch of inBatches(rows, BATCH_ROWS))
        await inTransaction(ctx.db, (tx) => applyRows(tx, ctx, batch, { targets, skipDuplicates: false }), 120_000);
    };
  };
}

/** Stores a file and imports it, as the job would. */
export async function importFile(ctx: WorkspaceContext, file: Buffer): Promise<void> {
  const { uploadId } = await storeUpload(ctx, "people.csv", toChunks(file));
  const { jobId } = await startImport(ctx, {
    uploadId,
    mapping: MAPPING,
    constantValues: {},
    skipDuplicates: false,
    emptyValues: [],
    dryRun: false,
  });
  for (let isDone = false; !isDone; ) ({ isDone } = await runImportSlice(ctx, { importId: jobId, budgetMs: 60_000 }));
}

/** As a socket hands it over. */
async function* toChunks(file: Buffer): AsyncGenerator<Buffer> {
  for (let at = 0; at < file.length; at += 65_536) yield file.subarray(at, at + 65_536);
}

export const toCsv = (rows: readonly FileRow[]): Buffer =>
  Buffer.from(
    [Object.keys(MAPPING), ...rows.map((row) => Object.values(row))].map((cells) => `${cells.join(",")}\n`).join(""),
  );

const inBatches = <T>(rows: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(rows.length / size) }, (_, index) => rows.slice(index * size, (index + 1) * size));
