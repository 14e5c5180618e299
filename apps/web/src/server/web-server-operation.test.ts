import { connect } from "node:net";
import type { Principal } from "@hustings/core/context";
import { createTag } from "@hustings/core/tags/commands";
import { createDatabase } from "@hustings/db/client";
import { createTestDatabase, type TestDatabase } from "@hustings/db/test-database";
import { createLogger } from "@hustings/logger/logger";
import { encode } from "next-auth/jwt";
import superjson from "superjson";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { createSide, type Side } from "./conformance/world";
import { openBreakableLine } from "./testing/breakable-line";
import { sendRequest } from "./testing/send-request";
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

const _APP = "http://localhost:3000";
const cookieOf = async (userId: string) =>
  `next-auth.session-token=${await encode({ token: { sub: userId }, secret: TEST_SESSION_SECRET })}`;
const ownCookie = () => cookieOf((side.ctx.principal as Principal & { userId: string }).userId);

describe("limits", () => {
  it("count per key and per address, and say when to come back", async () => {
    const server = await start({ env: { RATE_LIMIT_PER_SECOND: "2", RATE_LIMIT_BURST: "5" } });
    const statuses = async (key?: string) =>
      Promise.all(Array.from({ length: 8 }, () => server.send("GET", "/api/health", key ? { key } : {})));
    const limited = (await statuses()).filter(({ status }) => status === 429);
    expect(limited.length).toBe(3);
    expect(limited[0]?.headers["retry-after"]).toBe("1");
    expect(limited[0]?.json()).toEqual({ error: "Too many requests" });
    expect((await statuses(side.keys.admin)).filter(({ status }) => status === 200).length).toBe(5);
  });

  it("count bad keys by address, so that guessing does not pay", async () => {
    const server = await start({ env: { RATE_LIMIT_PER_SECOND: "2", RATE_LIMIT_BURST: "5" } });
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, index) =>
        server.send("GET", "/api/health", { key: `pai_${String(index).padStart(43, "0")}` }),
      ),
    );
    expect(answers.filter(({ status }) => status === 401).length).toBe(5);
    expect(answers.filter(({ status }) => status === 429).length).toBe(7);
  });
});

describe("tRPC", () => {
  it("calls the same procedures, batched, and masks and shapes its failures", async () => {
    const server = await start();
    await createTag(side.ctx, { name: "over tRPC" });
    const batch = await server.send("GET", "/api/trpc/tags.list,session.me?batch=1", { key: side.keys.viewer });
    expect(batch.json<unknown[]>()).toHaveLength(2);
    expect(batch.text).toContain("over tRPC");
    const input = encodeURIComponent(JSON.stringify(superjson.serialize({ limit: 0 })));
    const wrong = await server.send("GET", `/api/trpc/tags.list?input=${input}`, { key: side.keys.viewer });
    expect(wrong.status).toBe(400);
    expect(wrong.json()).toMatchObject({
      error: {
        json: {
          data: { code: "BAD_REQUEST", error: "Validation failed", details: [expect.stringMatching(/^limit: /)] },
        },
      },
    });
    expect(wrong.text).not.toContain("stack");
  });

  it("refuses large batches, large bodies from nobody, and NUL", async () => {
    const server = await start();
    const names = Array.from({ length: 30 }, () => "tags.list").join(",");
    expect((await server.send("GET", `/api/trpc/${names}?batch=1`, { key: side.keys.viewer })).status).toBe(400);
    const post = (body: object, key?: string) =>
      server.send("POST", "/api/trpc/tags.create", { body, ...(key ? { key } : {}) });
    expect((await post(superjson.serialize({ name: "a\u0000b" }), side.keys.member)).status).toBe(400);
    expect((await post(superjson.serialize({ name: "x".repeat(100_000) }))).status).toBeGreaterThanOrEqual(401);
  });

  it("fails in the shape that its client reads, also before any procedure", async () => {
    const server = await start();
    const answer = await server.send("GET", "/api/trpc/session.me", { key: "pai_bad" });
    expect(answer.json()).toMatchObject({ error: { json: { data: { code: "UNAUTHORIZED", httpStatus: 401 } } } });
  });
});

