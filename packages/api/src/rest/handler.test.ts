import { DomainError } from "@hustings/core/errors";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sendText } from "./answers";
import type { RawOperation } from "./raw-operations";
import { ID, testRouter } from "./test-router";
import { startTestServer, type TestServer } from "./test-server";

const raw: RawOperation[] = [
  {
    id: "things.export",
    method: "GET",
    path: "/api/things/export",
    auth: "none",
    noun: "Things",
    summary: "All of them",
    response: { contentType: "text/csv" },
  },
];

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer(testRouter, {
    raw,
    rawHandlers: {
      "things.export": async ({ res, query }) => {
        if (query.has("fail")) throw new DomainError("forbidden", "Not you");
        sendText(res, 200, "text/csv; charset=utf-8", "a,b\n");
      },
    },
  });
});
afterAll(() => server.close());

describe("answers", () => {
  it("sends what the procedure returned, dates as ISO, with the status of its meta", async () => {
    const answer = await server.send("POST", "/api/things", { body: { name: "x" } });
    expect(answer.status).toBe(201);
    expect(answer.json()).toEqual({ id: ID, name: "a thing", madeAt: "2026-11-23T10:00:00.000Z" });
    expect(answer.headers["content-type"]).toBe("application/json; charset=utf-8");
  });

  it("sends HTML as it is, and redirects without a body", async () => {
    const page = await server.send("GET", "/api/page");
    expect([page.headers["content-type"], page.text]).toEqual(["text/html; charset=utf-8", "<!doctype html><p>Hello"]);
    const redirect = await server.send("GET", "/api/redirect");
    expect([redirect.status, redirect.headers.location, redirect.text]).toEqual([302, "https://example.org/", ""]);
  });

  it("answers HEAD as GET, without the body", async () => {
    const get = await server.send("GET", `/api/things/${ID}`);
    const head = await server.send("HEAD", `/api/things/${ID}`);
    expect([head.status, head.text]).toEqual([200, ""]);
    expect(head.headers["content-length"]).toBe(get.headers["content-length"]);
  });

  it("links to the next part of a bare array and keeps the other parameters", async () => {
    const first = await server.send("GET", `/api/things/${ID}/parts?kind=a`);
    expect(first.headers["x-total-count"]).toBe("5");
    expect(first.headers.link).toBe(`</api/things/${ID}/parts?kind=a&offset=2>; rel="next"`);
    const last = await server.send("GET", `/api/things/${ID}/parts?offset=4`);
    expect([last.json(), last.headers.link]).toEqual([[5], undefined]);
  });

  it("hands raw operations over, and gives their failures the common shape", async () => {
    expect((await server.send("GET", "/api/things/export")).text).toBe("a,b\n");
    const failed = await server.send("GET", "/api/things/export?fail");
    expect([failed.status, failed.json()]).toEqual([403, { error: "Not you" }]);
  });
});

describe("paths", () => {
  it("prefers a literal segment, whatever the order of the router", async () => {
    expect((await server.send("GET", "/api/things/tags")).json()).toEqual(["literal"]);
  });

  it("answers 405 with Allow to a wrong verb and 404 to a wrong path", async () => {
    const wrong = await server.send("PATCH", `/api/things/${ID}`);
    expect([wrong.status, wrong.headers.allow]).toEqual([405, "GET, HEAD, PUT"]);
    expect((await server.send("DELETE", "/api/things/tags")).headers.allow).toBe("GET, HEAD");
    expect((await server.send("GET", "/api/nothing")).status).toBe(404);
    expect((await server.send("GET", "/api/things//parts")).status).toBe(404);
  });

  it("decodes parameters, and takes what cannot be decoded for a path that is not there", async () => {
    expect((await server.send("GET", "/api/slugs/a%2Fb%20%C3%A9")).json()).toEqual({ got: "a/b é" });
    expect((await server.send("GET", "/api/slugs/%ff")).status).toBe(404);
  });

  it("answers 404 to an id that is no UUID, but 401 first where credentials are missing", async () => {
    expect((await server.send("GET", "/api/things/42")).status).toBe(404);
    expect((await server.send("GET", "/api/things/%00")).status).toBe(404);
    expect((await server.send("PUT", "/api/things/42", { body: {} })).status).toBe(401);
  });
});

describe("failures", () => {
  const create = (name: string) => server.send("POST", "/api/things", { body: { name } });

  it("maps what the domain throws, with Retry-After where it passes", async () => {
    const taken = await create("taken");
    expect([taken.status, taken.json()]).toEqual([409, { error: "It is there already" }]);
    const away = await create("away");
    expect([away.status, away.headers["retry-after"]]).toEqual([503, "7"]);
  });

  it.each(["broken", "bad answer"])("says nothing about the inside of a 500 (%s), and logs it", async (name) => {
    server.logged.length = 0;
    const answer = await create(name);
    expect([answer.status, answer.json()]).toEqual([
      500,
      { error: "Internal server error", requestId: "test-request" },
    ]);
    expect(server.logged).toHaveLength(1);
  });

  it("asks who calls before it looks at the body", async () => {
    const answer = await server.send("PUT", `/api/things/${ID}`, {
      body: "{",
      headers: { "content-type": "text/plain" },
    });
    expect([answer.status, answer.json()]).toEqual([401, { error: "Sign in or send an API key" }]);
  });
});
