import { createTestDatabase, type TestDatabase } from "@hustings/db/test-database";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTestWorkspace } from "../testing/workspace";
import { createCategory, deleteCategory, updateCategory } from "./commands";
import { listCategories } from "./queries";

describe("categories", () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database.drop());

  it("are listed newest first, in pages", async () => {
    const { ctx } = await createTestWorkspace(database);
    for (const name of ["A", "B", "C"]) await createCategory(ctx, { name });
    const page = await listCategories(ctx, { limit: 2, offset: 0 });
    expect([page.total, ...page.categories.map((category) => category.name)]).toEqual([3, "C", "B"]);
    expect((await listCategories(ctx, { limit: 2, offset: 2 })).categories.map((category) => category.name)).toEqual([
      "A",
    ]);
  });

  it("have names that are unique in the workspace, ignoring case", async () => {
    const { ctx } = await createTestWorkspace(database);
    const { ctx: other } = await createTestWorkspace(database);
    const news = await createCategory(ctx, { name: "News", description: "Weekly" });
    await expect(createCategory(ctx, { name: "NEWS" })).rejects.toMatchObject({ kind: "conflict" });
    const actions = await createCategory(ctx, { name: "Actions" });
    await expect(updateCategory(ctx, { id: actions.id, name: "news" })).rejects.toMatchObject({ kind: "conflict" });
    expect(await updateCategory(ctx, { id: news.id, name: "NEWS", description: null })).toMatchObject({
      name: "NEWS",
      description: null,
    });
    await createCategory(other, { name: "News" });
  });

  it("are another workspace's: not there to change or delete", async () => {
    const { ctx } = await createTestWorkspace(database);
    const { ctx: other } = await createTestWorkspace(database);
    const { id } = await createCategory(ctx, { name: "News" });
    await expect(updateCategory(other, { id, name: "x" })).rejects.toMatchObject({ kind: "not_found" });
    await expect(deleteCategory(other, { id })).rejects.toMatchObject({ kind: "not_found" });
    expect((await listCategories(ctx, { limit: 9, offset: 0 })).categories).toHaveLength(1);
  });

  it("stay while an unfinished campaign is in them, since without one it would reach those who said no", async () => {
    const { ctx } = await createTestWorkspace(database);
    const { id } = await createCategory(ctx, { name: "News" });
    const campaign = await ctx.db.campaign.create({
      data: { name: "Spring", subject: "s", body: "b", workspaceId: ctx.workspaceId, categoryId: id },
    });
    await expect(deleteCategory(ctx, { id })).rejects.toMatchObject({
      kind: "invalid",
      details: ['campaign "Spring": draft'],
    });
    await ctx.db.campaign.update({ where: { id: campaign.id }, data: { status: "cancelled" } });
    await deleteCategory(ctx, { id });
    await expect(deleteCategory(ctx, { id })).rejects.toMatchObject({ kind: "not_found" });
    expect(
      (await ctx.db.auditEntry.findMany({ where: { targetId: id }, orderBy: { id: "asc" } })).map(
        (entry) => entry.action,
      ),
    ).toEqual(["categories.create", "categories.delete"]);
  });
});
