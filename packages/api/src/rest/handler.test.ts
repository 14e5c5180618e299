import { uuid } from "@hustings/contracts/primitives";
import { conflict, DomainError } from "@hustings/core/errors";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { publicProcedure, sessionProcedure } from "../procedures";
import { router } from "../trpc";
import type { RawOperation } from "./raw-operations";
import { sendText } from "./answers";
import { startTestServer, type TestServer } from "./test-server";

const ID = "0199d1f6-0000-7000-8000-000000000001";
const thing = z.object({ id: uuid, name: z.string(), madeAt: z.date() });
const created = { id: ID, name: "a thing", madeAt: new Date("2026-11-23T10:00:00Z") };
const echo = z.object({ got: z.unknown() });

/** Every shape that an operation of the product has. */
const testRouter = router({
  list: publicProcedure
    .meta({ openapi: { method: "GET", path: "/things" } })
    .input(
      z.strictObject({
        page: z.number().int().min(1).default(1),
        isOpen: z.boolean().optional(),
        since: z.date().optional(),
        ids: z.array(uuid).optional(),
        search: z.string().trim().optional(),
        sort: z.enum(["name", "size"]).nullish(),
      }),
    )
    .output(echo)
    .query(({ input }) => ({ got: input })),
  bare: publicProcedure
    .meta({ openapi: { method: "GET", path: "/things/{id}/parts" } })
    .input(z.strictObject({ id: uuid, kind: z.string().optional(), limit: z.number().default(2), offset: z.number().default(0) }))
    .output(z.array(z.number()))
    .query(({ ctx, input }) => {
      ctx.out.headers["x-total-count"] = "5";
      return [1, 2, 3, 4, 5].slice(input.offset, input.offset + input.limit);
    }),
  // Before the literal path on purpose: the order of the router must not matter.
  get: publicProcedure
    .meta({ openapi: { method: "GET", path: "/things/{id}" } })
    .input(z.strictObject({ id: uuid }))
    .output(thing)
    .query(() => created),
  tags: publicProcedure
    .meta({ openapi: { method: "GET", path: "/things/tags" } })
    .output(z.array(z.string()))
    .query(() => ["literal"]),
  bySlug: publicProcedure
    .meta({ openapi: { method: "GET", path: "/slugs/{slug}" } })
    .input(z.strictObject({ slug: z.string() }))
    .output(echo)
    .query(({ input }) => ({ got: input.slug })),
  create: publicProcedure
    .meta({ openapi: { method: "POST", path: "/things" }, rest: { status: 201 } })
    .input(z.strictObject({ name: z.string().min(1), size: z.number().optional(), flag: z.boolean().optional(), custom: z.record(z.string(), z.string()).default({}) }))
    .output(thing)
    .mutation(({ input }) => {
      if (input.name === "taken") throw conflict("It is there already");
      if (input.name === "broken") throw new Error("password=hunter2");
      if (input.name === "away") throw new DomainError("unavailable", "Come back", undefined, 7);
      if (input.name === "bad answer") return { ...created, id: "secret" };
      return created;
    }),
  update: sessionProcedure
    .meta({ openapi: { method: "PUT", path: "/things/{id}" } })
    .input(z.strictObject({ id: uuid, name: z.string().min(1).optional() }))
    .output(echo)
    .mutation(({ input }) => ({ got: input })),
  remove: publicProcedure
    .meta({ openapi: { method: "DELETE", path: "/things/{id}/parts" } })
    .input(z.strictObject({ id: uuid, count: z.number().optional(), all: z.boolean().optional() }))
    .output(echo)
    .mutation(({ input }) => ({ got: input })),
  run: publicProcedure
    .meta({ openapi: { method: "POST", path: "/things/{id}/run" } })
    .input(z.strictObject({ id: uuid }))
    .output(z.object({ queued: z.literal(true) }))
    .mutation(() => ({ queued: true as const })),
  noInput: publicProcedure
    .meta({ openapi: { method: "POST", path: "/ping" } })
    .output(z.object({ ok: z.boolean() }))
    .mutation(() => ({ ok: true })),
  hook: publicProcedure
    .meta({ openapi: { method: "POST", path: "/webhooks/x" }, rest: { rawBody: true, maxBodyBytes: 1024 } })
    .input(z.looseObject({}))
    .output(z.object({ bytes: z.string() }))
    .mutation(({ ctx }) => ({ bytes: ctx.rawBody?.toString("hex") ?? "none" })),
  page: publicProcedure
    .meta({ openapi: { method: "GET", path: "/page" }, rest: { contentType: "text/html" } })
    .output(z.string())
    .query(() => "<!doctype html><p>Hello"),
  redirect: publicProcedure
    .meta({ openapi: { method: "GET", path: "/redirect" } })
    .output(z.void())
    .query(({ ctx }) => {
      ctx.out.status = 302;
      ctx.out.headers.location = "https://example.org/";
    }),
  unmapped: publicProcedure.query(() => "over tRPC only"),
});

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
    maxTotalBodyBytes: 24 * 1024 * 1024,
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

