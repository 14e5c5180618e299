import { auditList, listAuditInput } from "@hustings/contracts/audit";
import { listAudit } from "@hustings/core/audit/queries";
import { workspaceProcedure } from "../procedures";
import { router } from "../trpc";

export const auditRouter = router({
  list: workspaceProcedure("admin")
    .meta({ openapi: { method: "GET", path: "/audit", tags: ["Audit"], summary: "Who did what, newest first" } })
    .input(listAuditInput)
    .output(auditList)
    .query(({ ctx, input }) => listAudit(ctx.workspace, input)),
});
