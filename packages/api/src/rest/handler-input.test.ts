import { request } from "node:http";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { ID, testRouter } from "./test-router";
import { startTestServer, type TestServer } from "./test-server";

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer(testRouter, { maxTotalBodyBytes: 24 * 1024 * 1024 });
});
afterAll(() => server.close());

describe("queries", () => {
  const got = async (query: string) =>
    ((await server.send("GET", `/api/things?${query}`)).json() as { got: unknown }).got;

  it("reads numbers, booleans, dates and arrays by the schema", async () => {
    expect(await got(`page=3&isOpen=false&ids=${ID},${ID}&since=2026-01-01T00:00:00Z&search=%20a%20`)).toEqual({
      page: 3,
      isOpen: false,
      ids: [ID, ID],
      since: "2026-01-01T00:00:00.000Z",
      search: "a",
    });
    expect(await got(`ids=${ID}&ids=${ID}&isOpen=1&sort=name&unknown=x`)).toEqual({
      page: 1,
      isOpen: true,
      ids: [ID, ID],
      sort: "name",
    });
    expect(await got(`ids=${ID}`)).toEqual({ page: 1, ids: [ID] });
  });

  it("names every value that does not fit", async () => {
    const answer = await server.send("GET", "/api/things?page=two&isOpen=maybe&ids=1&sort=x");
    expect(answer.status).toBe(400);
    const { error, details } = answer.json() as { error: string; details: string[] };
    expect(error).toBe("Validation failed");
    expect(details.map((detail) => detail.split(":")[0])).toEqual(["page", "isOpen", "ids.0", "sort"]);
  });

  it("refuses a value given twice, bytes that are no UTF-8, and NUL", async () => {
    for (const query of ["page=1&page=2", "search=%ff", "search=%00"])
      expect((await server.send("GET", `/api/things?${query}`)).status, query).toBe(400);
  });

  it("leaves the contracts as they are: tRPC still refuses a number in words", async () => {
    await got("page=3&isOpen=true");
    const caller = testRouter.createCaller({
      core: { logger: { error: () => undefined } },
      out: { headers: {} },
    } as never);
    await expect(caller.list({ page: "3" as unknown as number })).rejects.toMatchObject({ code: "BAD_REQUEST" });
  });
});

