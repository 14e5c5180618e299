import { inTransaction } from "@hustings/db/client";
import type { ImportModel, ImportUploadModel } from "@hustings/db/types";
import { readActor } from "../audit/stored-actor";
import type { CoreContext, WorkspaceContext } from "../context";
import { fieldCatalog } from "../fields/catalog";
import { openWorkspaceAsSystem } from "../workspaces/access";
import type { NumberedRow } from "./apply-rows";
import { commitBatch, type ImportRun } from "./commit-batch";
import { endImport } from "./end-import";
import { unguardFormula } from "./formula-guard";
import { catalogWithNewFields } from "./new-fields";
import { createRowReader } from "./read-row";
import { type FileCursor, type FileRecord, MAX_RECORD_LENGTH, readRecords, UnclosedQuoteError } from "./records";
import { rehearsalOf } from "./rehearsal";
import { readCursor, readOptions } from "./stored-import";
import { resolveTargets } from "./targets";
import { readUpload, UploadGoneError } from "./upload-bytes";
import { toSource } from "./uploads";

/** Rows and characters of one batch, which is one transaction: some 100 ms, and a few megabytes in memory. */
const BATCH_ROWS = 1_000;
const BATCH_LENGTH = 1024 * 1024;

export type SliceOptions = { importId: string; budgetMs: number };
/** `isDone`: there is nothing left to do, whether it ended well or not. */
export type SliceResult = { isDone: boolean; processed: number };

/**
 * Goes on with an import for about `budgetMs`, from wherever the last call stopped, by whatever it was stopped: rows,
 * counters and the place in the file are written together, batch by batch. So it may be killed and called again at any
 * moment, also twice at once; whoever finds the place moved leaves the work to the other. Cancelling stops it after the
 * batch that is under way.
 */
export async function runImportSlice(ctx: CoreContext, { importId, budgetMs }: SliceOptions): Promise<SliceResult> {
  const row = await ctx.db.import.findUnique({ where: { id: importId } });
  if (!row || (row.status !== "queued" && row.status !== "running"))
    return { isDone: true, processed: row?.processed ?? 0 };
  const upload = row.uploadId ? await ctx.db.importUpload.findUnique({ where: { id: row.uploadId } }) : null;
  if (!upload) return fail(ctx, importId, new UploadGoneError().message);
  await ctx.db.import.updateMany({
    where: { id: importId, status: "queued" },
    data: { status: "running", startedAt: ctx.ports.now() },
  });
  const run = await openRun(ctx, row);
  try {
    return await readBatches(ctx, run, upload, ctx.ports.now().getTime() + budgetMs);
  } catch (error) {
    if (error instanceof UploadGoneError) return fail(ctx, importId, error.message);
    if (!(error instanceof UnclosedQuoteError)) throw error;
    return fail(ctx, importId, `${error.message}. What stands before it is in; what follows was not read`, error.line);
  }
}

/** Acts as the person who asked: the same fields, the same name in the audit. */
async function openRun(ctx: CoreContext, row: ImportModel): Promise<ImportRun> {
  const actor = readActor(row.actor);
  const opened = await openWorkspaceAsSystem(ctx, row.workspaceId, "contact-import");
  const workspace: WorkspaceContext = { ...opened, principal: actor.principal, isGlobalAdmin: actor.isGlobalAdmin };
  const options = readOptions(row.options);
  const catalog = row.dryRun ? await catalogWithNewFields(workspace, options.newFields) : await fieldCatalog(workspace);
  const mapping = options.columns.map(({ name, target }) => [name, target] as const);
  const targets = resolveTargets(catalog, { mapping, constantValues: options.constantValues });
  return {
    importId: row.id,
    workspace,
    options,
    apply: {
      targets,
      skipDuplicates: options.skipDuplicates,
      ...(row.dryRun ? { rehearsal: rehearsalOf(row.id) } : {}),
    },
    from: readCursor(row.cursor) ?? options.firstRow,
    processed: row.processed,
  };
}

async function readBatches(
  ctx: CoreContext,
  run: ImportRun,
  upload: ImportUploadModel,
  deadline: number,
): Promise<SliceResult> {
  const { encoding, delimiter } = run.options;
  const toRow = createRecordReader(run);
  let current = run;
  let rows: NumberedRow[] = [];
  let length = 0;
  let next: FileCursor = run.from;

  /** False when this call is to stop: cancelled, or somebody else is at it. */
  const commit = async (): Promise<boolean> => {
    if (rows.length === 0) return true;
    const isMine = await commitBatch(current, { rows, next });
    current = { ...current, from: next, processed: current.processed + rows.length };
    rows = [];
    length = 0;
    return isMine;
  };
  const stopped = (isDone: boolean) => ({ isDone, processed: current.processed });

  try {
    for await (const record of readRecords(readUpload(ctx, toSource(upload)), {
      encoding,
      delimiter,
      from: run.from,
    })) {
      rows.push(toRow(record));
      next = record.next;
      length += record.cells.reduce((sum, cell) => sum + cell.length, 0);
      if (rows.length < BATCH_ROWS && length < BATCH_LENGTH) continue;
      if (!(await commit())) return stopped(false);
      if (ctx.ports.now().getTime() >= deadline) return stopped(false);
    }
  } catch (error) {
    // What was read before the file broke off is good.
    if (error instanceof UnclosedQuoteError && !(await commit())) return stopped(false);
    throw error;
  }
  if (!(await commit())) return stopped(false);
  await inTransaction(ctx.db, (tx) => endImport(tx, ctx, run.importId, { status: "completed" }));
  return stopped(true);
}

/** Reads records by the mapping's columns, and refuses those that cannot be one row. */
function createRecordReader({ options, apply }: ImportRun): (record: FileRecord) => NumberedRow {
  const readRow = createRowReader(apply.targets, options.emptyValues);
  const places = options.columns.map(({ place }) => place);
  const { columnCount } = options;
  return ({ cells, line, isTooLong }) => {
    const bad = (message: string): NumberedRow => ({
      line,
      read: { kind: "bad", problems: [{ column: "", value: "", message }] },
    });
    if (isTooLong) return bad(`The line is longer than ${MAX_RECORD_LENGTH.toLocaleString("en")} characters`);
    // Fewer cells are trailing empty ones left out; more mean a delimiter or quote in the wrong place.
    if (cells.length > columnCount && cells.slice(columnCount).some((cell) => cell.trim() !== ""))
      return bad(`The line has ${cells.length} cells, and the file has ${columnCount} columns`);
    return { line, read: readRow((index) => unguardFormula(cells[places[index] as number] ?? "")) };
  };
}

async function fail(ctx: CoreContext, importId: string, error: string, line?: number): Promise<SliceResult> {
  await inTransaction(ctx.db, (tx) =>
    endImport(tx, ctx, importId, { status: "failed", error, ...(line === undefined ? {} : { line }) }),
  );
  return { isDone: true, processed: 0 };
}
