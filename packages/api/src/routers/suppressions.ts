import { byId, success } from "@hustings/contracts/primitives";
import { createSuppressionInput, listSuppressionsInput, suppression } from "@hustings/contracts/suppressions";
import { createSuppression, deleteSuppression } from "@hustings/core/suppressions/commands";
import { listSuppressions } from "@hustings/core/suppressions/queries";
import { z } from "zod";
import { workspaceProcedure } from "../procedures";
import { setRangeHeaders } from "../range-headers";
import { router } from "../trpc";

const tags = ["Suppressions"];

export const suppressionsRouter = router({
  list: workspaceProcedure("admin")
    .meta({ openapi: { method: "GET", path: "/suppressions", tags, summary: "List addresses that are never mailed" } })
    .input(listSuppressionsInput)
    .output(z.array(suppression))
    .query(async ({ ctx, input }) => {
      const { suppressions, total } = await listSuppressions(ctx.workspace, input);
      setRangeHeaders(ctx, total);
      return suppressions;
    }),

  create: workspaceProcedure("admin")
    .meta({
      openapi: { method: "POST", path: "/suppressions", tags, summary: "Never mail an address from this workspace" },
      rest: { status: 201, errors: [409], reasons: { 409: "suppressed already" } },
    })
    .input(createSuppressionInput)
    .output(suppression)
    .mutation(({ ctx, input }) => createSuppression(ctx.workspace, input)),

  delete: workspaceProcedure("admin")
    .meta({
      openapi: { method: "DELETE", path: "/suppressions/{id}", tags, summary: "Lift a suppression" },
      rest: { errors: [404] },
    })
    .input(byId)
    .output(success)
    .mutation(async ({ ctx, input }) => {
      await deleteSuppression(ctx.workspace, input);
      return { success: true as const };
    }),
});
