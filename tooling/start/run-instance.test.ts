import { readFileSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import path from "node:path";
import { afterEach, describe, expect, test, vi } from "vitest";
import {
  fileExists,
  type InstanceProcess,
  isAlive,
  makeDataDirectory,
  spawnInstance,
  until,
  untilRunning,
} from "./testing/instance-process";

vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 });

const running: InstanceProcess[] = [];
const cleanUps: (() => void)[] = [];

async function startInstance(dataDirectory: string, settings: Record<string, string> = {}): Promise<InstanceProcess> {
  const instance = await spawnInstance(dataDirectory, settings);
  running.push(instance);
  return instance;
}

function newDirectory(): string {
  const [directory, remove] = makeDataDirectory();
  cleanUps.push(remove);
  return directory;
}

afterEach(async () => {
  for (const instance of running.splice(0)) {
    instance.child.kill("SIGTERM");
    if (instance.child.exitCode === null && instance.child.signalCode === null) await instance.ended;
  }
  for (const remove of cleanUps.splice(0)) remove();
});

describe("an instance", () => {
  test("brings its database, fills it while it is empty, replaces dead services within 5 s, and leaves nothing at Ctrl-C", async () => {
    const directory = newDirectory();
    const first = await startInstance(directory);
    await untilRunning(first);
    expect(first.output()).toContain(`curl http://127.0.0.1:${first.port}/api/contacts`);
    expect(first.output()).toContain("admin@hustings.local");
    expect(first.output()).toContain("ANONYMOUS_API=off");
    expect(first.output()).toContain(directory);
    expect(statSync(path.join(directory, "secrets.json")).mode & 0o777).toBe(0o600);
    expect(statSync(path.join(directory, "instance.json")).mode & 0o777).toBe(0o600);

    const workerBefore = first.worker().pid;
    process.kill(workerBefore, "SIGKILL");
    await until(() => first.worker().pid !== workerBefore, 5_000);

    const webBefore = await first.webPid();
    process.kill(webBefore, "SIGKILL");
    await until(async () => (await first.webPid().catch(() => webBefore)) !== webBefore, 5_000);

    const left = [first.worker().pid, await first.webPid(), first.postgresPid()];
    expect(left.every(isAlive)).toBe(true);
    // As a terminal and npm both send it.
    first.child.kill("SIGINT");
    first.child.kill("SIGINT");
    expect(await first.ended).toBe(0);
    expect(left.filter(isAlive)).toEqual([]);
    expect(fileExists(path.join(directory, "instance.json"))).toBe(false);
    expect(first.output()).not.toContain("postgres.log says why");
    expect(readFileSync(path.join(directory, "beside"), "utf8")).toBe("started beside\nstopped beside\n");

    const second = await startInstance(directory);
    await untilRunning(second);
    expect(second.worker().DATABASE_URL).toBe(readUrl(directory));
    // The fake seed adds no workspace: both starts found the database empty.
    expect(readFileSync(path.join(directory, "seeded"), "utf8")).toBe("seeded\nseeded\n");
  });

  test("that is killed takes its services and its database along, and the next start works", async () => {
    const directory = newDirectory();
    const first = await startInstance(directory);
    await untilRunning(first);
    const left = [first.worker().pid, await first.webPid(), first.postgresPid()];
    first.child.kill("SIGKILL");
    await until(() => !left.some(isAlive), 15_000);
    // As a machine that lost its power in the middle of writing may leave it.
    writeFileSync(path.join(directory, "instance.json"), '{"appUrl"');

    const second = await startInstance(directory, { PORT: String(first.port) });
    await untilRunning(second);
    expect(await second.webPid()).toBeGreaterThan(0);
  });

  test("starts at once after a kill, whatever is still ending", async () => {
    const directory = newDirectory();
    const first = await startInstance(directory);
    await untilRunning(first);
    const old = first.postgresPid();
    first.child.kill("SIGKILL");
    const second = await startInstance(directory, { PORT: String(first.port) });
    await untilRunning(second);
    expect(second.postgresPid()).not.toBe(old);
  });

  test("runs beside another with its own port and data, and refuses data that are in use", async () => {
    const [here, there] = [newDirectory(), newDirectory()];
    const first = await startInstance(here);
    const second = await startInstance(there);
    await Promise.all([untilRunning(first), untilRunning(second)]);
    expect(second.worker().DATABASE_URL).not.toBe(first.worker().DATABASE_URL);
    expect(second.worker().WORKER_PORT).not.toBe(first.worker().WORKER_PORT);

    const third = await startInstance(here);
    expect(await third.ended).toBe(1);
    expect(third.output().trim()).toBe(
      `Hustings already runs on the data in ${here} (process ${first.child.pid}, http://localhost:${first.port}): stop it first, or start this one with another HUSTINGS_DATA_DIR and PORT.`,
    );
    expect(isAlive(first.worker().pid)).toBe(true);
  });

  test("says in one sentence that its port is taken, and makes no database for that", async () => {
    const directory = newDirectory();
    const server = createServer().listen(0, "127.0.0.1");
    await new Promise((resolve) => server.once("listening", resolve));
    const { port } = server.address() as { port: number };
    const instance = await startInstance(directory, { PORT: String(port) });
    expect(await instance.ended).toBe(1);
    expect(instance.output().trim()).toBe(
      `Port ${port} is taken by another program: stop that, or choose another port, such as PORT=${port + 1}.`,
    );
    expect(fileExists(path.join(directory, "postgres"))).toBe(false);
    server.close();
  });

  test("ends with a sentence when web cannot start", async () => {
    const instance = await startInstance(newDirectory(), { FAKE_WEB: "no-such-file.mjs" });
    expect(await instance.ended).toBe(1);
    expect(instance.output()).toContain("Web did not start; what it said is above.");
  });
});

