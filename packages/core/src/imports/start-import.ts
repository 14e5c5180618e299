import type { ImportFileOptions, ImportStarted, StartImportInput } from "@hustings/contracts/imports";
import { inTransaction } from "@hustings/db/client";
import { newId } from "@hustings/db/ids";
import type { ImportUploadModel } from "@hustings/db/types";
import { toStoredActor } from "../audit/stored-actor";
import type { WorkspaceContext } from "../context";
import { invalid } from "../errors";
import { storedKey } from "../fields/catalog";
import { rewriteStoredValues } from "../fields/stored-values";
import { writeEvent } from "../outbox/write-event";
import { catalogWithNewFields, makeNewFields } from "./new-fields";
import { type RecognisedFile, recogniseFile } from "./recognise-upload";
import { type StoredOptions, toStoredOptions } from "./stored-import";
import { resolveTargets } from "./targets";
import { readUpload } from "./upload-bytes";
import { getUpload, toSource, withDefaults } from "./uploads";

/** Imports of one workspace that wait or run. */
const MAX_OPEN_IMPORTS = 100;

/**
 * Asks for the import of an uploaded file, or for its dry run: everything that can be wrong with the request is checked
 * here, the rows are read by a job. New fields are made now, unless it is a dry run, which makes nothing.
 *
 * @throws DomainError `invalid`: a column that the file does not have, a constant that does not fit, a file that is
 * being imported already, or `uploadId: not found`.
 */
export async function startImport(ctx: WorkspaceContext, input: StartImportInput): Promise<ImportStarted> {
  const { uploadId, dryRun, mapping, ...options } = input;
  const upload = await findUpload(ctx, uploadId);
  const file = await recogniseFile(readUpload(ctx, toSource(upload)), withDefaults(upload, options));
  assertMappingFits(mapping, file);
  resolveTargets(await catalogWithNewFields(ctx, options.newFields), {
    mapping: Object.entries(mapping),
    constantValues: options.constantValues,
  });
  const stored: StoredOptions = {
    ...options,
    encoding: file.encoding,
    delimiter: file.delimiter,
    hasHeader: file.hasHeader,
    firstRow: file.firstRow,
    columns: Object.entries(mapping).map(([name, target]) => ({ name, target, place: file.columns.indexOf(name) })),
    columnCount: file.columns.length,
  };
  const id = newId();
  const madeFields = await inTransaction(ctx.db, async (tx) => {
    await tx.$queryRaw`select 1 from import_uploads where id = ${uploadId}::uuid for update`;
    const open = await tx.import.findMany({
      where: { workspaceId: ctx.workspaceId, status: { in: ["queued", "running"] } },
      select: { uploadId: true, dryRun: true },
    });
    if (!dryRun && open.some((other) => other.uploadId === uploadId && !other.dryRun))
      throw invalid("This file is being imported already");
    if (open.length >= MAX_OPEN_IMPORTS)
      throw invalid(`${MAX_OPEN_IMPORTS} imports are waiting already: let one of them end first`);
    const made = dryRun ? [] : await makeNewFields(tx, ctx, options.newFields);
    await tx.import.create({
      data: {
        id,
        workspaceId: ctx.workspaceId,
        uploadId,
        fileName: upload.fileName,
        dryRun,
        options: toStoredOptions(stored),
        total: upload.rowEstimate,
        actor: toStoredActor(ctx),
        createdAt: ctx.ports.now(),
      },
    });
    await writeEvent(tx, "contact/import.requested", { importId: id, workspaceId: ctx.workspaceId });
    return made;
  });
  for (const field of madeFields) await rewriteStoredValues(ctx.db, storedKey(ctx.workspaceId, field), field);
  return { jobId: id };
}

/** An id in a body: a file that is not here is a wrong value, not a missing page. */
async function findUpload(ctx: WorkspaceContext, uploadId: string): Promise<ImportUploadModel> {
  const known = await ctx.db.importUpload.count({
    where: { id: uploadId, workspaceId: ctx.workspaceId, isComplete: true },
  });
  if (known === 0) throw invalid("Validation failed", ["uploadId: not found"]);
  return getUpload(ctx, uploadId);
}

function assertMappingFits(mapping: ImportFileOptions["mapping"], file: RecognisedFile): void {
  const columns = new Set(file.columns);
  const problems = Object.keys(mapping)
    .filter((name) => !columns.has(name))
    .map((name) => `mapping.${name}: the file has no such column`);
  if (Object.keys(mapping).length === 0) problems.push("mapping: must name at least one column");
  if (problems.length > 0) throw invalid("Validation failed", problems);
}
