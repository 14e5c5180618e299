import type { Principal } from "@hustings/core/context";
import { createTestUser } from "@hustings/core/testing/workspace";
import { createTestDatabase, type TestDatabase } from "@hustings/db/test-database";
import { encode } from "next-auth/jwt";
import superjson from "superjson";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { createSide, type Side } from "./conformance/world";
import {
  type RunningServer,
  type ServerForTestsOptions,
  startServerForTests,
  TEST_SESSION_SECRET,
} from "./testing/start-server";

let database: TestDatabase;
let side: Side;
const running: RunningServer[] = [];
beforeAll(async () => {
  database = await createTestDatabase();
  side = await createSide(database);
});
afterEach(async () => {
  for (const server of running.splice(0)) await server.close();
});
afterAll(() => database.drop());

async function start(options?: ServerForTestsOptions): Promise<RunningServer> {
  const server = await startServerForTests(database, options);
  running.push(server);
  return server;
}

const APP = "http://localhost:3000";
const cookieOf = async (userId: string, since = 0) =>
  `next-auth.session-token=${await encode({ token: { sub: userId, since }, secret: TEST_SESSION_SECRET })}`;
const ownCookie = () => cookieOf((side.ctx.principal as Principal & { userId: string }).userId);

describe("every response", () => {
  it("has a request id and the security headers of its kind", async () => {
    const server = await start();
    const page = await server.send("GET", "/w/demo/contacts");
    expect(page.text).toBe("Next: /w/demo/contacts");
    expect(page.headers["content-security-policy"]).toContain("script-src 'self';");
    const api = await server.send("GET", "/api/health");
    expect(api.headers["content-security-policy"]).toContain("default-src 'none'");
    expect(api.headers["cache-control"]).toBe("no-store");
    for (const { headers } of [page, api, await server.send("GET", "/api/nothing")]) {
      expect(headers["x-request-id"]).toMatch(/^[0-9a-f-]{36}$/);
      expect(headers["x-content-type-options"]).toBe("nosniff");
      expect(headers["content-security-policy"]).toContain("frame-ancestors 'none'");
      expect(headers["strict-transport-security"]).toBeUndefined();
    }
    const behindTls = await start({ env: { APP_URL: "https://crm.example.org" } });
    expect((await behindTls.send("GET", "/")).headers["strict-transport-security"]).toContain("max-age=31536000");
  });

  it("is JSON on unknown paths of the API, and a page elsewhere", async () => {
    const server = await start();
    const unknown = await server.send("GET", "/api/nothing");
    expect([unknown.status, unknown.json()]).toEqual([404, { error: "Not found" }]);
    expect((await server.send("GET", "/api/auth/providers")).text).toBe("Next: /api/auth/providers");
    expect((await server.send("GET", "/api/auth/gmail/nothing")).status).toBe(404);
  });
});

describe("a session", () => {
  it("reads by its cookie, in the workspace chosen last", async () => {
    const server = await start();
    const me = await server.send("GET", "/api/me", { headers: { cookie: await ownCookie() } });
    expect(me.json()).toMatchObject({
      isGlobalAdmin: false,
      currentWorkspaceId: side.workspaceId,
      workspaces: [{ id: side.workspaceId, role: "admin" }],
    });
  });

  it("changes nothing without an Origin of our own, over REST and tRPC", async () => {
    const server = await start();
    const cookie = await ownCookie();
    const post = (headers: Record<string, string>) =>
      server.send("POST", "/api/tags", { body: { name: "by cookie" }, headers: { cookie, ...headers } });
    const foreign: Record<string, string>[] = [{}, { origin: "https://evil.example" }, { origin: "null" }];
    for (const headers of foreign)
      expect([
        await post(headers).then(({ status }) => status),
        await server
          .send("POST", "/api/trpc/tags.create", {
            body: superjson.serialize({ name: "by cookie" }),
            headers: { cookie, ...headers },
          })
          .then(({ status }) => status),
      ]).toEqual([403, 403]);
    expect(await database.prisma.tag.count({ where: { name: "by cookie" } })).toBe(0);
    expect((await post({ origin: APP })).status).toBe(201);
  });

  it("ends with the person's account, and shrinks with their role, at the next request", async () => {
    const server = await start();
    const { ctx, workspaceId } = await createSide(database);
    const userId = ctx.principal.userId as string;
    const send = async (method: string, body?: object, since = 0) => {
      const headers = { cookie: await cookieOf(userId, since), origin: APP };
      return (await server.send(method, "/api/tags", { body, headers })).status;
    };
    expect(await send("POST", { name: "one" })).toBe(201);
    await database.prisma.membership.update({
      where: { workspaceId_userId: { workspaceId, userId } },
      data: { role: "viewer" },
    });
    expect([await send("POST", { name: "two" }), await send("GET")]).toEqual([403, 200]);
    await database.prisma.membership.delete({ where: { workspaceId_userId: { workspaceId, userId } } });
    expect(await send("GET")).toBe(403);
    const admin = await createTestUser(database, "admin");
    const put = async (change: object) => {
      const headers = { cookie: await cookieOf(admin.id), origin: APP };
      expect((await server.send("PUT", `/api/users/${userId}`, { body: change, headers })).status).toBe(200);
    };
    await put({ role: "admin" });
    expect(await send("GET")).toBe(200);
    await put({ role: "member", isActive: false });
    expect(await send("GET")).toBe(401);
    // Active again, they sign in anew.
    await put({ role: "admin", isActive: true });
    expect([await send("GET"), await send("GET", undefined, Date.now() + 1)]).toEqual([401, 200]);
  });
});

