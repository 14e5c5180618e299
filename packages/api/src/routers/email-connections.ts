import {
  emailConnection,
  emailConnectionSetup,
  gmailContactList,
  importedGmailContacts,
  importGmailContactsInput,
  listGmailContactsInput,
  syncQueued,
  updateEmailConnectionInput,
} from "@hustings/contracts/email-connections";
import { byId, range, success } from "@hustings/contracts/primitives";
import {
  deleteEmailConnection,
  refreshEmailConnection,
  updateEmailConnection,
} from "@hustings/core/email-connections/commands";
import { importGmailContacts } from "@hustings/core/email-connections/import-contacts";
import { getEmailSetup, listEmailConnections, listGmailContacts } from "@hustings/core/email-connections/queries";
import { z } from "zod";
import { sessionProcedure, workspaceProcedure } from "../procedures";
import { setRangeHeaders } from "../range-headers";
import { router } from "../trpc";

const tags = ["Email Connections"];

/** Everybody sees their own alone. */
export const emailConnectionsRouter = router({
  /** For the dashboard alone. */
  setup: sessionProcedure.output(emailConnectionSetup).query(({ ctx }) => getEmailSetup(ctx.session)),

  list: sessionProcedure
    .meta({ openapi: { method: "GET", path: "/email-connections", tags, summary: "List your email connections" } })
    .input(range)
    .output(z.array(emailConnection))
    .query(async ({ ctx, input }) => {
      const { connections, total } = await listEmailConnections(ctx.session, input);
      setRangeHeaders(ctx, total);
      return connections;
    }),

  delete: sessionProcedure
    .meta({
      openapi: {
        method: "DELETE",
        path: "/email-connections/{id}",
        tags,
        summary: "Disconnect an account: the access is given back to Google, what was read of the mailbox is deleted",
      },
      rest: { errors: [403, 404] },
    })
    .input(byId)
    .output(success)
    .mutation(async ({ ctx, input }) => {
      await deleteEmailConnection(ctx.session, input);
      return { success: true as const };
    }),

  update: sessionProcedure
    .meta({
      openapi: {
        method: "PUT",
        path: "/email-connections/{id}/settings",
        tags,
        summary: "Change what an account adds to timelines by default",
      },
      rest: { errors: [403, 404] },
    })
    .input(updateEmailConnectionInput)
    .output(emailConnection)
    .mutation(({ ctx, input }) => updateEmailConnection(ctx.session, input)),

  contacts: sessionProcedure
    .meta({
      openapi: {
        method: "GET",
        path: "/email-connections/{id}/contacts",
        tags,
        summary: "List the people met in a mailbox, matched with the contacts of the active workspace",
      },
      rest: { errors: [403, 404] },
    })
    .input(listGmailContactsInput)
    .output(gmailContactList)
    .query(({ ctx, input }) => listGmailContacts(ctx.session, ctx.headers["x-workspace-id"], input)),

  importContacts: workspaceProcedure("member")
    .meta({
      openapi: {
        method: "POST",
        path: "/email-connections/{id}/contacts/import",
        tags,
        summary: "Make contacts of the active workspace out of people met in a mailbox",
      },
      rest: { errors: [404] },
    })
    .input(importGmailContactsInput)
    .output(importedGmailContacts)
    .mutation(({ ctx, input }) => importGmailContacts(ctx.workspace, input)),

  refresh: sessionProcedure
    .meta({
      openapi: {
        method: "POST",
        path: "/email-connections/{id}/refresh",
        tags,
        summary: "Read what is new in a mailbox, by a job",
      },
      rest: { errors: [403, 404, 503] },
    })
    .input(byId)
    .output(syncQueued)
    .mutation(async ({ ctx, input }) => {
      await refreshEmailConnection(ctx.session, input);
      return { queued: true as const };
    }),
});
