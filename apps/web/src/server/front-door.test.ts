import { listOperations } from "@hustings/api/rest/endpoints";
import { createRouteTable } from "@hustings/api/rest/routes";
import { appRouter } from "@hustings/api/router";
import { describe, expect, it } from "vitest";
import { findDestination, routeName } from "./destination";
import { isSameOrigin } from "./origin-check";
import { createRateLimiter } from "./rate-limit";
import { parseRequestTarget } from "./request-target";

describe("the way of a request", () => {
  const match = createRouteTable(listOperations(appRouter));
  const kind = (method: string, pathname: string) => findDestination(match, method, pathname).kind;

  it("leads to REST, tRPC, NextAuth or a page, and never from /api to a page", () => {
    expect(kind("GET", "/api/tags")).toBe("rest");
    expect(kind("PATCH", "/api/tags")).toBe("wrongMethod");
    expect(kind("GET", "/api/trpc/tags.list")).toBe("trpc");
    expect(kind("POST", "/api/auth/callback/local")).toBe("signIn");
    for (const path of [
      "/api",
      "/api/",
      "/api/nothing",
      "/api/trpc",
      "/api/auth",
      "/api/auth/gmail/nothing",
      "/api/inngest",
    ])
      expect(kind("GET", path), path).toBe("unknownApi");
    expect(kind("GET", "/w/demo/contacts")).toBe("page");
    expect(kind("GET", "/_next/static/chunks/a.js")).toBe("asset");
  });

  it("is named by its pattern, never by an address", () => {
    const name = (pathname: string) => routeName(findDestination(match, "PUT", pathname));
    expect(name("/api/tags/0199d1f6-0000-7000-8000-000000000001")).toBe("/api/tags/{id}");
    expect(name("/api/trpc/tags.list,session.me")).toBe("trpc batch");
    expect(name("/api/trpc/<script>")).toBe("trpc ?");
    expect(name("/w/demo?token=1")).toBe("page");
  });

  it("is read from every form of a target", () => {
    expect(parseRequestTarget("/a/b?x=1&y=a?b#c")).toEqual({
      pathname: "/a/b",
      query: new URLSearchParams({ x: "1", y: "a?b" }),
    });
    expect(parseRequestTarget("http://elsewhere.example/a?x=1").pathname).toBe("/a");
    for (const url of ["*", undefined, ""]) expect(parseRequestTarget(url).pathname).toBe("/");
  });
});

describe("requests with a cookie", () => {
  const app = "https://crm.example.org";
  it.each([
    [true, { origin: app }],
    [true, { origin: "https://crm.internal", host: "crm.internal" }],
    [false, {}],
    [false, { origin: "null" }],
    [false, { origin: "https://evil.example", host: "crm.example.org" }],
    [false, { origin: "http://crm.example.org", host: "crm.example.org" }],
    [false, { origin: "https://crm.example.org.evil.example", host: "crm.example.org" }],
    [false, { origin: "not a url", host: "crm.example.org" }],
  ])("are our own: %s %o", (expected, headers) => expect(isSameOrigin(app, headers)).toBe(expected));
});

describe("the rate limit", () => {
  it("lets a burst through, then says when to come back, for each key by itself", async () => {
    const limit = createRateLimiter("test", { perSecond: 5, burst: 20 });
    for (let count = 0; count < 20; count++) await limit("one");
    await expect(limit("one")).rejects.toMatchObject({ kind: "too_many", retryAfterSeconds: 1 });
    await expect(limit("two")).resolves.toBeUndefined();
  });
});
