import { expect, test } from "vitest";
import { assertServiceSettings } from "./service-settings";
import { readSettings } from "./settings";

const SECRET = "0123456789abcdefghijklmnopqrstuvwxyz";
const local = {
  DEPLOYMENT: "local",
  NEXTAUTH_SECRET: SECRET,
  API_KEY_SECRET: SECRET,
  UNSUBSCRIBE_SECRET: SECRET,
  INNGEST_SIGNING_KEY: "signkey-local-00",
  INNGEST_EVENT_KEY: "key",
};
const check = (environment: Record<string, string> = {}) => {
  const settings = readSettings({ ...local, ...environment }, "/nonexistent/.env");
  return () => assertServiceSettings(settings, settings.environment);
};

test("accepts what web and worker accept", () => {
  expect(check()).not.toThrow();
  expect(check({ TRUST_PROXY: "loopback, 10.0.0.0/8", LOG_LEVEL: "debug", ANONYMOUS_API: "" })).not.toThrow();
});

test.each([
  [{ TRUST_PROXY: "everybody" }, 'TRUST_PROXY: "everybody" is neither an address'],
  [
    { DEPLOYMENT: "production", API_KEY_SECRET: "change-me-change-me-change-me-change-me" },
    "API_KEY_SECRET must be random",
  ],
  [{ DEPLOYMENT: "production", INNGEST_EVENT_KEY: "change-me" }, "INNGEST_EVENT_KEY must be random"],
  [{ LOCAL_SIGN_IN: "1", HOST: "0.0.0.0" }, "LOCAL_SIGN_IN works on this machine alone"],
  [{ NEXTAUTH_SECRET: "short" }, "NEXTAUTH_SECRET: must have at least 32 characters"],
  [
    { EMAIL_MODE: "live", UNSUBSCRIBE_SECRET: "" },
    /MAILERSEND_API_KEY: is missing.*\n +MAILERSEND_SENDER_DOMAIN: is missing.*\n +UNSUBSCRIBE_SECRET: is missing[^\n]*$/,
  ],
  [{ EMAIL_MODE: "sndbox", JOBS_ENGINE: "none" }, /EMAIL_MODE: .*\n +JOBS_ENGINE: [^\n]*$/],
])("names what is wrong with %j, each once", (environment, sentence) => {
  expect(check(environment)).toThrow(sentence);
});
