import { connect } from "node:net";
import { createTestDatabase, type TestDatabase } from "@hustings/db/test-database";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type RunningServer, startServerForTests } from "./testing/start-server";

let database: TestDatabase;
let server: RunningServer;
beforeAll(async () => {
  database = await createTestDatabase();
  server = await startServerForTests(database);
});
afterAll(async () => {
  await server.close();
  await database.drop();
});

/** Writes bytes as they are, and reads until the server ends the connection. */
function exchange(bytes: string): Promise<{ status: number; headers: string; body: string }> {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(new URL(server.url).port), "127.0.0.1", () => socket.write(bytes));
    const chunks: Buffer[] = [];
    socket.on("data", (chunk) => chunks.push(chunk));
    socket.on("error", reject);
    socket.on("close", () => {
      const [head = "", ...rest] = Buffer.concat(chunks).toString("utf8").split("\r\n\r\n");
      resolve({ status: Number(head.split(" ")[1]), headers: head.toLowerCase(), body: rest.join("\r\n\r\n") });
    });
  });
}

const HEAD = "Host: localhost\r\nContent-Type: application/json\r\n";

describe("a request that is no request", () => {
  it.each([
    ["two lengths", `POST /api/tags HTTP/1.1\r\n${HEAD}Content-Length: 1\r\nContent-Length: 2\r\n\r\n{}`, 400],
    [
      "a length and chunks",
      `POST /api/tags HTTP/1.1\r\n${HEAD}Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
      400,
    ],
    ["an unknown encoding", `POST /api/tags HTTP/1.1\r\n${HEAD}Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n`, 400],
    ["a negative length", `POST /api/tags HTTP/1.1\r\n${HEAD}Content-Length: -1\r\n\r\n`, 400],
    ["no host", "GET /api/health HTTP/1.1\r\nConnection: close\r\n\r\n", 400],
    ["no HTTP at all", "hello\r\n\r\n", 405],
    ["an unknown verb", `BREW /api/tags HTTP/1.1\r\n${HEAD}\r\n`, 405],
    ["endless headers", `GET /api/health HTTP/1.1\r\n${HEAD}X-Long: ${"x".repeat(20_000)}\r\n\r\n`, 431],
  ])("is refused like any other: %s", async (_, bytes, status) => {
    const answer = await exchange(bytes);
    expect([answer.status, Object.keys(JSON.parse(answer.body))]).toEqual([status, ["error"]]);
    expect(answer.headers).toMatch(/\r\nx-request-id: [0-9a-f-]{36}\r\n/);
    expect(answer.headers.includes("\r\nallow: ")).toBe(status === 405);
  });

  it("gets one answer, also where it turns bad in the middle", async () => {
    const answer = await exchange(
      `POST /api/tags HTTP/1.1\r\n${HEAD}Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\nzz\r\n`,
    );
    expect(answer.status).toBe(401);
    expect(Object.keys(JSON.parse(answer.body))).toEqual(["error"]);
  });

  it("is answered whatever it expects", async () => {
    const answer = await exchange(`GET /api/health HTTP/1.1\r\n${HEAD}Expect: tea\r\nConnection: close\r\n\r\n`);
    expect([answer.status, JSON.parse(answer.body)]).toEqual([200, { status: "ok" }]);
  });
});
