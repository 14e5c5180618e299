import { assertCleanInput } from "@hustings/api/clean-input";
import { fieldErrors } from "@hustings/api/errors";
import { enterWorkspace } from "@hustings/api/procedures";
import { sendJson } from "@hustings/api/rest/answers";
import type { RawHandler } from "@hustings/api/rest/handler";
import {
  type ImportFileOptions,
  type ImportUpload,
  importFileOptions,
  importJobInput,
} from "@hustings/contracts/imports";
import type { WorkspaceContext } from "@hustings/core/context";
import { invalid, notFound } from "@hustings/core/errors";
import { exportImportErrors } from "@hustings/core/imports/queries";
import { startImport } from "@hustings/core/imports/start-import";
import { discardUpload, storeUpload } from "@hustings/core/imports/uploads";
import { asOneOfFew, type FormFields, readForm } from "./multipart";
import type { RawRoutes } from "./registered-routes";
import { sendCsv } from "./send-csv";

/** Files of contacts on their way in, and what could not be read of them on its way out. */
export const importStreams = (): RawRoutes => ({
  "imports.upload": takeUpload,
  "imports.file": importFile,
  "imports.errors": sendErrors,
});

const takeUpload: RawHandler = async ({ req, res, context }) => {
  const workspace = await enterWorkspace(context, "member");
  const { file, fields, problems } = await asOneOfFew(() =>
    readForm(req, ({ name, content }) => storeUpload(workspace, name, content)),
  );
  const wrong = [
    ...problems,
    ...Object.keys(fields).map((name) => `${name}: unknown property`),
    ...(file ? [] : ["file: is required"]),
  ];
  if (wrong.length > 0 || !file) return refuse(workspace, file, invalid("Validation failed", wrong));
  sendJson(res, 201, file);
};

const importFile: RawHandler = async ({ req, res, context }) => {
  const workspace = await enterWorkspace(context, "member");
  const { fields, file, problems } = await asOneOfFew(() =>
    readForm(req, async ({ name, content }, before) => {
      // Options that stand before the file are checked before it is read.
      if (before.options !== undefined) assertFileBelongs(readOptions(before));
      return storeUpload(workspace, name, content);
    }),
  );
  try {
    sendJson(res, 202, await start(workspace, readOptions(fields, problems), file?.uploadId));
  } catch (error) {
    return refuse(workspace, file, error);
  }
};

/** What could not be used does not stay. */
async function refuse(workspace: WorkspaceContext, file: ImportUpload | undefined, error: unknown): Promise<never> {
  if (file) await discardUpload(workspace, file.uploadId);
  throw error;
}

function start(workspace: WorkspaceContext, options: ImportFileOptions, newUploadId: string | undefined) {
  if (newUploadId !== undefined) assertFileBelongs(options);
  const uploadId = newUploadId ?? options.uploadId;
  if (uploadId === undefined)
    throw invalid("Validation failed", ["file: is required unless the options name an uploadId"]);
  return startImport(workspace, { ...options, uploadId });
}

function assertFileBelongs({ uploadId }: ImportFileOptions): void {
  if (uploadId !== undefined) throw invalid("Validation failed", ["uploadId: the form brings a file already"]);
}

/** @throws DomainError `invalid` with every wrong option and every field that is none. */
function readOptions(fields: FormFields, known: readonly string[] = []): ImportFileOptions {
  const { options, ...others } = fields;
  const problems = [...known, ...Object.keys(others).map((name) => `${name}: unknown property`)];
  if (options === undefined) throw invalid("Validation failed", ["options: is required", ...problems]);
  const { data, error } = importFileOptions.safeParse(assertCleanInput(parseJson(options)));
  if (error) problems.push(...fieldErrors(error));
  if (problems.length > 0 || !data) throw invalid("Validation failed", problems);
  return data;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw invalid("Validation failed", ["options: must be JSON"]);
  }
}

const sendErrors: RawHandler = async (call) => {
  const workspace = await enterWorkspace(call.context, "viewer");
  const { data } = importJobInput.safeParse({ jobId: call.parameters.jobId });
  if (!data) throw notFound("Import");
  await sendCsv(call, exportImportErrors(workspace, data.jobId), `import-errors-${data.jobId}.csv`);
};
