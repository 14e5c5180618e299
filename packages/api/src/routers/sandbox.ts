import { byId } from "@hustings/contracts/primitives";
import {
  affectedCount,
  clearSandboxInput,
  deletedCount,
  listSandboxEmailsInput,
  rawMessage,
  sandboxEmail,
  sandboxEmailList,
  sandboxStatus,
  simulateBulkInput,
  simulateInput,
} from "@hustings/contracts/sandbox";
import { clearSandbox } from "@hustings/core/sandbox/clear-sandbox";
import { getSandboxEmail, listSandboxEmails } from "@hustings/core/sandbox/queries";
import { getRawMessage } from "@hustings/core/sandbox/raw-message";
import { simulateBulk, simulateEvent } from "@hustings/core/sandbox/simulate";
import { z } from "zod";
import { publicProcedure, workspaceProcedure } from "../procedures";
import { router } from "../trpc";

const tags = ["Sandbox"];
const errors = [404] as const;

export const sandboxRouter = router({
  status: publicProcedure
    .meta({ openapi: { method: "GET", path: "/sandbox/status", tags, summary: "Check the current email mode" } })
    .input(z.strictObject({}))
    .output(sandboxStatus)
    .query(({ ctx }) => ({ mode: ctx.core.settings.emailMode })),

  list: workspaceProcedure("admin")
    .meta({
      openapi: { method: "GET", path: "/sandbox/emails", tags, summary: "List caught emails, newest first" },
      rest: { errors },
    })
    .input(listSandboxEmailsInput)
    .output(sandboxEmailList)
    .query(({ ctx, input }) => listSandboxEmails(ctx.workspace, input)),

  get: workspaceProcedure("admin")
    .meta({
      openapi: { method: "GET", path: "/sandbox/emails/{id}", tags, summary: "Get one caught email with its bodies" },
      rest: { errors },
    })
    .input(byId)
    .output(sandboxEmail)
    .query(({ ctx, input }) => getSandboxEmail(ctx.workspace, input.id)),

  raw: workspaceProcedure("admin")
    .meta({
      openapi: {
        method: "GET",
        path: "/sandbox/emails/{id}/raw",
        tags,
        summary: "The message as it would go over the wire",
      },
      rest: { errors },
    })
    .input(byId)
    .output(rawMessage)
    .query(({ ctx, input }) => getRawMessage(ctx.workspace, input.id)),

  simulate: workspaceProcedure("admin")
    .meta({
      openapi: { method: "POST", path: "/sandbox/emails/{id}/simulate", tags, summary: "Simulate a recipient's event" },
      rest: { errors },
    })
    .input(simulateInput)
    .output(sandboxEmail)
    .mutation(({ ctx, input }) => simulateEvent(ctx.workspace, input)),

  simulateBulk: workspaceProcedure("admin")
    .meta({
      openapi: {
        method: "POST",
        path: "/sandbox/emails/simulate-bulk",
        tags,
        summary: "Simulate an event on every matching email",
      },
      rest: { errors },
    })
    .input(simulateBulkInput)
    .output(affectedCount)
    .mutation(async ({ ctx, input }) => ({ affected: await simulateBulk(ctx.workspace, input) })),

  clear: workspaceProcedure("admin")
    .meta({
      openapi: { method: "DELETE", path: "/sandbox/emails", tags, summary: "Delete caught emails" },
      rest: { errors },
    })
    .input(clearSandboxInput)
    .output(deletedCount)
    .mutation(async ({ ctx, input }) => ({ deleted: await clearSandbox(ctx.workspace, input) })),
});