describe("bodies", () => {
  const post = (body: string | Buffer, headers: Record<string, string> = { "content-type": "application/json" }) =>
    server.send("POST", "/api/things", { body, headers });

  it("takes an empty POST for an empty object", async () => {
    expect((await server.send("POST", `/api/things/${ID}/run`)).json()).toEqual({ queued: true });
    expect((await server.send("POST", "/api/ping")).json()).toEqual({ ok: true });
  });

  it("names unknown properties and repeated path parameters, with everything else that is wrong", async () => {
    const unknown = await server.send("POST", "/api/things", { body: { name: "", workspaceId: ID, id: ID } });
    expect(unknown.status).toBe(400);
    expect((unknown.json() as { details: string[] }).details.map((detail) => detail.split(":")[0])).toEqual([
      "name",
      "workspaceId",
      "id",
    ]);
    const repeated = await server.send("DELETE", `/api/things/${ID}/parts`, { body: { id: ID, count: "one" } });
    expect((repeated.json() as { details: string[] }).details).toEqual([
      "id: unknown property",
      expect.stringMatching(/^count: /),
    ]);
    expect((await server.send("POST", "/api/ping", { body: { role: "admin" } })).json()).toEqual({
      error: "Validation failed",
      details: ["role: unknown property"],
    });
  });

  it("reads the body of a DELETE, falsy values included, and its query where there is no body", async () => {
    const remove = async (path: string, body?: object) =>
      (await server.send("DELETE", `/api/things/${ID}/parts${path}`, body ? { body } : {})).json();
    expect(await remove("", { count: 0, all: false })).toEqual({ got: { id: ID, count: 0, all: false } });
    expect(await remove("?count=0")).toEqual({ got: { id: ID, count: 0 } });
  });

  it.each([
    ["malformed", "{", 400],
    ["an array", "[]", 400],
    ["null", "null", 400],
    ["not UTF-8", Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]), 400],
    ["with a NUL", '{"name":"a\\u0000b"}', 400],
    ["with half a surrogate pair", '{"name":"\\ud800"}', 400],
    ["with __proto__", '{"name":"x","__proto__":{"admin":true}}', 400],
    ["with __proto__ further down", '{"name":"x","custom":{"__proto__":"y"}}', 400],
    ["of a million names", JSON.stringify(Object.fromEntries(Array.from({ length: 20_001 }, (_, n) => [n, n]))), 400],
    ["nested without end", `{"name":"x","custom":${'{"a":'.repeat(5000)}1${"}".repeat(5000)}}`, 400],
    ["nested beyond the parser", `{"name":${"[".repeat(200_000)}${"]".repeat(200_000)}}`, 400],
    ["with a byte order mark", '\ufeff{"name":"x"}', 201],
  ])("%s", async (_, body, status) => {
    const answer = await post(body);
    expect(answer.status).toBe(status);
    if (status === 400) expect(answer.json()).toHaveProperty("error");
  });

  it("answers 415 to what is not declared as JSON in UTF-8", async () => {
    for (const type of [
      "application/x-www-form-urlencoded",
      "text/plain",
      "application/json; charset=latin1",
      "multipart/form-data; boundary=x",
    ])
      expect((await post('{"name":"x"}', { "content-type": type })).status, type).toBe(415);
    expect(
      (await post('{"name":"x"}', { "content-type": "application/json", "content-encoding": "gzip" })).status,
    ).toBe(415);
    for (const type of ["application/json; charset=UTF-8", "application/merge-patch+json"])
      expect((await post('{"name":"x"}', { "content-type": type })).status, type).toBe(201);
  });

  it("answers 413 to a body over its limit, announced or not, and goes on", async () => {
    const large = Buffer.alloc(21 * 1024 * 1024, " ");
    expect((await post(large)).status).toBe(413);
    expect((await post(large, { "content-type": "application/json", "transfer-encoding": "chunked" })).status).toBe(
      413,
    );
    expect((await server.send("POST", "/api/webhooks/x", { body: Buffer.alloc(1025) })).status).toBe(413);
    expect((await post('{"name":"x"}')).status).toBe(201);
  });

  it("answers 503 when all bodies together would take too much memory, and forgets them afterwards", async () => {
    const large = Buffer.alloc(15 * 1024 * 1024, " ");
    const unfinished = request({
      // A connection of its own: one kept from before may have been closed by the server meanwhile.
      agent: false,
      host: "127.0.0.1",
      port: server.port,
      method: "POST",
      path: "/api/things",
      headers: { "content-type": "application/json", "content-length": large.length + 1 },
    });
    unfinished.on("error", () => undefined); // It is hung up below.
    unfinished.write(large);
    // Once the first lies in memory; before, either of the two may be the one for which there is no room.
    const isHeld = () => server.countRead(unfinished.socket?.localPort) > large.length;
    await vi.waitFor(() => expect(isHeld()).toBe(true), { timeout: 25_000 });
    expect((await post(large)).status).toBe(503);
    unfinished.destroy();
    const readable = Buffer.concat([large, Buffer.from('{"name":"x"}')]);
    await vi.waitFor(async () => expect((await post(readable)).status).toBe(201), { timeout: 25_000 });
  });

  it("keeps the bytes of a webhook, whatever they are", async () => {
    const answer = await server.send("POST", "/api/webhooks/x", {
      body: Buffer.from([0xff, 0x00, 0x7b]),
      headers: { "content-type": "text/plain" },
    });
    expect(answer.json()).toEqual({ bytes: "ff007b" });
  });
});
