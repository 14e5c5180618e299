import { newId } from "@hustings/db/ids";
import { createTestDatabase, type TestDatabase } from "@hustings/db/test-database";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { WorkspaceContext } from "../context";
import { createTestWorkspace } from "../testing/workspace";
import { getHomeOverview } from "./overview";

const DAY_MS = 86_400_000;

describe("the home overview", () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database.drop());

  /** Somebody who joined so many days ago: the id begins with that moment, as ids do. */
  async function join(ctx: WorkspaceContext, daysAgo: number): Promise<string> {
    const at = ctx.ports.now().getTime() - daysAgo * DAY_MS;
    const hex = at.toString(16).padStart(12, "0");
    const id = `${hex.slice(0, 8)}-${hex.slice(8)}${newId().slice(13)}`;
    const email = `${id}@example.org`;
    await ctx.db.contact.create({ data: { id, email, createdAt: new Date(at) } });
    await ctx.db.contactWorkspace.create({ data: { contactId: id, workspaceId: ctx.workspaceId } });
    return email;
  }

  it("counts who joined by day, in this workspace alone", async () => {
    const { ctx } = await createTestWorkspace(database);
    const { ctx: other } = await createTestWorkspace(database);
    for (const daysAgo of [0, 0, 1, 13, 20]) await join(ctx, daysAgo);
    await join(other, 0);
    const { joined } = await getHomeOverview(ctx);
    expect(joined).toHaveLength(14);
    expect(joined.at(-1)).toEqual({ day: ctx.ports.now().toISOString().slice(0, 10), count: 2 });
    expect(joined.map(({ count }) => count)).toEqual([1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2]);
  });

  it("counts the addresses lost this week that the workspace knows", async () => {
    const { ctx } = await createTestWorkspace(database);
    const [bounced, complained, older] = [await join(ctx, 3), await join(ctx, 3), await join(ctx, 3)];
    await database.prisma.suppression.createMany({
      data: [
        { email: bounced, reason: "hard_bounce" },
        { email: complained, reason: "complaint" },
        { email: older, reason: "complaint", createdAt: new Date(ctx.ports.now().getTime() - 8 * DAY_MS) },
        { email: "unknown@example.org", reason: "hard_bounce" },
      ],
    });
    expect((await getHomeOverview(ctx)).suppressed).toEqual({ bounced: 1, complained: 1 });
  });

  it("counts for a global admin the workspace's addresses too, not the installation's", async () => {
    const { ctx } = await createTestWorkspace(database, { installationRole: "admin" });
    await database.prisma.suppression.createMany({
      data: [
        { email: await join(ctx, 3), reason: "hard_bounce" },
        { email: "elsewhere@example.org", reason: "hard_bounce" },
      ],
    });
    expect(ctx.isGlobalAdmin).toBe(true);
    expect((await getHomeOverview(ctx)).suppressed).toEqual({ bounced: 1, complained: 0 });
  });
});
