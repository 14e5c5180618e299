import type { CreateInteractionInput, Interaction } from "@hustings/contracts/interactions";
import type { ById } from "@hustings/contracts/primitives";
import { inTransaction } from "@hustings/db/client";
import { recordChange } from "../audit/record-change";
import { holdContact } from "../contacts/queries";
import type { WorkspaceContext } from "../context";
import { notFound } from "../errors";
import { toInteraction } from "./mapper";

/**
 * Writes down what happened with a contact; `occurredAt` is now unless given. It belongs to this workspace alone.
 *
 * @throws DomainError `not_found`, also for another workspace's contact.
 */
export async function createInteraction(
  ctx: WorkspaceContext,
  { id: contactId, occurredAt, ...input }: CreateInteractionInput,
): Promise<Interaction> {
  return inTransaction(ctx.db, async (tx) => {
    await holdContact(ctx, tx, contactId);
    const data = {
      ...input,
      contactId,
      workspaceId: ctx.workspaceId,
      occurredAt: occurredAt ? new Date(occurredAt) : ctx.ports.now(),
    };
    const row = await tx.interaction.create({ data });
    const details = { type: row.type, contactId };
    await recordChange(tx, ctx, {
      action: "interactions.create",
      targetType: "interaction",
      targetId: row.id,
      details,
    });
    return toInteraction(row);
  });
}

/** @throws DomainError `not_found`, also for another workspace's interaction and for a campaign's email. */
export async function deleteInteraction(ctx: WorkspaceContext, { id }: ById): Promise<void> {
  await inTransaction(ctx.db, async (tx) => {
    const { count } = await tx.interaction.deleteMany({ where: { id, workspaceId: ctx.workspaceId } });
    if (count === 0) throw notFound("Interaction");
    await recordChange(tx, ctx, { action: "interactions.delete", targetType: "interaction", targetId: id });
  });
}
