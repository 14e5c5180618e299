import type { ById } from "@hustings/contracts/primitives";
import type { CreateTagInput, Tag, UpdateTagInput } from "@hustings/contracts/tags";
import { inTransaction, isUniqueViolation } from "@hustings/db/client";
import { recordChange } from "../audit/record-change";
import type { WorkspaceContext } from "../context";
import { conflict, notFound } from "../errors";
import { toTag } from "./mapper";

const nameIsTaken = (name: string) => conflict("A tag with this name already exists", [`name: "${name}" is taken`]);

/**
 * Makes a tag in the caller's workspace.
 *
 * @throws DomainError `conflict` when the workspace has a tag of this name, whatever its case.
 */
export async function createTag(ctx: WorkspaceContext, input: CreateTagInput): Promise<Tag> {
  try {
    return await inTransaction(ctx.db, async (tx) => {
      const row = await tx.tag.create({ data: { ...input, workspaceId: ctx.workspaceId } });
      await recordChange(tx, ctx, {
        action: "tags.create",
        targetType: "tag",
        targetId: row.id,
        details: { name: row.name },
      });
      return toTag(row);
    });
  } catch (error) {
    throw isUniqueViolation(error) ? nameIsTaken(input.name) : error;
  }
}

/**
 * Renames or recolours a tag.
 *
 * @throws DomainError `not_found`, also for another workspace's tag; `conflict` when the name is taken.
 */
export async function updateTag(ctx: WorkspaceContext, { id, ...changes }: UpdateTagInput): Promise<Tag> {
  try {
    return await inTransaction(ctx.db, async (tx) => {
      const [row] = await tx.tag.updateManyAndReturn({ where: { id, workspaceId: ctx.workspaceId }, data: changes });
      if (!row) throw notFound("Tag");
      await recordChange(tx, ctx, { action: "tags.update", targetType: "tag", targetId: id, details: changes });
      return toTag(row);
    });
  } catch (error) {
    throw isUniqueViolation(error) ? nameIsTaken(changes.name ?? "") : error;
  }
}

/**
 * Deletes a tag and takes it off every contact.
 *
 * @throws DomainError `not_found`, also for another workspace's tag.
 */
export async function deleteTag(ctx: WorkspaceContext, { id }: ById): Promise<void> {
  await inTransaction(ctx.db, async (tx) => {
    const { count } = await tx.tag.deleteMany({ where: { id, workspaceId: ctx.workspaceId } });
    if (count === 0) throw notFound("Tag");
    const links = await tx.contactTag.deleteMany({ where: { tagId: id } });
    await recordChange(tx, ctx, {
      action: "tags.delete",
      targetType: "tag",
      targetId: id,
      details: { contacts: links.count },
    });
  });
}