describe("queries", () => {
  const got = async (query: string) => ((await server.send("GET", `/api/things?${query}`)).json() as { got: unknown }).got;

  it("reads numbers, booleans, dates and arrays by the schema", async () => {
    expect(await got(`page=3&isOpen=false&ids=${ID},${ID}&since=2026-01-01T00:00:00Z&search=%20a%20`)).toEqual({
      page: 3,
      isOpen: false,
      ids: [ID, ID],
      since: "2026-01-01T00:00:00.000Z",
      search: "a",
    });
    expect(await got(`ids=${ID}&ids=${ID}&isOpen=1&sort=name&unknown=x`)).toEqual({ page: 1, isOpen: true, ids: [ID, ID], sort: "name" });
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
    const caller = testRouter.createCaller({ core: { logger: { error: () => undefined } }, out: { headers: {} } } as never);
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
    expect((unknown.json() as { details: string[] }).details.map((detail) => detail.split(":")[0])).toEqual(["name", "workspaceId", "id"]);
    const repeated = await server.send("DELETE", `/api/things/${ID}/parts`, { body: { id: ID, count: "one" } });
    expect((repeated.json() as { details: string[] }).details).toEqual(["id: unknown property", expect.stringMatching(/^count: /)]);
    expect((await server.send("POST", "/api/ping", { body: { role: "admin" } })).json()).toEqual({
      error: "Validation failed",
      details: ["role: unknown property"],
    });
  });

  it("reads the body of a DELETE, falsy values included, and its query where there is no body", async () => {
    const remove = async (path: string, body?: object) => (await server.send("DELETE", `/api/things/${ID}/parts${path}`, body ? { body } : {})).json();
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
    ["nested without end", `{"name":"x","custom":${'{"a":'.repeat(5000)}1${"}".repeat(5000)}}`, 400],
    ["nested beyond the parser", `{"name":${"[".repeat(200_000)}${"]".repeat(200_000)}}`, 400],
    ["with a byte order mark", '\ufeff{"name":"x"}', 201],
  ])("%s", async (_, body, status) => {
    const answer = await post(body);
    expect(answer.status).toBe(status);
    if (status === 400) expect(answer.json()).toHaveProperty("error");
  });

  it("answers 415 to what is not declared as JSON in UTF-8", async () => {
    for (const type of ["application/x-www-form-urlencoded", "text/plain", "application/json; charset=latin1", "multipart/form-data; boundary=x"])
      expect((await post('{"name":"x"}', { "content-type": type })).status, type).toBe(415);
    expect((await post('{"name":"x"}', { "content-type": "application/json", "content-encoding": "gzip" })).status).toBe(415);
    for (const type of ["application/json; charset=UTF-8", "application/merge-patch+json"])
      expect((await post('{"name":"x"}', { "content-type": type })).status, type).toBe(201);
  });

  it("answers 413 to a body over its limit, announced or not, and goes on", async () => {
    const large = Buffer.alloc(21 * 1024 * 1024, " ");
    expect((await post(large)).status).toBe(413);
    expect((await post(large, { "content-type": "application/json", "transfer-encoding": "chunked" })).status).toBe(413);
    expect((await server.send("POST", "/api/webhooks/x", { body: Buffer.alloc(1025) })).status).toBe(413);
    expect((await post('{"name":"x"}')).status).toBe(201);
  });

  it("answers 503 when all bodies together would take too much memory, and forgets them afterwards", async () => {
    const large = Buffer.alloc(15 * 1024 * 1024, " ");
    const statuses = await Promise.all([post(large), post(large)]).then((answers) => answers.map(({ status }) => status));
    expect(statuses).toContain(503);
    expect((await post(Buffer.concat([large, Buffer.from('{"name":"x"}')]))).status).toBe(201);
  });

  it("keeps the bytes of a webhook, whatever they are", async () => {
    const answer = await server.send("POST", "/api/webhooks/x", { body: Buffer.from([0xff, 0x00, 0x7b]), headers: { "content-type": "text/plain" } });
    expect(answer.json()).toEqual({ bytes: "ff007b" });
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
    expect([answer.status, answer.json()]).toEqual([500, { error: "Internal server error", requestId: "test-request" }]);
    expect(server.logged).toHaveLength(1);
  });

  it("asks who calls before it looks at the body", async () => {
    const answer = await server.send("PUT", `/api/things/${ID}`, { body: "{", headers: { "content-type": "text/plain" } });
    expect([answer.status, answer.json()]).toEqual([401, { error: "Sign in or send an API key" }]);
  });
});
