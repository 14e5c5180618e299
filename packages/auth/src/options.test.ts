import type { Visitor } from "@hustings/core/users/sign-in";
import type { Account, User } from "next-auth";
import type { CredentialsConfig } from "next-auth/providers/credentials";
import type { OAuthConfig } from "next-auth/providers/oauth";
import { describe, expect, it } from "vitest";
import type { AuthConfiguration } from "./configuration";
import { createAuthOptions } from "./options";

const ada = { id: "0199d1f6-0000-7000-8000-000000000001", name: "Ada" };
const configuration: AuthConfiguration = {
  secret: "s",
  appUrl: "https://crm.example.org",
  google: { clientId: "id", clientSecret: "secret" },
  isLocalSignInOn: true,
  admit: async ({ email }) => (email === "ada@example.org" ? ada : null),
  findUser: async (email) => (email === "ada@example.org" || email === "admin@hustings.local" ? ada : null),
  recordSignIn: async () => undefined,
  warn: () => undefined,
  isDemoAddress: (email) => email.endsWith("@hustings.local"),
};
const google = { provider: "google", type: "oauth", providerAccountId: "1" } as Account;
const signIn = (claims: object, changes: Partial<AuthConfiguration> = {}) =>
  createAuthOptions({ ...configuration, ...changes }).callbacks?.signIn?.({
    user: { id: "google-1", name: "Ada A" } as User,
    account: google,
    profile: claims,
  });

describe("the sign-in", () => {
  it("lets in whom the installation admits, by a verified address in any case, and nobody learns why not", async () => {
    expect(await signIn({ email: "Ada@Example.org ", email_verified: true })).toBe(true);
    for (const claims of [
      { email: "ada@example.org", email_verified: false },
      { email: "ada@example.org", email_verified: "true" },
      { email: "ada@example.org" },
      { email: "stranger@example.org", email_verified: true },
      {},
    ])
      expect(await signIn(claims)).toBe("/no-access");
  });

  it("believes that an address is of its domain where the organisation manages the account", async () => {
    const visitors: Visitor[] = [];
    const admit = async (visitor: Visitor) => {
      visitors.push(visitor);
      return null;
    };
    const claims = { email: "ada@example.org", email_verified: true };
    await signIn(claims, { admit });
    await signIn({ ...claims, hd: "elsewhere.example" }, { admit });
    await signIn({ ...claims, hd: "example.org" }, { admit });
    await signIn(claims, { admit, google: { clientId: "id", clientSecret: "s", issuer: "https://sso.example.org" } });
    expect(visitors.map(({ isOfDomain }) => isOfDomain)).toEqual([false, false, true, true]);
    expect(visitors[0]).toEqual({ email: "ada@example.org", name: "Ada A", isOfDomain: false });
  });

  it("at Google is guarded by PKCE, state and nonce", () => {
    const [provider] = createAuthOptions(configuration).providers as unknown as { options: OAuthConfig<unknown> }[];
    expect(provider?.options.checks).toEqual(["pkce", "state", "nonce"]);
  });

  it("puts nothing but our own id, and when it began, into the session", async () => {
    const jwt = createAuthOptions(configuration).callbacks?.jwt;
    const user = { id: "google-1", email: "ada@example.org", name: "A", image: "https://pictures.example/a" } as User;
    const token = await jwt?.({
      token: { sub: "google-1", email: user.email, name: "A" },
      user,
      account: google,
    } as never);
    expect(token).toEqual({ sub: ada.id, since: expect.any(Number) });
    const renewed = await jwt?.({ token: { ...token, iat: 9, admin: true } } as never);
    expect(renewed).toEqual(token);
    expect(await jwt?.({ token: { sub: ada.id } } as never)).toEqual({ sub: ada.id, since: 0 });
  });

  it("that fails is one short line in the log", () => {
    const lines: string[][] = [];
    const { logger } = createAuthOptions({ ...configuration, warn: (...line) => lines.push(line) });
    logger?.error?.("OAUTH_CALLBACK_ERROR", { error: new Error("State cookie was missing."), providerId: "google" });
    logger?.error?.("OAUTH_CALLBACK_ERROR", new Error("x".repeat(5_000)));
    expect(lines).toEqual([
      ["OAUTH_CALLBACK_ERROR", "State cookie was missing."],
      ["OAUTH_CALLBACK_ERROR", "x".repeat(200)],
    ]);
  });

  it("seals its cookies behind https", () => {
    expect(createAuthOptions(configuration).useSecureCookies).toBe(true);
    expect(createAuthOptions({ ...configuration, appUrl: "http://localhost:3000" }).useSecureCookies).toBe(false);
  });

  it("by name is for people of the demo, and only where it is on", async () => {
    const providers = (isLocalSignInOn: boolean) => createAuthOptions({ ...configuration, isLocalSignInOn }).providers;
    expect(providers(false).map(({ id }) => id)).toEqual(["google"]);
    const local = (providers(true)[1] as { options: CredentialsConfig }).options;
    const authorize = (email?: string) => local.authorize?.(email === undefined ? undefined : { email }, {});
    expect(await authorize("admin@hustings.local")).toEqual({ ...ada, email: "admin@hustings.local" });
    for (const email of ["ada@example.org", "nobody@hustings.local", "", undefined])
      expect(await authorize(email)).toBeNull();
  });

  it("has no other way in where nothing is configured", () => {
    expect(createAuthOptions({ ...configuration, google: null, isLocalSignInOn: false }).providers).toEqual([]);
  });
});
