import { newId } from "@hustings/db/ids";
import { createTestDatabase, type TestDatabase } from "@hustings/db/test-database";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { WorkspaceContext } from "../context";
import { createTestWorkspace } from "../testing/workspace";
import { countFilterAudience, countLacking } from "./audience";

describe("the audience of a filter", () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database.drop());

  async function add(ctx: WorkspaceContext, person: { email?: string; globallyUnsubscribed?: boolean }) {
    const { id } = await ctx.db.contact.create({ data: { id: newId(), firstName: "Ana", ...person } });
    await ctx.db.contactWorkspace.create({ data: { contactId: id, workspaceId: ctx.workspaceId } });
    return person.email ?? "";
  }
  const address = () => `${newId()}@example.org`;

  it("says who could be emailed, and of the others each one reason", async () => {
    const { ctx } = await createTestWorkspace(database);
    const { ctx: other } = await createTestWorkspace(database);
    const [hard, here, elsewhere] = [address(), address(), address()];
    for (const email of [hard, here, elsewhere]) await add(ctx, { email });
    await add(ctx, {});
    await add(ctx, { globallyUnsubscribed: true });
    await add(ctx, { email: address(), globallyUnsubscribed: true });
    await add(other, { email: address() });
    await database.prisma.suppression.createMany({
      data: [
        { email: hard, reason: "hard_bounce" },
        { email: here, reason: "manual", workspaceId: ctx.workspaceId },
        { email: elsewhere, reason: "manual", workspaceId: other.workspaceId },
      ],
    });
    expect(await countFilterAudience(ctx, { filter: { match: "all", conditions: [] } })).toEqual({
      matched: 6,
      recipients: 1,
      excluded: { noEmail: 2, unsubscribed: 1, category: 0, suppressed: 2, duplicate: 0 },
      suppressedBecause: { hard_bounce: 1, soft_bounces: 0, complaint: 0, manual: 1 },
    });
    const condition = { field: "email", operator: "eq" as const, value: hard };
    expect(await countFilterAudience(ctx, { filter: { match: "all", conditions: [condition] } })).toMatchObject({
      matched: 1,
      recipients: 0,
    });
  });

  it("refuses a filter that does not compile, naming the condition", async () => {
    const { ctx } = await createTestWorkspace(database);
    const condition = { field: "createdAt", operator: "after" as const, value: "soon" };
    await expect(countFilterAudience(ctx, { filter: { match: "all", conditions: [condition] } })).rejects.toMatchObject(
      {
        kind: "invalid",
        details: [expect.stringContaining("filter.conditions.0.value")],
      },
    );
  });

  it("counts who of a campaign's recipients has nothing under a field", async () => {
    const { ctx } = await createTestWorkspace(database);
    await add(ctx, { email: address() });
    const email = await add(ctx, { email: address() });
    await ctx.db.contact.update({ where: { email }, data: { lastName: "Novak" } });
    await add(ctx, { email: address(), globallyUnsubscribed: true });
    const everybody = { segmentId: null, categoryId: null };
    const counts = ["firstName", "lastName", "customFields.mp"].map((field) => countLacking(ctx, everybody, field));
    expect(await Promise.all(counts)).toEqual([0, 1, 2]);
    await expect(countLacking(ctx, everybody, "interaction.nothing")).rejects.toMatchObject({
      kind: "invalid",
      details: ["field: must name a field of people"],
    });
  });
});
