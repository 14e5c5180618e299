import { describe, expect, it } from "vitest";
import { type AnonymousRequest, type AnonymousSettings, isAnonymousAllowed } from "./anonymous-rule";

const settings: AnonymousSettings = {
  anonymousApi: "local",
  boundHost: "127.0.0.1",
  appUrl: "http://localhost:3000",
  isLocalSignInOn: true,
};
const request: AnonymousRequest = { remoteAddress: "127.0.0.1", headers: { host: "localhost:3000" } };
const withHeaders = (headers: Record<string, string>): AnonymousRequest => ({
  ...request,
  headers: { host: "localhost:3000", ...headers },
});

describe("the anonymous local API", () => {
  it.each([
    ["curl on this machine", settings, request],
    ["by address", settings, withHeaders({ host: "127.0.0.1:3000" })],
    ["over IPv6", { ...settings, boundHost: "::1" }, { remoteAddress: "::1", headers: { host: "[::1]:3000" } }],
    ["IPv4 on an IPv6 socket", settings, { ...request, remoteAddress: "::ffff:127.0.0.1" }],
    ["its own page", settings, withHeaders({ origin: "http://localhost:3000" })],
  ])("answers %s", (_, ...args) => expect(isAnonymousAllowed(...args)).toBe(true));

  it.each<[string, AnonymousSettings, AnonymousRequest]>([
    ["while it is off", { ...settings, anonymousApi: "off" }, request],
    ["without local sign-in", { ...settings, isLocalSignInOn: false }, request],
    ["on a server that listens on every address", { ...settings, boundHost: "0.0.0.0" }, request],
    ["on a server that listens on every IPv6 address", { ...settings, boundHost: "::" }, request],
    ["on a server with a public name", { ...settings, appUrl: "https://crm.example.org" }, request],
    ["another machine", settings, { ...request, remoteAddress: "192.168.1.20" }],
    ["another machine that calls itself local", settings, { ...request, remoteAddress: "10.0.0.9" }],
    ["a socket that is gone", settings, { ...request, remoteAddress: undefined }],
    ["a foreign name that resolves to this machine", settings, withHeaders({ host: "evil.example:3000" })],
    ["a foreign name that begins like a local one", settings, withHeaders({ host: "127.0.0.1.evil.example:3000" })],
    ["a name with credentials before it", settings, withHeaders({ host: "localhost@evil.example" })],
    ["no Host", settings, { ...request, headers: {} }],
    ["a page of another site", settings, withHeaders({ origin: "https://evil.example" })],
    ["a page of another port", settings, withHeaders({ origin: "http://localhost:8080" })],
    ["a page without an origin of its own", settings, withHeaders({ origin: "null" })],
    ...[
      "forwarded",
      "via",
      "x-real-ip",
      "x-forwarded-for",
      "x-forwarded-host",
      "x-forwarded-proto",
      "x-forwarded-anything",
    ].map((name): [string, AnonymousSettings, AnonymousRequest] => [
      `a proxy (${name})`,
      settings,
      withHeaders({ [name]: "127.0.0.1" }),
    ]),
  ])("refuses %s", (_, ...args) => expect(isAnonymousAllowed(...args)).toBe(false));
});