describe("a start that cannot be", () => {
  test("says which of web's and worker's settings are wrong, and makes no database for that", async () => {
    const directory = newDirectory();
    const wrong = { EMAIL_MODE: "sndbox", WORKER_CONCURRENCY: "many", LOG_LEVEL: "loud" };
    const instance = await startInstance(directory, wrong);
    expect(await instance.ended).toBe(1);
    const [title, ...lines] = instance.output().trim().split("\n");
    expect(title).toBe("Hustings does not start with these settings:");
    expect(lines.map((line) => line.trim().split(":")[0]).sort()).toEqual(Object.keys(wrong).sort());
    expect(fileExists(path.join(directory, "postgres"))).toBe(false);
  });

  test("says that the data directory is a file", async () => {
    const file = path.join(newDirectory(), "file");
    writeFileSync(file, "");
    const instance = await spawnInstance(file, { FAKE_WORKER_FILE: "/nonexistent" });
    expect(await instance.ended).toBe(1);
    expect(instance.output().trim()).toBe(`${file} is not a directory: name another place in HUSTINGS_DATA_DIR.`);
  });

  test("says that the file with the database's password is damaged", async () => {
    const directory = newDirectory();
    writeFileSync(path.join(directory, "postgres.json"), "{");
    const instance = await startInstance(directory);
    expect(await instance.ended).toBe(1);
    expect(instance.output().trim().split("\n").at(-1)).toBe(
      `${directory}/postgres.json, which holds the database's password, is damaged: restore it, or name another place in HUSTINGS_DATA_DIR.`,
    );
  });
});

describe("a DATABASE_URL that is wrong", () => {
  test.each([
    ["mysql://u:p@127.0.0.1/x", "DATABASE_URL must be of the form postgres://user:password@host:5432/database."],
    ["postgres://u:p@127.0.0.1:1/x", "Nobody answers at 127.0.0.1:1, where DATABASE_URL says that Postgres is."],
  ])("%s", async (url, sentence) => {
    const instance = await startInstance(newDirectory(), { DATABASE_URL: url });
    expect(await instance.ended).toBe(1);
    expect(instance.output().trim().split("\n").at(-1)).toBe(sentence);
  });

  test("names the password or the database that the server refuses", async () => {
    const server = new URL(process.env.HUSTINGS_TEST_DATABASE_URL ?? "");
    const noDatabase = new URL(server);
    noDatabase.pathname = "/no_such_database";
    const noPassword = new URL(server);
    noPassword.password = "wrong";
    const directories = [newDirectory(), newDirectory()];
    const [first, second] = await Promise.all([
      startInstance(directories[0] ?? "", { DATABASE_URL: noDatabase.href }),
      startInstance(directories[1] ?? "", { DATABASE_URL: noPassword.href }),
    ]);
    expect(await first.ended).toBe(1);
    expect(first.output()).toContain(
      `The server of DATABASE_URL, ${server.host}, has no database "no_such_database": create it.`,
    );
    expect(await second.ended).toBe(1);
    expect(second.output()).toContain("refuses the user or the password");
  });
});

const readUrl = (directory: string): string =>
  JSON.parse(readFileSync(path.join(directory, "instance.json"), "utf8")).databaseUrl;
