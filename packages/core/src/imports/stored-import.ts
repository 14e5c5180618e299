import { importExamples, importFileOptions } from "@hustings/contracts/imports";
import type { Prisma } from "@hustings/db/types";
import { z } from "zod";
import type { Principal, WorkspaceContext } from "../context";

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

const role = z.enum(["admin", "member", "viewer"]);
const via = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("session") }),
  z.object({ kind: z.literal("apiKey"), apiKeyId: z.string(), workspaceId: z.string() }),
  z.object({ kind: z.literal("anonymous") }),
  z.object({ kind: z.literal("system"), name: z.string() }),
]);
/** Who asked for it: the import sees the fields that this person sees, and stands under their name in the audit. */
const storedActor = z.object({
  principal: z.object({
    userId: z.string().nullable(),
    name: z.string(),
    email: z.string().nullable(),
    installationRole: role,
    via,
  }),
  isGlobalAdmin: z.boolean(),
});

/** The columns of JSON in an import, checked as they are read. */
export const readOptions = (stored: Prisma.JsonValue): StoredOptions => storedOptions.parse(stored);
export const readCursor = (stored: Prisma.JsonValue) => (stored === null ? null : cursor.parse(stored));
export const readExamples = (stored: Prisma.JsonValue) => importExamples.parse(stored);
export const readActor = (stored: Prisma.JsonValue): { principal: Principal; isGlobalAdmin: boolean } =>
  storedActor.parse(stored);

/** Constant values came as JSON, so they go as JSON. */
export const toStoredOptions = (options: StoredOptions) => options as unknown as Prisma.InputJsonObject;

export const toStoredActor = (ctx: WorkspaceContext): Prisma.InputJsonObject => {
  const { userId, name, email, installationRole, via: way } = ctx.principal;
  return { principal: { userId, name, email, installationRole, via: { ...way } }, isGlobalAdmin: ctx.isGlobalAdmin };
};
