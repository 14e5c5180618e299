import { type ImportFileOptions, type ImportJob, importFileOptions } from "@hustings/contracts/imports";
import type { WorkspaceContext } from "../context";
import { exportImportErrors, getImport } from "../imports/queries";
import { runImportSlice } from "../imports/run-import";
import { startImport } from "../imports/start-import";
import { storeUpload } from "../imports/uploads";

export type TestImportOptions = Partial<ImportFileOptions> & Pick<ImportFileOptions, "mapping">;

async function* once(bytes: Buffer): AsyncGenerator<Buffer> {
  yield bytes;
}

/** Uploads a file in one piece. @returns its id. */
export async function uploadTestFile(ctx: WorkspaceContext, content: string | Buffer): Promise<string> {
  return (await storeUpload(ctx, "list.csv", once(Buffer.from(content)))).uploadId;
}

/** Uploads a file and asks for its import, which waits for `runTestImport` or a worker. @returns the import's id. */
export async function startTestImport(
  ctx: WorkspaceContext,
  content: string | Buffer,
  options: TestImportOptions,
): Promise<string> {
  const uploadId = await uploadTestFile(ctx, content);
  return (await startImport(ctx, { ...importFileOptions.parse(options), uploadId })).jobId;
}

/** Does the job's work until the import has ended. With a budget of 0 ms every slice stops after one batch. */
export async function runTestImport(ctx: WorkspaceContext, importId: string, budgetMs = 60_000): Promise<ImportJob> {
  while (!(await runImportSlice(ctx, { importId, budgetMs })).isDone);
  return getImport(ctx, importId);
}

/** The file of errors as it is downloaded. */
export async function readImportErrors(ctx: WorkspaceContext, jobId: string): Promise<string> {
  let text = "";
  for await (const piece of exportImportErrors(ctx, jobId)) text += piece;
  return text;
}
