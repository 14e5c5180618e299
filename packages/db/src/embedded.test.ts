import { spawn } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "pg";
import { afterEach, expect, test, vi } from "vitest";
import { type EmbeddedPostgres, ensureDatabase, findEmbeddedPostgres, startEmbeddedPostgres } from "./embedded";
import { findProcess } from "./process-identity";

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const servers: EmbeddedPostgres[] = [];
const directories: string[] = [];

function newDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), "hustings-embedded-"));
  directories.push(directory);
  return directory;
}

async function start(
  directory: string,
  options: { durable?: boolean; lifetime?: "with-parent" | "detached" } = {},
): Promise<EmbeddedPostgres> {
  const server = await startEmbeddedPostgres({ directory, ...options });
  servers.push(server);
  return server;
}

afterEach(async () => {
  for (const server of servers.splice(0)) await server.stop();
  for (const directory of directories.splice(0)) rmSync(directory, { recursive: true, force: true });
});

async function query<T>(url: string, sql: string): Promise<T[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

const postmasterPid = (directory: string) =>
  Number(readFileSync(join(directory, "postgres/postmaster.pid"), "utf8").split("\n")[0]);

test("keeps data, password and port from one start to the next", async () => {
  const directory = newDirectory();
  const first = await start(directory);
  const url = await ensureDatabase(first, "kept");
  await query(url, "create table t (n int); insert into t values (42)");
  await first.stop();
  await expect(query(url, "select 1")).rejects.toThrow();

  const second = await start(directory);
  expect(second.urlOf("kept")).toBe(url);
  expect(await query(url, "select n from t")).toEqual([{ n: 42 }]);
  expect(
    await query(
      url,
      "select current_setting('fsync') as fsync, current_setting('jit') as jit, current_setting('server_encoding') as encoding",
    ),
  ).toEqual([{ fsync: "on", jit: "off", encoding: "UTF8" }]);
});

test("listens on loopback alone, with a password that only this user can read", async () => {
  const directory = newDirectory();
  const server = await start(directory, { durable: false });
  expect(statSync(join(directory, "postgres.json")).mode & 0o777).toBe(0o600);
  expect(await query(server.urlOf("postgres"), "show listen_addresses")).toEqual([{ listen_addresses: "127.0.0.1" }]);
  const withoutPassword = new URL(server.urlOf("postgres"));
  withoutPassword.password = "wrong";
  await expect(query(withoutPassword.href, "select 1")).rejects.toMatchObject({ code: "28P01" });
});

test("recovers what was committed when the server itself was killed", async () => {
  const directory = newDirectory();
  const server = await start(directory);
  const url = await ensureDatabase(server, "kept");
  await query(url, "create table t (n int); insert into t select generate_series(1, 1000)");
  process.kill(postmasterPid(directory), "SIGKILL");
  await server.exited;

  const next = await start(directory);
  expect(await query(next.urlOf("kept"), "select count(*)::int as rows from t")).toEqual([{ rows: 1000 }]);
});

test("refuses data that another process serves, in one sentence", async () => {
  const directory = newDirectory();
  await start(directory, { durable: false });
  await expect(startEmbeddedPostgres({ directory })).rejects.toThrow(
    `Another Hustings (process ${process.pid}) uses the data in ${directory}: stop it, or start this one with another HUSTINGS_DATA_DIR.`,
  );
});

test("ends the server of a killed owner and starts its own", async () => {
  const directory = newDirectory();
  const first = await start(directory, { durable: false });
  // As if its owner had been another process, which is gone while its server stayed.
  const file = join(directory, "postgres.json");
  writeFileSync(
    file,
    JSON.stringify({ ...JSON.parse(readFileSync(file, "utf8")), owner: { pid: 2 ** 22 + 1, startedAt: "gone" } }),
  );
  const before = postmasterPid(directory);
  await start(directory, { durable: false });
  expect(findProcess(before)).toBeNull();
  expect(postmasterPid(directory)).not.toBe(before);
  await first.exited;
});

test("is not misled by a process that took the number of a killed server", async () => {
  const directory = newDirectory();
  const server = await start(directory, { durable: false });
  const file = join(directory, "postgres/postmaster.pid");
  const lines = readFileSync(file, "utf8").split("\n");
  await server.stop();
  const other = spawn("sleep", ["60"], { uid: statSync(join(directory, "postgres")).uid });
  writeFileSync(file, [String(other.pid), ...lines.slice(1)].join("\n"));
  try {
    await start(directory, { durable: false });
    expect(postmasterPid(directory)).not.toBe(other.pid);
  } finally {
    other.kill();
  }
});

test("names the other major version that made the data", async () => {
  const directory = newDirectory();
  const server = await start(directory, { durable: false });
  await server.stop();
  writeFileSync(join(directory, "postgres/PG_VERSION"), "16\n");
  await expect(startEmbeddedPostgres({ directory })).rejects.toThrow(
    /was made by Postgres 16 and this Hustings brings Postgres 18: dump it/,
  );
});

test("takes another port when last time's is taken", async () => {
  const directory = newDirectory();
  const first = await start(directory, { durable: false });
  await first.stop();
  const other = await start(newDirectory(), { durable: false });
  const file = join(directory, "postgres.json");
  writeFileSync(file, JSON.stringify({ ...JSON.parse(readFileSync(file, "utf8")), port: other.port }));
  const second = await start(directory, { durable: false });
  expect(second.port).not.toBe(other.port);
  expect(await query(second.urlOf("postgres"), "select 1 as one")).toEqual([{ one: 1 }]);
});

test("says where it cannot write", async () => {
  const directory = newDirectory();
  writeFileSync(join(directory, "file"), "");
  await expect(startEmbeddedPostgres({ directory: join(directory, "file") })).rejects.toThrow(
    `${join(directory, "file")} is in the way: it is not a directory. Name another place in HUSTINGS_DATA_DIR.`,
  );
});

test("works under a directory that its own user cannot enter, such as root's home", async () => {
  const closed = join(newDirectory(), "closed");
  mkdirSync(closed);
  chmodSync(closed, 0o700);
  const server = await start(join(closed, "data"), { durable: false });
  expect(await query(await ensureDatabase(server, "inside"), "select 1 as one")).toEqual([{ one: 1 }]);
});

test("stays for later processes when it is detached, and is found by them", async () => {
  const directory = newDirectory();
  expect(findEmbeddedPostgres(directory)).toBeNull();
  const first = await start(directory, { durable: false, lifetime: "detached" });
  const second = await startEmbeddedPostgres({ directory, durable: false, lifetime: "detached" });
  expect(second.port).toBe(first.port);
  expect(findEmbeddedPostgres(directory)?.port).toBe(first.port);
  await second.stop();
  expect(findEmbeddedPostgres(directory)).toBeNull();
});
