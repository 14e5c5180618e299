import type { ById } from "@hustings/contracts/primitives";
import type { CreateSuppressionInput, Suppression } from "@hustings/contracts/suppressions";
import { inTransaction, isUniqueViolation } from "@hustings/db/client";
import type { SuppressionModel } from "@hustings/db/types";
import { recordChange } from "../audit/record-change";
import type { WorkspaceContext } from "../context";
import { conflict, DomainError, notFound } from "../errors";
import { toSuppression } from "./mapper";
import { visibleSuppressions } from "./queries";

/**
 * Suppresses an address by hand, in the caller's workspace: no campaign of it mails the address any more. The address
 * need not be a contact's.
 *
 * @throws DomainError `conflict` when it is suppressed in this workspace already.
 */
export async function createSuppression(ctx: WorkspaceContext, input: CreateSuppressionInput): Promise<Suppression> {
  try {
    return await inTransaction(ctx.db, async (tx) => {
      const row = await tx.suppression.create({
        data: { email: input.email, reason: "manual", workspaceId: ctx.workspaceId },
      });
      await recordChange(tx, ctx, {
        action: "suppressions.create",
        targetType: "suppression",
        targetId: row.id,
        details: { reason: row.reason },
      });
      return toSuppression(row);
    });
  } catch (error) {
    if (isUniqueViolation(error))
      throw conflict("This address is already suppressed", ["email: is already suppressed"]);
    throw error;
  }
}

/**
 * Lifts a suppression. One of the installation (bounces, complaints) holds for every workspace, so global admins alone
 * lift it, and the address begins anew: its soft bounces are forgotten.
 *
 * @throws DomainError `not_found`, also for one that the caller may not see; `forbidden` for one of the installation.
 */
export async function deleteSuppression(ctx: WorkspaceContext, { id }: ById): Promise<void> {
  await inTransaction(ctx.db, async (tx) => {
    const [row] = await tx.$queryRaw<SuppressionModel[]>`
      select s.id, s.email, s.reason, s.workspace_id as "workspaceId", s.created_at as "createdAt"
      from suppressions s where s.id = ${id}::uuid and ${visibleSuppressions(ctx)} for update of s`;
    if (!row) throw notFound("Suppression");
    if (row.workspaceId === null && !ctx.isGlobalAdmin)
      throw new DomainError(
        "forbidden",
        "Bounces and complaints hold for the whole installation: a global admin can lift them",
      );
    await tx.suppression.delete({ where: { id } });
    if (row.workspaceId === null) await tx.softBounce.deleteMany({ where: { email: row.email } });
    await recordChange(tx, ctx, {
      action: "suppressions.delete",
      targetType: "suppression",
      targetId: id,
      details: { reason: row.reason },
    });
  });
}
