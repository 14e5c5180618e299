import { createTestDatabase, type TestDatabase } from "@hustings/db/test-database";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { listCampaigns } from "../campaigns/queries";
import type { CoreContext } from "../context";
import { createSandboxTransport } from "../sandbox/sandbox-transport";
import { countMatches } from "../segments/match-segment";
import { listSegments } from "../segments/queries";
import { testCoreContext } from "../testing/workspace";
import { openWorkspaceAsSystem } from "../workspaces/access";
import { setUpInstallation } from "./set-up-installation";

describe("setUpInstallation", () => {
  let database: TestDatabase;
  let core: CoreContext;
  beforeEach(async () => {
    database = await createTestDatabase();
    core = testCoreContext(database);
    core = { ...core, ports: { ...core.ports, mail: createSandboxTransport(database.prisma) } };
  });
  afterEach(() => database.drop());

  it("makes the global workspace, once", async () => {
    expect(await setUpInstallation(core, { withDemo: false })).toEqual({
      isGlobalWorkspaceMade: true,
      isDemoMade: false,
    });
    expect(await setUpInstallation(core, { withDemo: false })).toEqual({
      isGlobalWorkspaceMade: false,
      isDemoMade: false,
    });
    expect(await database.prisma.workspace.findMany()).toMatchObject([{ slug: "global", isGlobal: true }]);
    expect(await database.prisma.user.count()).toBe(0);
  });

  it("fills an empty database with a demo, so that no screen is bare; two at once make one", async () => {
    const results = await Promise.all([1, 2].map(() => setUpInstallation(core, { withDemo: true })));
    expect(results.map((result) => result.isDemoMade).sort()).toEqual([false, true]);
    const demo = await database.prisma.workspace.findUniqueOrThrow({ where: { slug: "demo" } });
    const ctx = await openWorkspaceAsSystem(core, demo.id, "test");
    const users = await database.prisma.user.findMany({ include: { memberships: true }, orderBy: { id: "asc" } });
    expect(users.map((user) => [user.email, user.role, user.memberships.map((each) => each.role)])).toEqual([
      ["admin@hustings.local", "admin", ["admin"]],
      ["member@hustings.local", "member", ["member"]],
      ["viewer@hustings.local", "member", ["viewer"]],
    ]);
    const people = await database.prisma.contact.findMany();
    expect(people).toHaveLength(40);
    for (const { email, workspaceIds } of people) {
      expect(email ?? "nobody.atall@post.example").toMatch(/^[a-z]+\.[a-z]+@(post|mail|letters)\.example$/);
      expect(workspaceIds).toEqual([demo.id]);
    }
    expect(await database.prisma.interaction.count()).toBeGreaterThan(60);
    const tickets = await database.prisma.ticket.findMany({ include: { votes: true } });
    expect(tickets.map(({ upvoteCount, votes }) => upvoteCount - votes.length)).toEqual([0, 0]);
    const { segments } = await listSegments(ctx, { limit: 10, offset: 0 });
    expect(await countMatches(ctx, segments[0] ?? { filter: { match: "any", conditions: [] } })).toBeGreaterThan(3);
  });

  it("shows a campaign that went out and was read, whose numbers add up", async () => {
    await setUpInstallation(core, { withDemo: true });
    const demo = await database.prisma.workspace.findUniqueOrThrow({ where: { slug: "demo" } });
    const { campaigns } = await listCampaigns(await openWorkspaceAsSystem(core, demo.id, "test"), {
      limit: 10,
      offset: 0,
    });
    expect(campaigns.map((campaign) => campaign.status)).toEqual(["draft", "sent"]);
    const stats = await database.prisma.campaignStats.findFirstOrThrow();
    expect(stats.recipients).toBe(stats.sent + stats.skipped + stats.failed + stats.unknown);
    expect(stats.failed + stats.unknown).toBe(0);
    for (const count of [stats.delivered, stats.opened, stats.clicked, stats.bounced, stats.unsubscribed])
      expect(count).toBeGreaterThan(0);
    const mails = await database.prisma.sandboxEmail.findMany();
    expect(mails).toHaveLength(stats.sent);
    expect(new Set(mails.map((mail) => mail.status))).toEqual(
      new Set(["delivered", "opened", "clicked", "bounced", "unsubscribed"]),
    );
  });

  it("leaves a database alone that somebody uses", async () => {
    await database.prisma.user.create({ data: { email: "somebody@example.org", name: "Somebody" } });
    expect(await setUpInstallation(core, { withDemo: true })).toEqual({
      isGlobalWorkspaceMade: true,
      isDemoMade: false,
    });
    expect(await database.prisma.contact.count()).toBe(0);
  });
});
