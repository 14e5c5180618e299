import { fileDelimiter, fileEncoding, type ImportUpload, type PreviewUploadInput } from "@hustings/contracts/imports";
import { newId } from "@hustings/db/ids";
import type { ImportUploadModel } from "@hustings/db/types";
import type { WorkspaceContext } from "../context";
import { DomainError, invalid, notFound } from "../errors";
import { fieldCatalog } from "../fields/catalog";
import { guessEncoding } from "./encoding";
import { guessOptions, type RecognisedFile, recogniseFile } from "./recognise-upload";
import { CHUNK_BYTES, readUpload, writeChunk } from "./upload-bytes";
import { createUploadDigest } from "./upload-digest";

/** A list of people is not larger; 1 GB is some ten million rows. */
export const MAX_UPLOAD_BYTES = 4 * 1024 * 1024 * 1024;
/** What files of one workspace that wait to be imported may be; each is kept for a day. */
const MAX_WAITING = { uploads: 500, bytes: 5 * MAX_UPLOAD_BYTES };

/**
 * Takes a file in as rows of 1 MiB, each written before the next is read, and says what it seems to be. Whatever breaks
 * half way takes what is there with it.
 *
 * @throws DomainError `invalid` for what is no table of text; `too_large`; `too_many` when the workspace has many
 * files waiting.
 */
export async function storeUpload(
  ctx: WorkspaceContext,
  fileName: string,
  content: AsyncIterable<Buffer>,
): Promise<ImportUpload> {
  await assertRoom(ctx);
  const id = newId();
  await ctx.db.importUpload.create({
    data: {
      id,
      workspaceId: ctx.workspaceId,
      fileName: toFileName(fileName),
      size: 0,
      encoding: "utf-8",
      delimiter: ",",
    },
  });
  try {
    const { size, evidence } = await storeChunks(ctx, id, content);
    const { encoding, isSure } = guessEncoding(evidence);
    const file = await recogniseFile(readUpload(ctx, { id, size }), { encoding });
    const { delimiter, hasHeader, columns } = file;
    const rowEstimate = Math.max(evidence.lineEstimate - (hasHeader ? 1 : 0), 0);
    const row = await ctx.db.importUpload.update({
      where: { id },
      data: {
        size,
        encoding,
        encodingIsSure: isSure,
        delimiter,
        hasHeader,
        columns: columns.slice(0, MAX_KEPT_COLUMNS),
        rowEstimate,
        isComplete: true,
      },
    });
    return describeUpload(ctx, row, file);
  } catch (error) {
    await ctx.db.importUpload.deleteMany({ where: { id } });
    throw error;
  }
}

/** Takes back a file whose import could not be started. */
export async function discardUpload(ctx: WorkspaceContext, id: string): Promise<void> {
  await ctx.db.importUpload.deleteMany({ where: { id, workspaceId: ctx.workspaceId } });
}

/** Names for `doctor` and people who look into the table; the file itself is read again where they matter. */
const MAX_KEPT_COLUMNS = 1_000;

async function assertRoom(ctx: WorkspaceContext): Promise<void> {
  const waiting = await ctx.db.importUpload.aggregate({
    where: { workspaceId: ctx.workspaceId },
    _count: true,
    _sum: { size: true },
  });
  if (waiting._count >= MAX_WAITING.uploads || Number(waiting._sum.size ?? 0) >= MAX_WAITING.bytes)
    throw new DomainError(
      "too_many",
      "Too many files are waiting to be imported. Import some, or come back tomorrow.",
      undefined,
      3_600,
    );
}

const toFileName = (name: string): string =>
  name
    .replace(/[\p{Cc}\p{Surrogate}]/gu, "")
    .split(/[\\/]/)
    .at(-1)
    ?.trim()
    .slice(0, 200) || "file.csv";

