import type { Filter } from "@hustings/contracts/filter";
import { newId } from "@hustings/db/ids";
import { createTestDatabase, type TestDatabase } from "@hustings/db/test-database";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { WorkspaceContext } from "../context";
import { createTestWorkspace } from "../testing/workspace";
import { createSegment } from "./commands";
import { listContactSegments } from "./contact-segments";

const named = (firstName: string): Filter => ({
  match: "all",
  conditions: [{ field: "firstName", operator: "eq", value: firstName }],
});

describe("the segments of a contact", () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database.drop());

  const addAna = async (ctx: WorkspaceContext) => {
    const { id } = await ctx.db.contact.create({ data: { id: newId(), firstName: "Ana" } });
    await ctx.db.contactWorkspace.create({ data: { contactId: id, workspaceId: ctx.workspaceId } });
    return id;
  };

  it("are those of the workspace that match right now, by name", async () => {
    const { ctx } = await createTestWorkspace(database);
    const { ctx: other } = await createTestWorkspace(database);
    const id = await addAna(ctx);
    expect(await listContactSegments(ctx, { id })).toEqual([]);
    await createSegment(ctx, { name: "Everybody", filter: { match: "all", conditions: [] } });
    await createSegment(ctx, { name: "Anas", filter: named("ana") });
    await createSegment(ctx, { name: "Evas", filter: named("Eva") });
    await createSegment(other, { name: "Theirs", filter: named("Ana") });
    expect((await listContactSegments(ctx, { id })).map(({ name }) => name)).toEqual(["Anas", "Everybody"]);
    await expect(listContactSegments(other, { id })).rejects.toMatchObject({ kind: "not_found" });
  });

  it("leave out a segment whose filter does not compile any more", async () => {
    const { ctx } = await createTestWorkspace(database);
    const id = await addAna(ctx);
    const broken = { match: "all", conditions: [{ field: "createdAt", operator: "after", value: "soon" }] };
    await ctx.db.segment.create({
      data: { id: newId(), workspaceId: ctx.workspaceId, name: "Broken", filter: broken },
    });
    await createSegment(ctx, { name: "Anas", filter: named("Ana") });
    expect((await listContactSegments(ctx, { id })).map(({ name }) => name)).toEqual(["Anas"]);
  });
});
