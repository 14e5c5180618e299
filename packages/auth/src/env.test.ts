import { describe, expect, it } from "vitest";
import { readAuthEnv } from "./env";

const read = (source: Record<string, string>) => readAuthEnv({ NEXTAUTH_SECRET: "x".repeat(32), ...source });

describe("the variables of the sign-in", () => {
  it("name domains and addresses in any case, nobody unless set", () => {
    expect(read({ SIGN_IN_ALLOWED: " Example.org, ana@Elsewhere.example,," }).SIGN_IN_ALLOWED).toEqual([
      "example.org",
      "ana@elsewhere.example",
    ]);
    expect(read({})).toMatchObject({ SIGN_IN_ALLOWED: [] });
    expect(read({ BOOTSTRAP_ADMIN_EMAIL: " Ana@Example.org" }).BOOTSTRAP_ADMIN_EMAIL).toBe("ana@example.org");
  });

  it.each([
    [{ SIGN_IN_ALLOWED: "gmail.com" }, "SIGN_IN_ALLOWED: gmail.com would let everybody in"],
    [{ SIGN_IN_ALLOWED: "*.example.org" }, 'SIGN_IN_ALLOWED: "*.example.org" is neither a domain'],
    [{ SIGN_IN_ALLOWED: "@example.org" }, 'SIGN_IN_ALLOWED: "@example.org" is neither a domain'],
    [{ BOOTSTRAP_ADMIN_EMAIL: "ana" }, "BOOTSTRAP_ADMIN_EMAIL: must be an email address"],
  ])("refuses %j, and says why", (source: Record<string, string>, words) => expect(() => read(source)).toThrow(words));
});
