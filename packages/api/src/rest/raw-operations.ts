import { exportContactsInput } from "@hustings/contracts/contacts";
import { beginGmailConsentInput } from "@hustings/contracts/email-connections";
import { importFileOptions, importStarted, importUpload } from "@hustings/contracts/imports";
import { ticketLinkInput } from "@hustings/contracts/support-tickets";
import { z } from "zod";
import type { AuthLevel, BodySignature } from "../trpc";

/**
 * An operation that is no procedure, since JSON cannot carry its request or its answer. Web's server has the
 * handler (`apps/web/src/server/raw/`); here stands what the reference and the conformance table say of it.
 */
export type RawOperation = {
  /** Names the handler: `contacts.export`. */
  id: string;
  method: "GET" | "POST" | "PUT" | "DELETE";
  /** Absolute: `/api/contacts/export`; pages may lie outside `/api`. */
  path: string;
  auth: AuthLevel;
  noun: string;
  summary: string;
  /** Success status, 200 unless set. */
  status?: 200 | 201 | 202 | 302;
  errors?: readonly (400 | 401 | 403 | 404 | 409 | 413 | 503)[];
  query?: z.ZodObject;
  request?: {
    contentType: "multipart/form-data" | "application/x-www-form-urlencoded" | "application/json";
    schema: z.ZodType;
  };
  response:
    | { contentType: "application/json"; schema: z.ZodType }
    | { contentType: "text/csv" | "text/html" | "text/plain" };
  /** How the sender of a body proves itself, for the samples. */
  signature?: BodySignature;
  /** Open to anyone with a link, and therefore under the tighter rate limit. */
  isPublicPage?: boolean;
};

const binary = z.string().meta({ format: "binary" });
const IMPORT_OPTIONS = { mapping: { Email: "email", Town: "city" }, dryRun: true };
const check = z.enum(["ok", "failed"]);

/** In the order of the reference. */
export const rawOperations: readonly RawOperation[] = [
  {
    id: "system.openapi",
    method: "GET",
    path: "/api/openapi.json",
    auth: "none",
    noun: "System",
    summary: "This reference as an OpenAPI 3.1 document",
    response: { contentType: "application/json", schema: z.looseObject({ openapi: z.string() }) },
  },
  {
    id: "system.health",
    method: "GET",
    path: "/api/health",
    auth: "none",
    noun: "System",
    summary: "Whether the process answers",
    response: { contentType: "application/json", schema: z.object({ status: z.literal("ok") }) },
  },
  {
    id: "system.ready",
    method: "GET",
    path: "/api/ready",
    auth: "none",
    noun: "System",
    summary: "Whether the database, its migrations and the jobs are ready",
    errors: [503],
    response: {
      contentType: "application/json",
      schema: z.object({
        status: z.literal("ready"),
        checks: z.object({ database: check, migrations: check, jobs: check }),
      }),
    },
  },
  {
    id: "gmail.connect",
    method: "GET",
    path: "/api/auth/gmail",
    auth: "session",
    noun: "Gmail OAuth",
    summary: "To Google's consent for reading your Gmail; apart from the sign-in",
    status: 302,
    errors: [403, 503],
    query: beginGmailConsentInput,
    response: { contentType: "text/plain" },
  },
  {
    id: "gmail.callback",
    method: "GET",
    path: "/api/auth/gmail/callback",
    auth: "session",
    noun: "Gmail OAuth",
    summary: "Where Google sends people back to; stores the connection, and leads to the page My email",
    status: 302,
    response: { contentType: "text/plain" },
  },
  {
    id: "contacts.export",
    method: "GET",
    path: "/api/contacts/export",
    auth: "viewer",
    noun: "Contacts",
    summary: "The list's filters as CSV",
    query: exportContactsInput,
    response: { contentType: "text/csv" },
  },
  {
    id: "imports.upload",
    method: "POST",
    path: "/api/contacts/import/uploads",
    auth: "member",
    noun: "Contacts",
    summary: "Upload a CSV or TSV file and see what it seems to be",
    status: 201,
    request: {
      contentType: "multipart/form-data",
      schema: z.object({ file: binary }).meta({ example: { file: "people.csv" } }),
    },
    response: { contentType: "application/json", schema: importUpload },
  },
  {
    id: "imports.file",
    method: "POST",
    path: "/api/contacts/import/file",
    auth: "member",
    noun: "Contacts",
    summary: "Import a file, or try it first (dryRun)",
    status: 202,
    request: {
      contentType: "multipart/form-data",
      schema: z
        .object({
          options: importFileOptions.describe("As JSON"),
          file: binary.optional().describe("Unless the options name an uploadId"),
        })
        .meta({ example: { options: IMPORT_OPTIONS, file: "people.csv" } }),
    },
    response: { contentType: "application/json", schema: importStarted },
  },
  {
    id: "imports.errors",
    method: "GET",
    path: "/api/contacts/import/{jobId}/errors",
    auth: "viewer",
    noun: "Contacts",
    summary: "What could not be read: line, column, value, error",
    response: { contentType: "text/csv" },
  },
  {
    id: "campaigns.export",
    method: "GET",
    path: "/api/campaigns/{id}/export",
    auth: "viewer",
    noun: "Campaigns",
    summary: "Everyone whom it was launched for, with what became of it, as CSV",
    errors: [404],
    response: { contentType: "text/csv" },
  },
  {
    id: "links.unsubscribePage",
    method: "GET",
    path: "/u/{token}",
    auth: "none",
    noun: "Links",
    summary: "The page behind a message's unsubscribe link; changes nothing",
    errors: [404],
    response: { contentType: "text/html" },
    isPublicPage: true,
  },
  {
    id: "links.unsubscribe",
    method: "POST",
    path: "/u/{token}",
    auth: "none",
    noun: "Links",
    summary: "Unsubscribe, by the page's button or by a mail program (RFC 8058)",
    errors: [404],
    response: { contentType: "text/html" },
    isPublicPage: true,
  },
  {
    id: "links.preferencesPage",
    method: "GET",
    path: "/preferences/{token}",
    auth: "none",
    noun: "Links",
    summary: "The page behind a message's preference link; changes nothing",
    errors: [404],
    response: { contentType: "text/html" },
    isPublicPage: true,
  },
  {
    id: "links.preferences",
    method: "POST",
    path: "/preferences/{token}",
    auth: "none",
    noun: "Links",
    summary: "Save what a person wants to hear about",
    errors: [404],
    request: {
      contentType: "application/x-www-form-urlencoded",
      schema: z
        .object({ category: z.array(z.string()).optional(), all: z.literal("no").optional() })
        .meta({ example: { all: "no" } }),
    },
    response: { contentType: "text/html" },
    isPublicPage: true,
  },
  {
    id: "supportTickets.unsubscribePage",
    method: "GET",
    path: "/api/support-tickets/unsubscribe",
    auth: "none",
    noun: "Support-tickets",
    summary: "The page behind the link in a mail about a ticket; changes nothing",
    errors: [400, 403],
    query: ticketLinkInput,
    response: { contentType: "text/html" },
    isPublicPage: true,
  },
  {
    id: "supportTickets.unsubscribeByLink",
    method: "POST",
    path: "/api/support-tickets/unsubscribe",
    auth: "none",
    noun: "Support-tickets",
    summary: "End the mail about a ticket, by the page's button or by a mail program (RFC 8058)",
    errors: [403],
    query: ticketLinkInput,
    response: { contentType: "text/html" },
    isPublicPage: true,
  },
];
