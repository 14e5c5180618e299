import type { Account, Profile, User } from "next-auth";
import type { CredentialsConfig } from "next-auth/providers/credentials";
import { describe, expect, it } from "vitest";
import type { AuthConfiguration } from "./configuration";
import { createAuthOptions } from "./options";

const ada = { id: "0199d1f6-0000-7000-8000-000000000001", name: "Ada" };
const configuration: AuthConfiguration = {
  secret: "s",
  appUrl: "https://crm.example.org",
  google: { clientId: "id", clientSecret: "secret" },
  isLocalSignInOn: true,
  findUser: async (email) => (email === "ada@example.org" || email === "admin@hustings.local" ? ada : null),
  recordSignIn: async () => undefined,
  isDemoAddress: (email) => email.endsWith("@hustings.local"),
};
const google = { provider: "google", type: "oauth", providerAccountId: "1" } as Account;
const signIn = (email: string, isVerified: boolean) =>
  createAuthOptions(configuration).callbacks?.signIn?.({
    user: { id: "google-1", email } as User,
    account: google,
    profile: { email_verified: isVerified } as Profile,
  });

describe("the sign-in", () => {
  it("lets in whom the installation knows, by a verified address in any case", async () => {
    expect(await signIn("Ada@Example.org ", true)).toBe(true);
    expect(await signIn("ada@example.org", false)).toBe(false);
    expect(await signIn("stranger@example.org", true)).toBe(false);
  });

  it("puts nothing but our own id into the session", async () => {
    const jwt = createAuthOptions(configuration).callbacks?.jwt;
    const user = { id: "google-1", email: "ada@example.org", name: "A", image: "https://pictures.example/a" } as User;
    expect(
      await jwt?.({ token: { sub: "google-1", email: user.email, name: "A" }, user, account: google } as never),
    ).toEqual({ sub: ada.id });
    expect(await jwt?.({ token: { sub: ada.id, admin: true } } as never)).toEqual({ sub: ada.id });
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
