import {
  automationApplicationList,
  automationDryRun,
  automationRule,
  automationRunList,
  automationRunResult,
  createAutomationInput,
  dryRunAutomationInput,
  listAutomationsInput,
  pageById,
  updateAutomationInput,
} from "@hustings/contracts/automations";
import { byId, success } from "@hustings/contracts/primitives";
import { createAutomation, deleteAutomation, updateAutomation } from "@hustings/core/automations/commands";
import { dryRunAutomation } from "@hustings/core/automations/dry-run";
import {
  getAutomation,
  listAutomations,
  listContactApplications,
  listRuleApplications,
  listRuns,
} from "@hustings/core/automations/queries";
import { runAutomation } from "@hustings/core/automations/run-automation";
import { z } from "zod";
import { workspaceProcedure } from "../procedures";
import { setRangeHeaders } from "../range-headers";
import { router } from "../trpc";

const tags = ["Automations"];

export const automationsRouter = router({
  list: workspaceProcedure("admin")
    .meta({ openapi: { method: "GET", path: "/automations", tags, summary: "List all automation rules" } })
    .input(listAutomationsInput)
    .output(z.array(automationRule))
    .query(async ({ ctx, input }) => {
      const { rules, total } = await listAutomations(ctx.workspace, input);
      setRangeHeaders(ctx, total);
      return rules;
    }),

  create: workspaceProcedure("admin")
    .meta({
      openapi: { method: "POST", path: "/automations", tags, summary: "Create an automation rule" },
      rest: { status: 201 },
    })
    .input(createAutomationInput)
    .output(automationRule)
    .mutation(({ ctx, input }) => createAutomation(ctx.workspace, input)),

  dryRun: workspaceProcedure("admin")
    .meta({
      openapi: {
        method: "POST",
        path: "/automations/dry-run",
        tags,
        summary: "Whom a rule would change now, and how; changes nothing",
      },
    })
    .input(dryRunAutomationInput)
    .output(automationDryRun)
    .mutation(({ ctx, input }) => dryRunAutomation(ctx.workspace, input)),

  get: workspaceProcedure("admin")
    .meta({
      openapi: { method: "GET", path: "/automations/{id}", tags, summary: "Get a single automation rule" },
      rest: { errors: [404] },
    })
    .input(byId)
    .output(automationRule)
    .query(({ ctx, input }) => getAutomation(ctx.workspace, input)),

  update: workspaceProcedure("admin")
    .meta({
      openapi: { method: "PUT", path: "/automations/{id}", tags, summary: "Update an automation rule" },
      rest: { errors: [404] },
    })
    .input(updateAutomationInput)
    .output(automationRule)
    .mutation(({ ctx, input }) => updateAutomation(ctx.workspace, input)),

  delete: workspaceProcedure("admin")
    .meta({
      openapi: { method: "DELETE", path: "/automations/{id}", tags, summary: "Delete an automation rule" },
      rest: { errors: [404] },
    })
    .input(byId)
    .output(success)
    .mutation(async ({ ctx, input }) => {
      await deleteAutomation(ctx.workspace, input);
      return { success: true as const };
    }),

  run: workspaceProcedure("admin")
    .meta({
      openapi: { method: "POST", path: "/automations/{id}/run", tags, summary: "Execute an automation rule now" },
      rest: { errors: [404] },
    })
    .input(byId)
    .output(automationRunResult)
    .mutation(({ ctx, input }) => runAutomation(ctx.workspace, input)),

  runs: workspaceProcedure("admin")
    .meta({
      openapi: { method: "GET", path: "/automations/{id}/runs", tags, summary: "List a rule's runs by hand" },
      rest: { errors: [404] },
    })
    .input(pageById)
    .output(automationRunList)
    .query(({ ctx, input }) => listRuns(ctx.workspace, input)),

  applications: workspaceProcedure("admin")
    .meta({
      openapi: {
        method: "GET",
        path: "/automations/{id}/applications",
        tags,
        summary: "List what a rule did, to whom and because of what",
      },
      rest: { errors: [404] },
    })
    .input(pageById)
    .output(automationApplicationList)
    .query(({ ctx, input }) => listRuleApplications(ctx.workspace, input)),

  ofContact: workspaceProcedure("viewer")
    .meta({
      openapi: {
        method: "GET",
        path: "/contacts/{id}/automations",
        tags,
        summary: "List what automation rules did to a contact",
      },
      rest: { errors: [404] },
    })
    .input(pageById)
    .output(automationApplicationList)
    .query(({ ctx, input }) => listContactApplications(ctx.workspace, input)),
});
