import { byId } from "@hustings/contracts/primitives";
import { scriptManual } from "@hustings/contracts/script-manual";
import {
  byScriptRun,
  checkScriptInput,
  createScriptInput,
  listScriptRunsInput,
  listScriptsInput,
  runScriptInput,
  script,
  scriptCheck,
  scriptDeleted,
  scriptRun,
  scriptService,
  updateScriptInput,
} from "@hustings/contracts/scripts";
import { checkScript } from "@hustings/core/scripts/check-script";
import { createScript, deleteScript, updateScript } from "@hustings/core/scripts/commands";
import { getScriptService } from "@hustings/core/scripts/get-script-service";
import { getScript, getScriptRun, listScriptRuns, listScripts } from "@hustings/core/scripts/queries";
import { runScriptByHand, stopScriptRun } from "@hustings/core/scripts/start-run";
import { z } from "zod";
import { workspaceProcedure } from "../procedures";
import { setRangeHeaders } from "../range-headers";
import { getScriptManual } from "../scripts/manual";
import { router } from "../trpc";

const tags = ["Scripts"];

export const scriptsRouter = router({
  list: workspaceProcedure("admin")
    .meta({ openapi: { method: "GET", path: "/scripts", tags, summary: "List all scripts" } })
    .input(listScriptsInput)
    .output(z.array(script))
    .query(async ({ ctx, input }) => {
      const { scripts, total } = await listScripts(ctx.workspace, input);
      setRangeHeaders(ctx, total);
      return scripts;
    }),

  create: workspaceProcedure("admin")
    .meta({
      openapi: { method: "POST", path: "/scripts", tags, summary: "Create a script" },
      rest: { status: 201 },
    })
    .input(createScriptInput)
    .output(script)
    .mutation(({ ctx, input }) => createScript(ctx.workspace, input)),

  /** For the editor: what a script may use, and scripts to start from. */
  manual: workspaceProcedure("admin")
    .input(z.strictObject({}))
    .output(scriptManual)
    .query(() => getScriptManual()),

  /** For the editor, while somebody types; a mutation, since code is too long for an address. */
  check: workspaceProcedure("admin")
    .input(checkScriptInput)
    .output(scriptCheck)
    .mutation(({ ctx, input }) => checkScript(ctx.workspace, input)),

  /** For the screens: whether scripts run here at all, behind what, and how far. */
  service: workspaceProcedure("admin")
    .input(z.strictObject({}))
    .output(scriptService.nullable())
    .query(({ ctx }) => getScriptService(ctx.workspace)),

  get: workspaceProcedure("admin")
    .meta({
      openapi: { method: "GET", path: "/scripts/{id}", tags, summary: "Get a single script" },
      rest: { errors: [404] },
    })
    .input(byId)
    .output(script)
    .query(({ ctx, input }) => getScript(ctx.workspace, input)),

  update: workspaceProcedure("admin")
    .meta({
      openapi: {
        method: "PUT",
        path: "/scripts/{id}",
        tags,
        summary: "Update a script; it has the rights of whoever does from then on",
      },
      rest: { errors: [404] },
    })
    .input(updateScriptInput)
    .output(script)
    .mutation(({ ctx, input }) => updateScript(ctx.workspace, input)),

  delete: workspaceProcedure("admin")
    .meta({
      openapi: { method: "DELETE", path: "/scripts/{id}", tags, summary: "Delete a script with its history" },
      rest: { errors: [404] },
    })
    .input(byId)
    .output(scriptDeleted)
    .mutation(async ({ ctx, input }) => {
      await deleteScript(ctx.workspace, input);
      return { ok: true as const };
    }),

  run: workspaceProcedure("admin")
    .meta({
      openapi: {
        method: "POST",
        path: "/scripts/{id}/run",
        tags,
        summary: "Execute a script manually, and wait for its end; a script that fails is a run that failed",
      },
      rest: { errors: [404] },
    })
    .input(runScriptInput)
    .output(scriptRun)
    .mutation(({ ctx, input }) => runScriptByHand(ctx.workspace, input)),

  runs: workspaceProcedure("admin")
    .meta({
      openapi: { method: "GET", path: "/scripts/{id}/runs", tags, summary: "Get run history for a script" },
      rest: { errors: [404] },
    })
    .input(listScriptRunsInput)
    .output(z.array(scriptRun))
    .query(async ({ ctx, input }) => {
      const { runs, total } = await listScriptRuns(ctx.workspace, input);
      setRangeHeaders(ctx, total);
      return runs;
    }),

  getRun: workspaceProcedure("admin")
    .meta({
      openapi: {
        method: "GET",
        path: "/scripts/{id}/runs/{runId}",
        tags,
        summary: "Get a single run with its whole log, also while it runs",
      },
      rest: { errors: [404] },
    })
    .input(byScriptRun)
    .output(scriptRun)
    .query(({ ctx, input }) => getScriptRun(ctx.workspace, input)),

  stopRun: workspaceProcedure("admin")
    .meta({
      openapi: {
        method: "POST",
        path: "/scripts/{id}/runs/{runId}/stop",
        tags,
        summary: "Stop a run within a second; what it has done stays done",
      },
      rest: { errors: [400, 404] },
    })
    .input(byScriptRun)
    .output(scriptRun)
    .mutation(({ ctx, input }) => stopScriptRun(ctx.workspace, input)),
});
