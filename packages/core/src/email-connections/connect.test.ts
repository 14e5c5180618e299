import { createTestDatabase, type TestDatabase } from "@hustings/db/test-database";
import { drawConsentSecrets } from "@hustings/google/oauth";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Mishap } from "../../../../tooling/fakes/google/dial";
import type { PrincipalContext } from "../context";
import { type MailboxWorld, openMailboxWorld, withGmail } from "../testing/mailbox";
import { createTestWorkspace } from "../testing/workspace";
import { updateEmailConnection } from "./commands";
import { beginConsent, finishConsent } from "./connect";
import { listEmailConnections } from "./queries";

let database: TestDatabase;
let world: MailboxWorld;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());
beforeEach(async () => {
  world = await openMailboxWorld(database);
});
afterEach(() => world.fake.close());

const range = { limit: 10, offset: 0 };
const list = async (ctx: PrincipalContext = world.ctx) => (await listEmailConnections(ctx, range)).connections;

/** Begins a consent and answers it at Google. */
async function answered(ctx = world.ctx) {
  const { url, sealed } = await beginConsent(ctx, {});
  const back = new URL(world.fake.consent(url)).searchParams;
  return { state: back.get("state"), code: back.get("code"), error: null, sealed };
}

describe("connecting a Gmail account", () => {
  it("stores it for its owner alone, with its tokens sealed, and asks for the first sync", async () => {
    expect(await world.connect()).toBe("connected");
    expect(await list()).toMatchObject([
      {
        provider: "gmail",
        email: "me@org.example",
        status: "connected",
        syncInteractions: true,
        interactionsVisible: false,
        workspaceId: world.ctx.workspaceId,
        syncState: "queued",
        isFirstSync: true,
        lastError: null,
      },
    ]);
    expect(await list((await createTestWorkspace(database)).ctx)).toEqual([]);
    const row = await world.connection();
    const [refreshToken = ""] = world.fake.grants.refreshTokens.keys();
    const [accessToken = ""] = world.fake.grants.accessTokens.keys();
    const written = JSON.stringify([row, await database.prisma.auditEntry.findMany({ where: { targetId: row.id } })]);
    for (const secret of [refreshToken, accessToken, "4/"]) expect(written).not.toContain(secret);
    expect(JSON.stringify(await list())).not.toContain(row.refreshToken);
    expect(await database.prisma.outboxEvent.findMany({ where: { name: "email/sync.requested" } })).toMatchObject([
      { data: { connectionId: row.id } },
    ]);
  });

  it("again keeps what was chosen and read, under the new access", async () => {
    await world.connect();
    const before = await world.connection();
    await updateEmailConnection(world.ctx, { id: before.id, interactionsVisible: true });
    await world.ctx.db.emailConnection.update({ where: { id: before.id }, data: { status: "needs_reconnect" } });
    expect(await world.connect()).toBe("connected");
    const after = await world.connection();
    expect(after).toMatchObject({ id: before.id, interactionsVisible: true, status: "connected" });
    expect(after.refreshToken).not.toBe(before.refreshToken);
  });

  it("counts once: the same way back a second time is told, and stores nothing", async () => {
    const back = await answered();
    expect(await finishConsent(world.ctx, back)).toBe("connected");
    await database.prisma.emailConnection.deleteMany();
    expect(await finishConsent(world.ctx, back)).toBe("used");
    expect(await list()).toEqual([]);
  });

  it("refuses a state of nobody, of another consent and of another person, and a consent of long ago", async () => {
    const back = await answered();
    const other = withGmail((await createTestWorkspace(database)).ctx, world.fake);
    const later = { ...world.ctx, ports: { ...world.ctx.ports, now: () => new Date(Date.now() + 11 * 60_000) } };
    expect(await finishConsent(world.ctx, { ...back, sealed: undefined })).toBe("wrong_state");
    expect(await finishConsent(world.ctx, { ...back, sealed: `${back.sealed}x` })).toBe("wrong_state");
    expect(await finishConsent(world.ctx, { ...back, state: null })).toBe("wrong_state");
    expect(await finishConsent(world.ctx, { ...back, state: drawConsentSecrets().state })).toBe("wrong_state");
    expect(await finishConsent(other, back)).toBe("wrong_state");
    expect(await finishConsent(later, back)).toBe("expired");
    expect([await list(), await list(other)]).toEqual([[], []]);
    expect(world.fake.calls.filter(({ path }) => path === "/token")).toEqual([]);
  });

  it("takes a no for a no, and gives back what was granted without the box for reading", async () => {
    expect(await world.connect("deny")).toBe("denied");
    expect(await world.connect("untick")).toBe("no_permission");
    expect(world.fake.grants.refreshTokens.size).toBe(0);
    const back = await answered();
    expect(await finishConsent(world.ctx, { ...back, code: null, error: "server_error" })).toBe("failed");
    expect(await list()).toEqual([]);
  });

  it.each<[Mishap, RegExp]>([
    ["broken", /token/],
    ["garbage", /token/],
    ["empty", /token/],
    ["slow", /token/],
    ["reset", /token/],
    ["limited", /profile/],
    ["unauthorized", /profile/],
    ["garbage", /profile/],
  ])("stores nothing when Google is %s at %s", async (mishap, path) => {
    world.fake.dial.push({ mishap, path, times: 1 });
    // Nobody waits for the slow one.
    const ctx = mishap === "slow" ? withGmail(world.ctx, world.fake, 100) : world.ctx;
    expect(await world.connect("allow", ctx)).toBe("failed");
    expect(await list()).toEqual([]);
    // What was granted does not stay granted.
    if (path.test("profile")) expect(world.fake.grants.refreshTokens.size).toBe(0);
  });

  it("says so where Gmail is not set up", async () => {
    const { gmail: _, ...ports } = world.ctx.ports;
    const ctx = { ...world.ctx, ports };
    await expect(beginConsent(ctx, {})).rejects.toMatchObject({ kind: "unavailable" });
    expect(await finishConsent(ctx, await answered())).toBe("not_configured");
  });
});
