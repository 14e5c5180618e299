import { z } from "zod";
import { pageInput, pageOutput, utcDateTime, uuid } from "./primitives";

/** Who did what, and when. Never changed. */
export const auditEntry = z
  .object({
    id: uuid,
    actorKind: z.string(),
    actorId: z.string().nullable(),
    actorName: z.string(),
    action: z.string(),
    targetType: z.string(),
    targetId: z.string().nullable(),
    details: z.record(z.string(), z.unknown()),
    createdAt: utcDateTime,
  })
  .meta({ id: "AuditEntry" });
export type AuditEntry = z.infer<typeof auditEntry>;
export const listAuditInput = z.strictObject({
  targetType: z.string().max(50).optional(),
  targetId: z.string().max(50).optional(),
  scriptRunId: uuid.optional().describe("What one run of a script has done"),
  ...pageInput,
});
export type ListAuditInput = z.infer<typeof listAuditInput>;
export const auditList = z.object({ entries: z.array(auditEntry), ...pageOutput });
