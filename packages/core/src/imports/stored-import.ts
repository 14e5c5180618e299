import { importExamples, importFileOptions } from "@hustings/contracts/imports";
import type { Prisma } from "@hustings/db/types";
import { z } from "zod";

const cursor = z.object({ byteOffset: z.number().int(), skip: z.number().int(), line: z.number().int() });

/** Everything that an import decides by, settled when it is asked for; a job reads nothing else. */
const storedOptions = importFileOptions
  .omit({ uploadId: true, dryRun: true, mapping: true })
  .required({ encoding: true, delimiter: true })
  .extend({
    firstRow: cursor,
    /** The mapping in its order, which JSON in Postgres does not keep; `place` counts the file's columns from 0. */
    columns: z.array(z.object({ name: z.string(), target: z.string(), place: z.number().int() })),
    columnCount: z.number().int(),
  });
export type StoredOptions = z.infer<typeof storedOptions>;

/** The columns of JSON in an import, checked as they are read. */
export const readOptions = (stored: Prisma.JsonValue): StoredOptions => storedOptions.parse(stored);
export const readCursor = (stored: Prisma.JsonValue) => (stored === null ? null : cursor.parse(stored));
export const readExamples = (stored: Prisma.JsonValue) => importExamples.parse(stored);

/** Constant values came as JSON, so they go as JSON. */
export const toStoredOptions = (options: StoredOptions) => options as unknown as Prisma.InputJsonObject;
