import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { codeSamplesOf, SAMPLE_FILE } from "@hustings/api/rest/code-samples";
import { createOpenApiDocument } from "@hustings/api/rest/document";
import { listOperations, type Operation } from "@hustings/api/rest/endpoints";
import { type ExampleCall, exampleCallOf } from "@hustings/api/rest/example-call";
import { appRouter } from "@hustings/api/router";
import { testSettings } from "@hustings/core/testing/workspace";
import { createTestDatabase, type TestDatabase } from "@hustings/db/test-database";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { findProgram } from "../../../../../tooling/start/programs";
import { exampleOf, sufficientKey } from "./calls";
import type { Example } from "./row";
import { table } from "./table";
import { createWorld, type World } from "./world";

const document = createOpenApiDocument(appRouter, "/");
const operations = listOperations(appRouter);
const [mailersendSecret = ""] = testSettings.mailersendWebhookSecrets;
const [tallySecret = ""] = testSettings.tallyWebhookSecrets ?? [];
const SECRETS = { MAILERSEND_WEBHOOK_SIGNING_SECRET: mailersendSecret, TALLY_WEBHOOK_SIGNING_SECRET: tallySecret };

/** What names a record or somebody who has to be there: `id`, `tagId`, `runIds`, the `emails` of a mailbox, a link's `token`. */
const NAMES_RECORD = /^(ids?|emails|token)$|Ids?$/;

/** The call that the reference shows, with records that are there: those in the reference are nobody's. */
function withRealRecords(shown: ExampleCall, given: Example): ExampleCall {
  const query = Object.entries(shown.query).map(([name, value]) => [
    name,
    replaceIds(value, given.query?.[name], name),
  ]);
  return {
    parameters: { ...shown.parameters, ...given.parameters },
    query: Object.fromEntries(query),
    body: Buffer.isBuffer(given.body) ? shown.body : replaceIds(shown.body, given.body),
  };
}

function replaceIds(shown: unknown, real: unknown, name = ""): unknown {
  const realOf = (key: string) => (real as Record<string, unknown> | undefined)?.[key];
  if (Array.isArray(shown)) return shown.map((value, index) => replaceIds(value, realOf(String(index)), name));
  if (typeof shown === "object" && shown !== null)
    return Object.fromEntries(Object.entries(shown).map(([key, value]) => [key, replaceIds(value, realOf(key), key)]));
  if (!NAMES_RECORD.test(name)) return shown;
  if (real === undefined) throw new Error(`The row's example needs ${name}, which the reference shows`);
  return real;
}

/** Runs a sample as it is written, and answers the status. */
type Run = (source: string, key: string | undefined) => Promise<number>;

/** `npm test` says how to get them. */
const hasCurl = ["curl", "openssl"].every((name) => findProgram(process.env, [name]));

let folder: string;
const runInShell: Run = async (source, key) => {
  const env: NodeJS.ProcessEnv = {
    NODE_ENV: "test",
    PATH: process.env.PATH,
    CURL_HOME: folder,
    ...SECRETS,
    ...(key ? { API_KEY: key } : {}),
  };
  const { stdout } = await promisify(execFile)("sh", ["-c", source], { cwd: folder, env });
  return Number(stdout.slice(-3));
};

let serial = 0;
const runInNode: Run = async (source, key) => {
  vi.stubEnv("API_KEY", key ?? "");
  const module = `// ${++serial}\n${source}\nexport const { status } = response;`;
  const { status } = await import(/* @vite-ignore */ `data:text/javascript,${encodeURIComponent(module)}`);
  return status;
};

const SHELLS = hasCurl ? ([["curl", runInShell]] as const) : [];

describe.each([...SHELLS, ["TypeScript", runInNode] as const])("the reference's samples for %s", (label, run) => {
  let database: TestDatabase;
  let world: World;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "samples-"));
    await writeFile(path.join(folder, SAMPLE_FILE.name), SAMPLE_FILE.content);
    await writeFile(path.join(folder, ".curlrc"), 'silent\nshow-error\nwrite-out = "%{http_code}"\n');
    for (const [name, secret] of Object.entries(SECRETS)) vi.stubEnv(name, secret);
    database = await createTestDatabase();
    world = await createWorld(database);
  });
  afterAll(async () => {
    vi.unstubAllEnvs();
    await world.close();
    await database.drop();
    await rm(folder, { recursive: true });
  });

  it.each(table.map((row) => [row.operation, row] as const))("%s works", async (_, row) => {
    const operation = operations.find(({ method, path: route }) => `${method} ${route}` === row.operation) as Operation;
    const call = withRealRecords(exampleCallOf(document, operation), await exampleOf(world, row));
    const sample = codeSamplesOf(operation, call, world.server.url).find((one) => one.label === label);
    expect(await run(sample?.source ?? "", sufficientKey(world, row)), sample?.source).toBe(row.status);
  });
});