describe("an API key", () => {
  it("decides alone: a session beside a bad key does not help, on no path", async () => {
    const server = await start();
    const headers = { cookie: await ownCookie(), authorization: "Bearer pai_bad" };
    for (const path of ["/api/me", "/api/health", "/api/nothing", "/api/trpc/session.me", "/api/sign-in-options"])
      expect((await server.send("GET", path, { headers })).status, path).toBe(401);
  });

  it("is dead once revoked, or once its creator is deactivated", async () => {
    const server = await start();
    const { keys, ctx } = await createSide(database);
    const get = async (key: string) => (await server.send("GET", "/api/tags", { key })).status;
    expect([await get(keys.admin), await get(keys.viewer)]).toEqual([200, 200]);
    await database.prisma.user.update({ where: { id: ctx.principal.userId as string }, data: { isActive: false } });
    expect(await get(keys.admin)).toBe(401);
    await database.prisma.apiKey.updateMany({ where: { workspaceId: ctx.workspaceId }, data: { isActive: false } });
    expect(await get(keys.viewer)).toBe(401);
  });

  it("records its use, at most once a minute", async () => {
    const server = await start();
    const { keys, workspaceId } = await createSide(database);
    const { id } = await database.prisma.apiKey.findFirstOrThrow({
      where: { workspaceId, keyPrefix: keys.admin.slice(0, 12) },
    });
    const lastUsedAt = async () => (await database.prisma.apiKey.findUniqueOrThrow({ where: { id } })).lastUsedAt;
    await database.prisma.apiKey.update({ where: { id }, data: { lastUsedAt: null } });
    await server.send("GET", "/api/tags", { key: keys.admin });
    await expect.poll(lastUsedAt).not.toBeNull();
    const first = await lastUsedAt();
    await server.send("GET", "/api/tags", { key: keys.admin });
    expect(await lastUsedAt()).toEqual(first);
  });
});

describe("without credentials", () => {
  const demo = { LOCAL_SIGN_IN: "1", ANONYMOUS_API: "local" };

  it("the demo workspace answers where ANONYMOUS_API=local allows it, and no other", async () => {
    const workspace = await database.prisma.workspace.create({ data: { name: "Demo", slug: "demo" } });
    const server = await start({ env: demo });
    expect((await server.send("POST", "/api/tags", { body: { name: "anonymous" } })).status).toBe(201);
    expect(await database.prisma.tag.count({ where: { workspaceId: workspace.id, name: "anonymous" } })).toBe(1);
    expect((await server.send("GET", "/api/tags", { headers: { "x-workspace-id": side.workspaceId } })).status).toBe(
      403,
    );
    expect((await server.send("GET", "/api/me")).status).toBe(401);
    const remote: Record<string, string>[] = [
      { "x-forwarded-for": "127.0.0.1" },
      { host: "evil.example" },
      { origin: "https://evil.example" },
    ];
    for (const headers of remote) expect((await server.send("GET", "/api/tags", { headers })).status).toBe(401);
  });

  it("nothing answers where it is off", async () => {
    const server = await start();
    expect((await server.send("GET", "/api/tags")).status).toBe(401);
  });

  it("the ways to sign in are told, with the people of the demo where local sign-in is on", async () => {
    const workspace = await database.prisma.workspace.findUniqueOrThrow({ where: { slug: "demo" } });
    const person = await database.prisma.user.create({ data: { email: "member@hustings.local", name: "Mira" } });
    await database.prisma.membership.create({ data: { workspaceId: workspace.id, userId: person.id, role: "member" } });
    const local = await start({ settings: { signIn: { isLocal: true, isGoogle: false } } });
    expect((await local.send("GET", "/api/sign-in-options")).json()).toEqual({
      contact: null,
      google: false,
      local: [{ email: "member@hustings.local", name: "Mira", role: "member" }],
      emailMode: "sandbox",
    });
    const hosted = await start({ settings: { signIn: { isLocal: false, isGoogle: true } } });
    expect((await hosted.send("GET", "/api/sign-in-options")).json()).toMatchObject({ google: true, local: [] });
  });
});
