import type { ImportJob } from "@hustings/contracts/imports";
import type { Range } from "@hustings/contracts/primitives";
import type { ImportModel } from "@hustings/db/types";
import { stringify } from "csv-stringify/sync";
import type { WorkspaceContext } from "../context";
import { notFound } from "../errors";
import { guardFormula } from "./formula-guard";
import { toImportJob } from "./mapper";

/** @throws DomainError `not_found`, also for another workspace's import. */
export async function getImport(ctx: WorkspaceContext, jobId: string): Promise<ImportJob> {
  return toImportJob(await getImportRow(ctx, jobId), ctx.ports.now());
}

export async function getImportRow(ctx: WorkspaceContext, jobId: string): Promise<ImportModel> {
  const row = await ctx.db.import.findFirst({ where: { id: jobId, workspaceId: ctx.workspaceId } });
  if (!row) throw notFound("Import");
  return row;
}

/** The workspace's imports and dry runs, the newest first. */
export async function listImports(
  ctx: WorkspaceContext,
  { limit, offset }: Range,
): Promise<{ imports: ImportJob[]; total: number }> {
  const where = { workspaceId: ctx.workspaceId };
  const [rows, total] = await Promise.all([
    ctx.db.import.findMany({ where, orderBy: { id: "desc" }, take: limit, skip: offset }),
    ctx.db.import.count({ where }),
  ]);
  const now = ctx.ports.now();
  return { imports: rows.map((row) => toImportJob(row, now)), total };
}

/** Rows of errors fetched at a time. */
const PAGE = 1_000;

/**
 * What could not be read, as CSV in pieces: line, column, value, error, in the file's order. Values that a spreadsheet
 * would take for a formula start with an apostrophe.
 *
 * @throws DomainError `not_found` with the first piece.
 */
export async function* exportImportErrors(ctx: WorkspaceContext, jobId: string): AsyncGenerator<string> {
  const { id: importId } = await getImportRow(ctx, jobId);
  yield stringify([["line", "column", "value", "error"]], { bom: true });
  for (let after = { line: 0, errorNo: 0 }; ; ) {
    const rows = await ctx.db.importError.findMany({
      where: { importId, OR: [{ line: { gt: after.line } }, { line: after.line, errorNo: { gt: after.errorNo } }] },
      orderBy: [{ line: "asc" }, { errorNo: "asc" }],
      take: PAGE,
    });
    if (rows.length > 0)
      yield stringify(rows.map((row) => [String(row.line), row.columnName, row.value, row.message].map(guardFormula)));
    const last = rows.at(-1);
    if (!last || rows.length < PAGE) return;
    after = last;
  }
}
