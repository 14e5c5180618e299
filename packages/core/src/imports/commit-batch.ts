import { type Db, inTransaction } from "@hustings/db/client";
import type { WorkspaceContext } from "../context";
import { type ApplyOptions, applyRows, type BadRow, type NumberedRow } from "./apply-rows";
import { addExamples } from "./examples";
import type { FileCursor } from "./records";
import { retryBatch } from "./retry-batch";
import { readExamples, type StoredOptions } from "./stored-import";

/** An import under way, and the place in the file from which this batch was read. */
export type ImportRun = {
  importId: string;
  workspace: WorkspaceContext;
  options: StoredOptions;
  apply: ApplyOptions;
  from: FileCursor;
  processed: number;
};

export type Batch = { rows: readonly NumberedRow[]; next: FileCursor };

/** Rows whose errors are kept; above, they are only counted. */
const MAX_KEPT_ERRORS = 100_000;
const TRANSACTION_MS = 120_000;

/**
 * Brings a batch in and moves the import on, in one transaction: both are in, or neither.
 *
 * @returns false, with nothing written, when the import does not run any more or has moved on without us.
 */
export function commitBatch(run: ImportRun, batch: Batch): Promise<boolean> {
  return retryBatch(() => inTransaction(run.workspace.db, (tx) => commit(tx, run, batch), TRANSACTION_MS));
}

async function commit(tx: Db, run: ImportRun, { rows, next }: Batch): Promise<boolean> {
  const { importId, apply } = run;
  await tx.$queryRaw`select 1 from imports where id = ${importId}::uuid for update`;
  const row = await tx.import.findUnique({ where: { id: importId } });
  // The number of rows moves with the place in the file.
  if (row?.status !== "running" || row.processed !== run.processed) return false;
  const applied = await applyRows(tx, run.workspace, rows, apply);
  const { created, updated, unchanged, skipped, bad } = applied;
  if (row.errorCount < MAX_KEPT_ERRORS) await keepErrors(tx, importId, bad);
  await tx.import.update({
    where: { id: importId },
    data: {
      cursor: next,
      processed: { increment: rows.length },
      created: { increment: created },
      updated: { increment: updated },
      unchanged: { increment: unchanged },
      skipped: { increment: skipped },
      errorCount: { increment: bad.length },
      examples: addExamples(readExamples(row.examples), applied, apply.targets),
    },
    select: { id: true },
  });
  return true;
}

/** Keeps each cell that did not fit, for the file of errors. */
export async function keepErrors(tx: Db, importId: string, bad: readonly BadRow[]): Promise<void> {
  if (bad.length === 0) return;
  const errors = bad.flatMap(({ line, problems }) =>
    problems.slice(0, MAX_ERRORS_PER_ROW).map((problem, errorNo) => ({ line, errorNo, ...problem })),
  );
  await tx.$executeRaw`
    insert into import_errors (import_id, line, error_no, column_name, value, message)
    select ${importId}::uuid, line, "errorNo", "column", value, message
    from jsonb_to_recordset(${JSON.stringify(errors)}::jsonb) as e(line int, "errorNo" smallint, "column" text, value text, message text)`;
}

/** A row of 10,000 columns may be wrong in all of them. */
const MAX_ERRORS_PER_ROW = 20;
