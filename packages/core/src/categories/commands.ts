import type { Category, CreateCategoryInput, UpdateCategoryInput } from "@hustings/contracts/categories";
import type { ById } from "@hustings/contracts/primitives";
import { inTransaction, isUniqueViolation, sql } from "@hustings/db/client";
import { recordChange } from "../audit/record-change";
import { refuseUnfinishedCampaigns } from "../campaigns/unfinished";
import type { WorkspaceContext } from "../context";
import { conflict, notFound } from "../errors";
import { toCategory } from "./mapper";

const nameIsTaken = (name: string) =>
  conflict("A category with this name already exists", [`name: "${name}" is taken`]);

/**
 * Makes a category in the caller's workspace. Nobody has said no to it yet, so its campaigns reach everyone.
 *
 * @throws DomainError `conflict` when the workspace has a category of this name, whatever its case.
 */
export async function createCategory(ctx: WorkspaceContext, input: CreateCategoryInput): Promise<Category> {
  try {
    return await inTransaction(ctx.db, async (tx) => {
      const row = await tx.category.create({ data: { ...input, workspaceId: ctx.workspaceId } });
      await recordChange(tx, ctx, {
        action: "categories.create",
        targetType: "category",
        targetId: row.id,
        details: { name: row.name },
      });
      return toCategory(row);
    });
  } catch (error) {
    throw isUniqueViolation(error) ? nameIsTaken(input.name) : error;
  }
}

/**
 * Renames or describes a category; what people said about it stays.
 *
 * @throws DomainError `not_found`, also for another workspace's category; `conflict` when the name is taken.
 */
export async function updateCategory(
  ctx: WorkspaceContext,
  { id, ...changes }: UpdateCategoryInput,
): Promise<Category> {
  try {
    return await inTransaction(ctx.db, async (tx) => {
      const [row] = await tx.category.updateManyAndReturn({
        where: { id, workspaceId: ctx.workspaceId },
        data: changes,
      });
      if (!row) throw notFound("Category");
      await recordChange(tx, ctx, {
        action: "categories.update",
        targetType: "category",
        targetId: id,
        details: changes,
      });
      return toCategory(row);
    });
  } catch (error) {
    throw isUniqueViolation(error) ? nameIsTaken(changes.name ?? "") : error;
  }
}

/**
 * Deletes a category, and with it what people said about it. Finished campaigns keep their statistics.
 *
 * @throws DomainError `not_found`, also for another workspace's category; `invalid` while an unfinished campaign is in
 * it, since without a category a campaign also reaches those who said no to it.
 */
export async function deleteCategory(ctx: WorkspaceContext, { id }: ById): Promise<void> {
  await inTransaction(ctx.db, async (tx) => {
    // Held, so that no campaign takes it up meanwhile.
    await tx.$queryRaw(sql`select 1 from categories where id = ${id}::uuid for update`);
    const where = { id, workspaceId: ctx.workspaceId };
    const known = await tx.category.findFirst({ where, select: { name: true } });
    if (!known) throw notFound("Category");
    await refuseUnfinishedCampaigns(
      tx,
      { categoryId: id },
      "Campaigns that are not finished are in this category. Choose another category for them first.",
    );
    await tx.category.deleteMany({ where });
    await recordChange(tx, ctx, { action: "categories.delete", targetType: "category", targetId: id, details: known });
  });
}
