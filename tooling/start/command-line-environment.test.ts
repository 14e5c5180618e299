import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { currentProcess } from "@hustings/db/process-identity";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createCommandLineEnvironment } from "./command-line-environment";
import { writeInstance } from "./instance";
import { loadSecrets } from "./secrets";
import { readSettings } from "./settings";

const URL = "postgres://u:p@db.example.org/crm";
let directory: string;
beforeEach(() => {
  directory = mkdtempSync(path.join(tmpdir(), "hustings-cli-"));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const see = (environment: Record<string, string> = {}) =>
  createCommandLineEnvironment(readSettings({ HUSTINGS_DATA_DIR: directory, ...environment }, "/nonexistent/.env"));

const runOn = (databaseUrl: string, hasDrawnSecrets: boolean) => {
  const starter = currentProcess();
  writeInstance(directory, { appUrl: "", databaseUrl, port: 1, hasDrawnSecrets, starter, services: [] });
};

describe("the secrets of the operator's commands", () => {
  test("are the data directory's on the embedded database", () => {
    const drawn = loadSecrets(directory).API_KEY_SECRET;
    expect(see().API_KEY_SECRET).toBe(drawn);
  });

  test("are the operator's own on another database, and never drawn there", () => {
    expect(see({ DATABASE_URL: URL }).API_KEY_SECRET).toBeUndefined();
    expect(existsSync(path.join(directory, "secrets.json"))).toBe(false);
    expect(see({ DATABASE_URL: URL, API_KEY_SECRET: "given" }).API_KEY_SECRET).toBe("given");
    expect(see({ DATABASE_URL: URL }).DEPLOYMENT).toBeUndefined();
  });

  test("are the data directory's beside a local instance on that very database", () => {
    const drawn = loadSecrets(directory).API_KEY_SECRET;
    runOn(URL, true);
    expect(see({ DATABASE_URL: URL }).API_KEY_SECRET).toBe(drawn);
    expect(see({ DATABASE_URL: `${URL}2` }).API_KEY_SECRET).toBeUndefined();
    runOn(URL, false);
    expect(see({ DATABASE_URL: URL }).API_KEY_SECRET).toBeUndefined();
  });
});
