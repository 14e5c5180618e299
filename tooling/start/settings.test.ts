import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, test } from "vitest";
import { assertProduction } from "./commands/serve";
import { createLocalEnvironment } from "./local-environment";
import { loadSecrets, secretNames } from "./secrets";
import { readSettings } from "./settings";

const directory = mkdtempSync(path.join(tmpdir(), "hustings-settings-"));
afterAll(() => rmSync(directory, { recursive: true }));

function envFile(text: string): string {
  const file = path.join(directory, ".env");
  writeFileSync(file, text);
  return file;
}

test("without anything: loopback, port 3000, the embedded database", () => {
  const settings = readSettings({}, "/nonexistent");
  expect(settings).toMatchObject({
    host: "127.0.0.1",
    port: 3000,
    appUrl: "http://localhost:3000",
    databaseUrl: undefined,
    isOnLoopback: true,
  });
  expect(settings.dataDirectory).toMatch(/\/\.data$/);
});

test("the environment wins over .env, which may have comments, exports and values over several lines", () => {
  const file = envFile(
    '# mine\nexport PORT=4000\nAPP_URL="https://crm.example.org/"\nNOTE="one\ntwo: not a variable"\nHOST=0.0.0.0\n',
  );
  expect(readSettings({ PORT: "5000" }, file)).toMatchObject({
    port: 5000,
    host: "0.0.0.0",
    appUrl: "https://crm.example.org",
    isOnLoopback: false,
  });
});

test.each([
  [{ PORT: "http" }, 'PORT must be a number from 1 to 65535, and is "http".'],
  [{ PORT: "70000" }, 'PORT must be a number from 1 to 65535, and is "70000".'],
  [
    { APP_URL: "crm.example.org" },
    'APP_URL must be an address like https://crm.example.org, and is "crm.example.org".',
  ],
  [
    { DATABASE_URL: "postgres://u:%zz@h/db" },
    "DATABASE_URL must be of the form postgres://user:password@host:5432/database.",
  ],
  [{ DATABASE_URL: "localhost/db" }, "DATABASE_URL must be of the form postgres://user:password@host:5432/database."],
])("%o is refused by name", (environment, sentence) => {
  expect(() => readSettings(environment, "/nonexistent")).toThrow(sentence);
});

test("a bad .env is refused with its line", () => {
  expect(() => readSettings({}, envFile("PORT=1\nthis is no variable\n"))).toThrow(
    `Line 2 of ${path.join(directory, ".env")} is not of the form NAME=value.`,
  );
  expect(() => readSettings({}, envFile('NAME="never closed\n'))).toThrow("is opened and never closed");
});

test("secrets are drawn once, and a later version's are added", () => {
  const drawn = loadSecrets(directory);
  expect(Object.keys(drawn)).toEqual(secretNames);
  expect(drawn.INNGEST_SIGNING_KEY).toMatch(/^signkey-local-[0-9a-f]{64}$/);
  expect(new Set(Object.values(drawn)).size).toBe(secretNames.length);
  expect(loadSecrets(directory)).toEqual(drawn);
  writeFileSync(path.join(directory, "secrets.json"), JSON.stringify({ NEXTAUTH_SECRET: "kept" }));
  expect(loadSecrets(directory)).toMatchObject({
    NEXTAUTH_SECRET: "kept",
    API_KEY_SECRET: expect.stringMatching(/^[0-9a-f]{64}$/),
  });
});

test("a local start opens the API to this machine on the embedded database alone, unless told otherwise", () => {
  const open = (environment: Record<string, string>) => {
    const { LOCAL_SIGN_IN, ANONYMOUS_API } = createLocalEnvironment(
      readSettings({ HUSTINGS_DATA_DIR: directory, ...environment }, "/nonexistent"),
      "production",
    );
    return [LOCAL_SIGN_IN, ANONYMOUS_API];
  };
  expect(open({})).toEqual(["1", "local"]);
  expect(open({ ANONYMOUS_API: "off" })).toEqual(["1", "off"]);
  expect(open({ LOCAL_SIGN_IN: "0" })).toEqual(["0", "off"]);
  expect(open({ HOST: "0.0.0.0" })).toEqual(["0", "off"]);
  expect(open({ APP_URL: "https://crm.example.org" })).toEqual(["0", "off"]);
  expect(open({ DATABASE_URL: "postgres://u:p@db/x" })).toEqual(["0", "off"]);
});

test("serving needs a database, an address and secrets, and refuses the doors of a local start", () => {
  const complete = {
    DATABASE_URL: "postgres://u:p@db/x",
    APP_URL: "https://crm.example.org",
    ...loadSecrets(directory),
  };
  const attempt = (environment: Record<string, string>) => () =>
    assertProduction(readSettings(environment, "/nonexistent"));
  expect(attempt({})).toThrow("npm run serve needs DATABASE_URL");
  expect(attempt({ ...complete, API_KEY_SECRET: "", APP_URL: "" })).toThrow(
    "npm run serve needs APP_URL, API_KEY_SECRET in the environment",
  );
  expect(attempt({ ...complete, LOCAL_SIGN_IN: "1" })).toThrow("LOCAL_SIGN_IN lets anyone in");
  expect(attempt({ ...complete, ANONYMOUS_API: "local" })).toThrow("ANONYMOUS_API lets anyone read");
});
