import { describe, expect, it } from "vitest";
import { findUnsafeSettings, readWebEnv } from "./env";

const RANDOM = "9f2c51a07be34d68b1f0c2e7a5d4938617c0fe2b8a6d49e3";
const production = { DATABASE_URL: "postgres://x", API_KEY_SECRET: RANDOM, APP_URL: "https://crm.example.org/" };
const local = {
  ...production,
  DEPLOYMENT: "local",
  APP_URL: "http://localhost:3000",
  LOCAL_SIGN_IN: "1",
  ANONYMOUS_API: "local",
};
const problems = (source: Record<string, string>, authSecret = RANDOM) =>
  findUnsafeSettings(readWebEnv(source), authSecret).join("\n");

describe("web's settings", () => {
  it("takes APP_URL without its slash, and the port's own address where it is missing", () => {
    expect(readWebEnv(production).APP_URL).toBe("https://crm.example.org");
    expect(readWebEnv({ ...production, APP_URL: "", PORT: "4000" }).APP_URL).toBe("http://localhost:4000");
  });

  it("names every wrong variable in one sentence", () => {
    const read = () => readWebEnv({ PORT: "many", APP_URL: "crm.example.org/app", API_KEY_SECRET: "short" });
    for (const name of ["PORT", "APP_URL", "API_KEY_SECRET", "DATABASE_URL"]) expect(read).toThrow(name);
  });

  it("is safe in production with random secrets, and locally with the demo's conveniences", () => {
    expect(problems(production)).toBe("");
    expect(problems(local)).toBe("");
  });

  it.each([
    ["LOCAL_SIGN_IN", { ...production, LOCAL_SIGN_IN: "1" }],
    ["ANONYMOUS_API", { ...production, ANONYMOUS_API: "local" }],
    ["API_KEY_SECRET", { ...production, API_KEY_SECRET: "change-me-change-me-change-me-change-me" }],
    ["API_KEY_SECRET", { ...production, API_KEY_SECRET: "a".repeat(40) }],
    ["UNSUBSCRIBE_SECRET", { ...production, UNSUBSCRIBE_SECRET: `${RANDOM},an-example-of-a-secret-nobody-should-use` }],
    ["HOST and APP_URL", { ...local, HOST: "0.0.0.0" }],
    ["HOST and APP_URL", { ...local, APP_URL: "http://crm.example.org" }],
    ["ANONYMOUS_API=local", { ...local, LOCAL_SIGN_IN: "0" }],
  ])("refuses to be served with an unsafe %s", (name, source) => expect(problems(source)).toContain(name));

  it("does not start live without what sending takes, and reads it", () => {
    const live = { ...production, EMAIL_MODE: "live" };
    expect(() => readWebEnv(live)).toThrow(
      /^MAILERSEND_API_KEY: [^;]+; MAILERSEND_SENDER_DOMAIN: [^;]+; UNSUBSCRIBE_SECRET: [^;]+$/,
    );
    const complete = {
      MAILERSEND_API_KEY: "mlsn.1",
      MAILERSEND_SENDER_DOMAIN: "example.org",
      UNSUBSCRIBE_SECRET: RANDOM,
    };
    expect(readWebEnv({ ...live, ...complete }).liveMail).toMatchObject({ senderDomain: "example.org" });
    expect(readWebEnv({ ...production, ...complete }).liveMail).toBeNull();
  });

  it("refuses a sign-in secret that was never drawn", () => {
    expect(problems(production, "password-password-password-password")).toContain("NEXTAUTH_SECRET");
  });
});
