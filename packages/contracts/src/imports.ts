import { z } from "zod";
import { fieldType } from "./fields";
import { byId, line, rangeInput, utcDateTime, uuid } from "./primitives";

/**
 * Column to `email`, `firstName`, `lastName`, `language`, `tags` or a custom field's name. Where several columns have
 * one target, a row's first cell that is not empty counts (tags: all of them).
 */
export const importMapping = z
  .record(z.string().max(2_000), line(100).min(1, "must not be empty"))
  .meta({ example: { Email: "email", Town: "city" } });
/** Same targets, the same value for every row; `_tags` adds tags. */
const constantValues = z.record(line(100).min(1), z.unknown()).default({});

/** Most rows of one call; larger files go through the file import. */
export const MAX_ROWS_PER_CALL = 10_000;

export const importContactsInput = z.strictObject({
  rows: z
    .array(z.record(z.string(), z.string()))
    .max(MAX_ROWS_PER_CALL, `must be at most ${MAX_ROWS_PER_CALL} rows; import a file instead`)
    .meta({ example: [{ Email: "ada@example.org", Town: "Lyon" }] }),
  mapping: importMapping,
  constantValues,
  skipDuplicates: z.boolean().default(false),
});
export type ImportContactsInput = z.infer<typeof importContactsInput>;

/** `total = created + updated + skipped + errors.length`. */
export const importResult = z.object({
  total: z.number().int(),
  created: z.number().int(),
  updated: z.number().int(),
  unchanged: z.number().int().describe("How many of `updated` had nothing new"),
  skipped: z.number().int(),
  errors: z.array(z.object({ row: z.number().int(), error: z.string() })),
});
export type ImportResult = z.infer<typeof importResult>;

/** By the names of the WHATWG encoding standard. */
export const fileEncoding = z.enum([
  "utf-8",
  "utf-16le",
  "utf-16be",
  "windows-1250",
  "windows-1251",
  "windows-1252",
  "iso-8859-1",
  "iso-8859-2",
  "shift_jis",
  "gbk",
  "macintosh",
]);
export type FileEncoding = z.infer<typeof fileEncoding>;
export const fileDelimiter = z.enum([",", ";", "\t", "|"]);
export type FileDelimiter = z.infer<typeof fileDelimiter>;

/** What was recognised in an uploaded file, for a person to confirm. */
export const importUpload = z.object({
  uploadId: uuid,
  fileName: z.string(),
  size: z.number().int().describe("Bytes"),
  rowEstimate: z.number().int().describe("Rows without the header, by line ends outside of quotes"),
  hasHeader: z.boolean(),
  columns: z.array(z.string()),
  sample: z.array(z.array(z.string())).describe("The first rows, in the order of columns"),
  guesses: z.object({
    mapping: z.record(z.string(), z.string()),
    delimiter: fileDelimiter,
    encoding: fileEncoding,
    encodingIsSure: z.boolean(),
    emptyValues: z.array(z.string()),
    fieldTypes: z.record(z.string(), fieldType).describe("What a new field made from a column could be"),
  }),
});
export type ImportUpload = z.infer<typeof importUpload>;

export const previewUploadInput = z.strictObject({
  ...byId.shape,
  delimiter: fileDelimiter.optional(),
  encoding: fileEncoding.optional(),
  hasHeader: z.boolean().optional(),
});
export type PreviewUploadInput = z.infer<typeof previewUploadInput>;

/** Definitions to make on the way, by name. */
export const newFields = z.record(
  line(100),
  z.strictObject({ label: line(200), fieldType: z.enum(["text", "number", "date", "boolean", "url", "email"]) }),
);
export type NewFields = z.infer<typeof newFields>;

export const importFileOptions = z.strictObject({
  mapping: importMapping,
  uploadId: uuid.optional(),
  constantValues,
  skipDuplicates: z.boolean().default(false),
  /** Cells to read as empty: `(blank)`, `N/A`, `-`. */
  emptyValues: z.array(z.string().max(100)).max(50).default([]),
  delimiter: fileDelimiter.optional(),
  encoding: fileEncoding.optional(),
  /** False: the first line is a row already, and the columns are called `Column 1`, `Column 2`. */
  hasHeader: z.boolean().optional(),
  dryRun: z.boolean().default(false),
  /** A mapped name without a definition is kept as plain text. */
  newFields: newFields.optional(),
});
export type ImportFileOptions = z.infer<typeof importFileOptions>;
/** The same for a file that is here already. */
export const startImportInput = importFileOptions.required({ uploadId: true });
export type StartImportInput = z.infer<typeof startImportInput>;
export const importStarted = z.object({ jobId: uuid });
export type ImportStarted = z.infer<typeof importStarted>;

const example = z.object({ line: z.number().int(), label: z.string(), detail: z.string() });
/** Rows to show: the first of each outcome, and the last that made or changed somebody. */
export const importExamples = z.object({
  created: z.array(example).optional(),
  updated: z.array(example).optional(),
  skipped: z.array(example).optional(),
  errors: z.array(example).optional(),
  latest: z.array(example).optional(),
});
export type ImportExamples = z.infer<typeof importExamples>;
export type ImportExample = z.infer<typeof example>;
export const importStatus = z.enum(["queued", "running", "completed", "failed", "cancelled"]);
/** `total = created + updated + skipped + errorCount` when completed. */
export const importJob = z
  .object({
    jobId: uuid,
    uploadId: uuid.nullable().describe("The file, while its bytes are still here"),
    fileName: z.string(),
    status: importStatus,
    dryRun: z.boolean(),
    total: z.number().int().describe("An estimate until the end"),
    processed: z.number().int(),
    created: z.number().int(),
    updated: z.number().int(),
    unchanged: z.number().int().describe("How many of `updated` had nothing new"),
    skipped: z.number().int(),
    errorCount: z.number().int(),
    rowsPerSecond: z.number().nullable(),
    error: z.string().nullable(),
    examples: importExamples,
    createdAt: utcDateTime,
    finishedAt: utcDateTime.nullable(),
    createdBy: z.string(),
  })
  .meta({ id: "ImportJob" });
export type ImportJob = z.infer<typeof importJob>;
export const importJobInput = z.strictObject({ jobId: uuid });
export type ImportJobInput = z.infer<typeof importJobInput>;
export const listImportsInput = z.strictObject(rangeInput);
