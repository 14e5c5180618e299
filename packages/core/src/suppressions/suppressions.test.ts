import { newId } from "@hustings/db/ids";
import { createTestDatabase, type TestDatabase } from "@hustings/db/test-database";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { WorkspaceContext } from "../context";
import { createTestWorkspace, joinTestWorkspace } from "../testing/workspace";
import { createSuppression, deleteSuppression } from "./commands";
import { listSuppressions } from "./queries";

const everything = { limit: 1_000, offset: 0 };

describe("suppressions", () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database.drop());

  const bounce = async (email: string) =>
    database.prisma.suppression.create({ data: { email, reason: "hard_bounce" } });
  const know = async (ctx: WorkspaceContext, email: string) => {
    const { id } = await ctx.db.contact.create({ data: { id: newId(), email } });
    await ctx.db.contactWorkspace.create({ data: { contactId: id, workspaceId: ctx.workspaceId } });
  };
  const emailsOf = async (ctx: WorkspaceContext) =>
    (await listSuppressions(ctx, everything)).suppressions.map((each) => each.email);

  it("by hand hold for their workspace alone, once", async () => {
    const { ctx } = await createTestWorkspace(database);
    const { ctx: other } = await createTestWorkspace(database);
    const made = await createSuppression(ctx, { email: "by-hand@example.org" });
    expect(made).toMatchObject({ email: "by-hand@example.org", reason: "manual", workspaceId: ctx.workspaceId });
    await expect(createSuppression(ctx, { email: "by-hand@example.org" })).rejects.toMatchObject({ kind: "conflict" });
    await createSuppression(other, { email: "by-hand@example.org" });
    await expect(deleteSuppression(other, made)).rejects.toMatchObject({ kind: "not_found" });
    await deleteSuppression(ctx, made);
    expect(await emailsOf(ctx)).toEqual([]);
    expect(await emailsOf(other)).toEqual(["by-hand@example.org"]);
    const entry = await ctx.db.auditEntry.findFirst({ where: { targetId: made.id, action: "suppressions.delete" } });
    expect(JSON.stringify(entry)).not.toContain("by-hand@example.org");
  });

  it("of the installation are shown where the address is known, and to global admins", async () => {
    const { ctx } = await createTestWorkspace(database);
    const { ctx: other } = await createTestWorkspace(database);
    const { ctx: admin } = await joinTestWorkspace(database, ctx.workspaceId, {
      installationRole: "admin",
      role: null,
    });
    await know(ctx, "known@example.org");
    await know(other, "elsewhere@example.org");
    const known = await bounce("known@example.org");
    const elsewhere = await bounce("elsewhere@example.org");
    expect(await emailsOf(ctx)).toEqual(["known@example.org"]);
    expect(await emailsOf(other)).toEqual(["elsewhere@example.org"]);
    expect(await emailsOf(admin)).toEqual(expect.arrayContaining(["known@example.org", "elsewhere@example.org"]));
    await expect(deleteSuppression(ctx, known)).rejects.toMatchObject({ kind: "forbidden" });
    await expect(deleteSuppression(ctx, elsewhere)).rejects.toMatchObject({ kind: "not_found" });
  });

  it("of the installation are lifted by a global admin, with the soft bounces that led there", async () => {
    const { ctx } = await createTestWorkspace(database, { installationRole: "admin" });
    const { id } = await bounce("lifted@example.org");
    await ctx.db.softBounce.create({ data: { email: "lifted@example.org", count: 3, lastAt: new Date() } });
    await deleteSuppression(ctx, { id });
    expect(await ctx.db.suppression.count({ where: { email: "lifted@example.org" } })).toBe(0);
    expect(await ctx.db.softBounce.count({ where: { email: "lifted@example.org" } })).toBe(0);
  });

  it("are found by a part of the address, which is literal, newest first and in pages", async () => {
    const { ctx } = await createTestWorkspace(database);
    for (const email of ["a_b@example.org", "axb@example.org", "c%d@example.org"])
      await createSuppression(ctx, { email });
    const found = async (search: string) =>
      (await listSuppressions(ctx, { ...everything, search })).suppressions.map((each) => each.email);
    expect(await found("A_B")).toEqual(["a_b@example.org"]);
    expect(await found("%")).toEqual(["c%d@example.org"]);
    expect(await found("example")).toEqual(["c%d@example.org", "axb@example.org", "a_b@example.org"]);
    expect(await listSuppressions(ctx, { limit: 1, offset: 7 })).toEqual({ suppressions: [], total: 3 });
  });
});