async function storeChunks(ctx: WorkspaceContext, uploadId: string, content: AsyncIterable<Buffer>) {
  const digest = createUploadDigest();
  const chunk = Buffer.allocUnsafe(CHUNK_BYTES);
  let filled = 0;
  let chunkNo = 0;
  const flush = async () => {
    const bytes = chunk.subarray(0, filled);
    if (chunkNo === 0) assertIsText(bytes);
    digest.update(bytes);
    await writeChunk(ctx, uploadId, chunkNo, bytes);
    chunkNo++;
    filled = 0;
  };
  for await (const piece of content) {
    for (let start = 0; start < piece.length; ) {
      const copied = piece.copy(chunk, filled, start, start + CHUNK_BYTES - filled);
      start += copied;
      filled += copied;
      if (filled === CHUNK_BYTES) await flush();
    }
    if (chunkNo * CHUNK_BYTES + filled > MAX_UPLOAD_BYTES)
      throw new DomainError("too_large", "The file is larger than 4 GB");
  }
  const size = chunkNo * CHUNK_BYTES + filled;
  if (size === 0) throw invalid("The file is empty");
  if (filled > 0) await flush();
  return { size, evidence: digest.finish() };
}

/** First bytes of what people take for a table, and what to do with it. */
const OTHER_FORMATS: readonly [string, string][] = [
  ["504b0304", "This is an Excel workbook or a ZIP file: save the table as CSV and bring that"],
  ["d0cf11e0", "This is an old Excel workbook: save the table as CSV and bring that"],
  ["25504446", "This is a PDF: only tables as CSV or TSV can be read"],
  ["1f8b", "This file is compressed: unpack it first"],
  ["89504e47", "This is a picture: only tables as CSV or TSV can be read"],
];

function assertIsText(head: Buffer): void {
  const found = OTHER_FORMATS.find(
    ([signature]) => head.subarray(0, signature.length / 2).toString("hex") === signature,
  );
  if (found) throw invalid(found[1]);
}

/**
 * What a file seems to be, read again by another encoding or delimiter if asked. Changes nothing.
 *
 * @throws DomainError `not_found`, also for another workspace's file.
 */
export async function previewUpload(
  ctx: WorkspaceContext,
  { id, ...hints }: PreviewUploadInput,
): Promise<ImportUpload> {
  const row = await getUpload(ctx, id);
  return describeUpload(ctx, row, await recogniseFile(readUpload(ctx, toSource(row)), withDefaults(row, hints)));
}

/** @throws DomainError `not_found`, also for another workspace's file and for one that is still coming in. */
export async function getUpload(ctx: WorkspaceContext, id: string): Promise<ImportUploadModel> {
  const row = await ctx.db.importUpload.findFirst({ where: { id, workspaceId: ctx.workspaceId, isComplete: true } });
  if (!row) throw notFound("Upload");
  return row;
}

export const toSource = ({ id, size }: ImportUploadModel): { id: string; size: number } => ({ id, size: Number(size) });

type Hints = Omit<PreviewUploadInput, "id">;

/** What a person says goes before what was recognised; another encoding or delimiter asks for new guesses of the rest. */
export function withDefaults(row: ImportUploadModel, hints: Hints) {
  const encoding = hints.encoding ?? fileEncoding.parse(row.encoding);
  const isSameEncoding = encoding === row.encoding;
  const delimiter = hints.delimiter ?? (isSameEncoding ? fileDelimiter.parse(row.delimiter) : undefined);
  const hasHeader = hints.hasHeader ?? (isSameEncoding && delimiter === row.delimiter ? row.hasHeader : undefined);
  return { encoding, delimiter, hasHeader };
}

async function describeUpload(
  ctx: WorkspaceContext,
  row: ImportUploadModel,
  file: RecognisedFile,
): Promise<ImportUpload> {
  const { sample, ...guesses } = guessOptions(file, await fieldCatalog(ctx));
  return {
    uploadId: row.id,
    fileName: row.fileName,
    size: Number(row.size),
    rowEstimate: row.rowEstimate,
    hasHeader: file.hasHeader,
    columns: file.columns,
    sample,
    guesses: {
      ...guesses,
      delimiter: file.delimiter,
      encoding: file.encoding,
      encodingIsSure: file.encoding === row.encoding ? row.encodingIsSure : true,
    },
  };
}