describe("operation", () => {
  it("readiness names what is missing", async () => {
    await database.prisma.workerHeartbeat.deleteMany();
    const server = await start({ listPendingMigrations: async () => ["20990101_later"] });
    const answer = await server.send("GET", "/api/ready");
    expect(answer.status).toBe(503);
    expect(answer.json()).toEqual({
      error: "Not ready",
      details: ["migrations: not applied: 20990101_later", "jobs: no worker has been seen for 30 s"],
      checks: { database: "ok", migrations: "failed", jobs: "failed" },
    });
    expect((await server.send("GET", "/api/health")).status).toBe(200);
  });

  it("the database going away gives 503 and a waiting time, health stays, and its return is all it takes", async () => {
    const line = await openBreakableLine(database.url);
    const distant = createDatabase(line.url);
    const server = await startServerForTests(distant);
    running.push(server);
    const ask = () => server.send("GET", "/api/tags", { key: side.keys.admin });
    expect((await ask()).status).toBe(200);
    await line.cut();
    for (let request = 0; request < 3; request++) {
      const answer = await ask();
      expect([answer.status, answer.headers["retry-after"]]).toEqual([503, "5"]);
    }
    expect((await server.send("GET", "/api/health")).status).toBe(200);
    expect((await server.send("GET", "/api/ready")).json()).toMatchObject({ checks: { database: "failed" } });
    await line.mend();
    expect((await ask()).status).toBe(200);
    expect((await server.send("GET", "/api/ready")).json()).toMatchObject({ checks: { database: "ok" } });
    await distant.close();
    await line.cut();
  });

  it("metrics are for this machine, or for whoever has the token", async () => {
    const server = await start();
    await server.send("GET", "/api/health");
    const metrics = await server.send("GET", "/metrics");
    expect(metrics.text).toContain(
      'http_request_duration_seconds_count{route="/api/health",method="GET",status="200"} 1',
    );
    expect((await server.send("GET", "/metrics", { headers: { "x-forwarded-for": "1.2.3.4" } })).status).toBe(403);
    const token = "3f9b1c7de2a845608d7c1e0fb29a6d54";
    const guarded = await start({ env: { METRICS_TOKEN: token } });
    expect((await guarded.send("GET", "/metrics")).status).toBe(403);
    expect((await guarded.send("GET", "/metrics", { headers: { authorization: `Bearer ${token}` } })).status).toBe(200);
  });

  it("the log has a line per request, without query, key or cookie", async () => {
    const lines: string[] = [];
    const logger = createLogger({
      name: "test",
      level: "info",
      pretty: false,
      destination: { write: (line: string) => void lines.push(line) },
    });
    const server = await start({ logger });
    const answer = await server.send("GET", "/api/tags?search=ada@example.org", {
      key: side.keys.admin,
      headers: { cookie: await ownCookie() },
    });
    await expect.poll(() => lines.length).toBe(1);
    expect(JSON.parse(lines[0] as string)).toMatchObject({
      msg: "request",
      route: "/api/tags",
      status: 200,
      requestId: answer.headers["x-request-id"],
    });
    for (const secret of [side.keys.admin, "ada@example.org", "session-token"]) expect(lines[0]).not.toContain(secret);
  });

  it("draining lets a running request end and takes no new one", async () => {
    const server = await startServerForTests(database);
    const body = JSON.stringify({ name: "while draining" });
    const socket = connect(Number(new URL(server.url).port), "127.0.0.1");
    let received = "";
    socket.on("data", (chunk) => {
      received += chunk.toString();
    });
    const ended = new Promise((resolve) => socket.once("end", resolve));
    socket.write(
      `POST /api/tags HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${side.keys.admin}\r\nContent-Length: ${body.length}\r\n\r\n${body.slice(0, 5)}`,
    );
    await expect
      .poll(() => server.send("GET", "/metrics").then(({ text }) => text))
      .toContain("http_requests_in_flight 2");
    const closed = server.close();
    await expect(
      sendRequest(Number(new URL(server.url).port), "GET", "/api/health", { headers: { connection: "close" } }),
    ).rejects.toThrow();
    socket.write(body.slice(5));
    await Promise.all([ended, closed]);
    expect(received).toMatch(/^HTTP\/1\.1 201/);
  });
});
