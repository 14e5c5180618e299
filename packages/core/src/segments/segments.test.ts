import type { Filter } from "@hustings/contracts/filter";
import { newId } from "@hustings/db/ids";
import { createTestDatabase, type TestDatabase } from "@hustings/db/test-database";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { WorkspaceContext } from "../context";
import { createTestWorkspace, joinTestWorkspace } from "../testing/workspace";
import { createSegment, deleteSegment, updateSegment } from "./commands";
import { listFilterFields } from "./filter-menu";
import { countMatches, findSegmentProblem, matchSavedSegment } from "./match-segment";
import { previewSegment } from "./preview-segment";
import { getSegment, listSegments } from "./queries";

const range = { limit: 100, offset: 0 };
const everyone: Filter = { match: "all", conditions: [] };
const named = (firstName: string): Filter => ({
  match: "all",
  conditions: [{ field: "firstName", operator: "eq", value: firstName }],
});

describe("segments", () => {
  let database: TestDatabase;
  let global: WorkspaceContext;
  beforeAll(async () => {
    database = await createTestDatabase();
    global = (await createTestWorkspace(database, { global: true, installationRole: "admin" })).ctx;
  });
  afterAll(() => database.drop());

  const addPeople = async (ctx: WorkspaceContext, count: number, firstName = "Ana") => {
    const ids = Array.from({ length: count }, newId);
    await ctx.db.contact.createMany({ data: ids.map((id) => ({ id, firstName })) });
    await ctx.db.contactWorkspace.createMany({
      data: ids.map((contactId) => ({ contactId, workspaceId: ctx.workspaceId })),
    });
    return ids;
  };
  const adminOf = async (workspaceId: string) =>
    (await joinTestWorkspace(database, workspaceId, { installationRole: "admin", role: null })).ctx;

  it("saves, reads, changes and deletes one, with an audit entry each", async () => {
    const { ctx } = await createTestWorkspace(database);
    const made = await createSegment(ctx, { name: "Anas", filter: named("Ana") });
    expect(made).toMatchObject({ name: "Anas", description: null, filter: named("Ana"), crossWorkspace: false });
    expect(await getSegment(ctx, made)).toEqual(made);
    const changed = await updateSegment(ctx, { id: made.id, filter: named("Eva"), description: "d" });
    expect(changed).toMatchObject({ name: "Anas", filter: named("Eva"), description: "d" });
    expect(await updateSegment(ctx, { id: made.id, description: null })).toMatchObject({
      filter: named("Eva"),
      description: null,
    });
    await deleteSegment(ctx, made);
    await expect(getSegment(ctx, made)).rejects.toMatchObject({ kind: "not_found" });
    const audit = await ctx.db.auditEntry.findMany({ where: { targetId: made.id }, orderBy: { id: "asc" } });
    expect(audit.map((entry) => entry.action)).toEqual([
      "segments.create",
      "segments.update",
      "segments.update",
      "segments.delete",
    ]);
  });

  it("refuses a filter that does not compile, when made and when changed", async () => {
    const { ctx } = await createTestWorkspace(database);
    const filter: Filter = { match: "all", conditions: [{ field: "createdAt", operator: "after", value: "soon" }] };
    const refusal = { kind: "invalid", details: [expect.stringContaining("filter.conditions.0.value")] };
    await expect(createSegment(ctx, { name: "n", filter })).rejects.toMatchObject(refusal);
    const made = await createSegment(ctx, { name: "n", filter: everyone });
    await expect(updateSegment(ctx, { id: made.id, filter })).rejects.toMatchObject(refusal);
    await expect(previewSegment(ctx, { filter })).rejects.toMatchObject(refusal);
    expect(await listSegments(ctx, range)).toMatchObject({ total: 1, segments: [{ filter: everyone }] });
  });

  it("is another workspace's: not there to read, change, delete or use", async () => {
    const { ctx } = await createTestWorkspace(database);
    const { ctx: other } = await createTestWorkspace(database);
    const { id } = await createSegment(ctx, { name: "n", filter: everyone });
    await expect(getSegment(other, { id })).rejects.toMatchObject({ kind: "not_found" });
    await expect(updateSegment(other, { id, name: "x" })).rejects.toMatchObject({ kind: "not_found" });
    await expect(deleteSegment(other, { id })).rejects.toMatchObject({ kind: "not_found" });
    await expect(matchSavedSegment(other, id)).rejects.toMatchObject({
      kind: "invalid",
      details: ["segmentId: not found"],
    });
    expect(await listSegments(other, range)).toEqual({ segments: [], total: 0 });
    expect((await getSegment(ctx, { id })).name).toBe("n");
  });

  it("previews the exact count and the 50 newest, rare or common, of its workspace alone", async () => {
    const { ctx } = await createTestWorkspace(database);
    const { ctx: other } = await createTestWorkspace(database);
    await addPeople(other, 5, "Common");
    const rare = await addPeople(ctx, 60, "Rare");
    const common = await addPeople(ctx, 1_200, "Common");
    const preview = await previewSegment(ctx, { filter: named("rare") });
    expect(preview.count).toBe(60);
    expect(preview.contacts.map((contact) => contact.id)).toEqual(rare.reverse().slice(0, 50));
    expect(preview.contacts[0]).toEqual({ id: rare[0], email: null, first_name: "Rare", last_name: null });
    const many = await previewSegment(ctx, { filter: named("COMMON") });
    expect(many.count).toBe(1_200);
    expect(many.contacts.map((contact) => contact.id)).toEqual(common.reverse().slice(0, 50));
    // The contact list of the global workspace shows everybody; a segment there counts whom its campaigns reach.
    expect((await previewSegment(global, { filter: named("rare") })).count).toBe(0);
    expect((await previewSegment(global, { filter: named("rare"), crossWorkspace: true })).count).toBe(60);
    expect(await previewSegment(ctx, { filter: { match: "any", conditions: [] } })).toEqual({ count: 0, contacts: [] });
  });

  it("across workspaces matches everybody, for global admins alone", async () => {
    const { ctx } = await createTestWorkspace(database);
    const { ctx: other } = await createTestWorkspace(database);
    const name = `cross ${newId()}`;
    await addPeople(ctx, 2, name);
    await addPeople(other, 3, name);
    await expect(createSegment(ctx, { name: "n", filter: everyone, crossWorkspace: true })).rejects.toMatchObject({
      kind: "forbidden",
    });
    await expect(previewSegment(ctx, { filter: everyone, crossWorkspace: true })).rejects.toMatchObject({
      kind: "forbidden",
    });
    const admin = await adminOf(ctx.workspaceId);
    const { id } = await createSegment(admin, { name: "n", filter: named(name), crossWorkspace: true });
    expect(await countMatches(admin, { filter: named(name), crossWorkspace: true })).toBe(5);
    expect(await countMatches(admin, { filter: named(name) })).toBe(2);

    await expect(getSegment(ctx, { id })).rejects.toMatchObject({ kind: "not_found" });
    await expect(updateSegment(ctx, { id, crossWorkspace: false })).rejects.toMatchObject({ kind: "not_found" });
    await expect(deleteSegment(ctx, { id })).rejects.toMatchObject({ kind: "not_found" });
    expect((await listSegments(ctx, range)).total).toBe(0);
    await expect(getSegment(await adminOf(other.workspaceId), { id })).rejects.toMatchObject({ kind: "not_found" });
    expect((await getSegment(global, { id })).crossWorkspace).toBe(true);

    expect(await findSegmentProblem(global, id)).toBeNull();
    expect(await findSegmentProblem(admin, id)).toContain("is for campaigns of the global workspace");
    expect(await findSegmentProblem(ctx, id)).toBe("segmentId: not found");
  });

  it("across workspaces takes tags and fields where it was made, wherever it is looked at", async () => {
    const { ctx } = await createTestWorkspace(database);
    const { ctx: other } = await createTestWorkspace(database);
    const [here] = await addPeople(ctx, 1);
    const [there] = await addPeople(other, 1);
    for (const [scope, contactId] of [
      [ctx, here],
      [other, there],
    ] as const) {
      const tag = await scope.db.tag.create({ data: { name: "Across", workspaceId: scope.workspaceId } });
      await scope.db.contactTag.create({ data: { contactId: contactId ?? "", tagId: tag.id } });
      await scope.db.contact.update({
        where: { id: contactId ?? "" },
        data: { customFields: { [`${scope.workspaceId}:town`]: "Celje" } },
      });
    }
    const admin = await adminOf(ctx.workspaceId);
    const count = async (field: string, value: string) => {
      const filter: Filter = {
        match: "all",
        conditions: [{ field, operator: field === "tags" ? "has" : "eq", value }],
      };
      const { id } = await createSegment(admin, { name: field, filter, crossWorkspace: true });
      const rows = await global.db.$queryRaw<
        { id: string }[]
      >`select c.id from contacts c where ${await matchSavedSegment(global, id)}`;
      return rows.map((row) => row.id);
    };
    expect((await count("tags", "across")).sort()).toEqual([here, there].sort());
    expect(await count("town", "celje")).toEqual([here]);
  });

  it("is not deleted under an unfinished campaign, which would then be for everyone", async () => {
    const { ctx } = await createTestWorkspace(database);
    const segment = await createSegment(ctx, { name: "n", filter: everyone });
    const campaign = await ctx.db.campaign.create({
      data: { name: "Spring", subject: "s", body: "b", workspaceId: ctx.workspaceId, segmentId: segment.id },
    });
    for (const status of ["draft", "scheduled", "queued", "sending", "paused"] as const) {
      await ctx.db.campaign.update({ where: { id: campaign.id }, data: { status } });
      await expect(deleteSegment(ctx, segment)).rejects.toMatchObject({
        kind: "invalid",
        details: [`campaign "Spring": ${status}`],
      });
    }
    await ctx.db.campaign.update({ where: { id: campaign.id }, data: { status: "sent" } });
    await deleteSegment(ctx, segment);
    expect(await ctx.db.campaign.findUnique({ where: { id: campaign.id } })).toMatchObject({
      segmentId: null,
      status: "sent",
    });
  });

  it("offers the fields of the workspace, each condition of which compiles", async () => {
    const { ctx } = await createTestWorkspace(database);
    await ctx.db.fieldDefinition.createMany({
      data: [
        { name: "score", label: "Score", fieldType: "number", workspaceId: ctx.workspaceId },
        { name: "email", label: "Other email", fieldType: "email", workspaceId: ctx.workspaceId },
        { name: "plan", label: "Plan", fieldType: "select", options: ["a", "b"], workspaceId: ctx.workspaceId },
        { name: "secret", label: "Secret", fieldType: "text", scope: "global_internal" },
      ],
    });
    await ctx.db.tag.create({ data: { name: "VIP", workspaceId: ctx.workspaceId } });
    const menu = await listFilterFields(ctx);
    expect(menu.find((field) => field.label === "Other email")?.field).toBe("customFields.email");
    expect(menu.find((field) => field.field === "plan")?.options).toEqual([
      { value: "a", label: "a" },
      { value: "b", label: "b" },
    ]);
    expect(menu.find((field) => field.field === "tags")?.options).toEqual([
      { value: expect.any(String), label: "VIP" },
    ]);
    expect(menu.some((field) => field.field === "secret")).toBe(false);
    expect((await listFilterFields(await adminOf(ctx.workspaceId))).some((field) => field.field === "secret")).toBe(
      true,
    );
    const values: Record<string, unknown> = {
      number: 1,
      count: 1,
      date: "2024-01-01",
      boolean: true,
      happened: "-30d",
      campaign: "sent",
    };
    for (const { field, type, operators } of menu)
      for (const operator of operators) {
        const value = operator === "in" ? [values[type] ?? "x"] : (values[type] ?? "x");
        expect(
          await countMatches(ctx, { filter: { match: "all", conditions: [{ field, operator, value }] } as Filter }),
        ).toBe(0);
      }
  });
});
