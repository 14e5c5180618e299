import {
  importContactsInput,
  importJob,
  importJobInput,
  importResult,
  importStarted,
  importUpload,
  listImportsInput,
  previewUploadInput,
  startImportInput,
} from "@hustings/contracts/imports";
import { cancelImport } from "@hustings/core/imports/commands";
import { importContacts } from "@hustings/core/imports/import-rows";
import { getImport, listImports } from "@hustings/core/imports/queries";
import { startImport } from "@hustings/core/imports/start-import";
import { previewUpload } from "@hustings/core/imports/uploads";
import { z } from "zod";
import { openProcedure, workspaceProcedure } from "../procedures";
import { setRangeHeaders } from "../range-headers";
import { router } from "../trpc";

const tags = ["Contacts"];

/** Imports of contacts: by one call, or of a file that came by `imports.upload` or `imports.file` (raw operations). */
export const importsRouter = router({
  contacts: openProcedure("member")
    .meta({
      openapi: { method: "POST", path: "/contacts/import", tags, summary: "Bulk import contacts from CSV data" },
    })
    .input(importContactsInput)
    .output(importResult)
    .mutation(({ ctx, input }) => importContacts(ctx.workspace, input)),

  list: workspaceProcedure("viewer")
    .meta({
      openapi: {
        method: "GET",
        path: "/contacts/imports",
        tags,
        summary: "List file imports and dry runs, newest first",
      },
    })
    .input(listImportsInput)
    .output(z.array(importJob))
    .query(async ({ ctx, input }) => {
      const { imports, total } = await listImports(ctx.workspace, input);
      setRangeHeaders(ctx, total);
      return imports;
    }),

  preview: workspaceProcedure("member")
    .meta({
      openapi: {
        method: "GET",
        path: "/contacts/import/uploads/{id}",
        tags,
        summary: "Read an uploaded file again, by another encoding or delimiter",
      },
      rest: { errors: [404] },
    })
    .input(previewUploadInput)
    .output(importUpload)
    .query(({ ctx, input }) => previewUpload(ctx.workspace, input)),

  /** For the dashboard; REST starts an import with `POST /api/contacts/import/file`. */
  start: workspaceProcedure("member")
    .input(startImportInput)
    .output(importStarted)
    .mutation(({ ctx, input }) => startImport(ctx.workspace, input)),

  get: workspaceProcedure("viewer")
    .meta({
      openapi: { method: "GET", path: "/contacts/import/{jobId}", tags, summary: "How far a file import is" },
      rest: { errors: [404] },
    })
    .input(importJobInput)
    .output(importJob)
    .query(({ ctx, input }) => getImport(ctx.workspace, input.jobId)),

  cancel: workspaceProcedure("member")
    .meta({
      openapi: {
        method: "POST",
        path: "/contacts/import/{jobId}/cancel",
        tags,
        summary: "Stop a file import; what is in stays",
      },
      rest: { errors: [404] },
    })
    .input(importJobInput)
    .output(importJob)
    .mutation(({ ctx, input }) => cancelImport(ctx.workspace, input)),
});
