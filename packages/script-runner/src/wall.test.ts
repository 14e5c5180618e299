import { chmodSync, copyFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { type AddressInfo, createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readScriptEnv } from "./env";
import type { ScriptOutcome } from "./job";
import type { WallReport } from "./probe";
import { createScriptRunner, type ScriptRunner } from "./runner";
import { toRefusal, toService } from "./service";

/** What a script does that has got out of its language. Each gives what it reached, or throws. */
const ATTACKS = {
  "reads a file": 'return require("fs").readFileSync("/etc/passwd", "utf8").slice(0, 4)',
  "reads its parent's environment": 'return require("fs").readFileSync("/proc/PARENT/environ", "utf8").slice(0, 4)',
  "lists a directory": 'return require("fs").readdirSync("/")',
  "writes a file": 'require("fs").writeFileSync("/tmp/hustings-escaped", "x"); return "written"',
  "starts a program": 'return require("child_process").execSync("id").toString()',
  "starts a program by the binding":
    'return process.binding("spawn_sync").spawn({ file: "/bin/id", args: ["id"], stdio: [] }).pid || (() => { throw new Error("no") })()',
  "loads native code": 'process.dlopen({ exports: {} }, "/lib/x86_64-linux-gnu/libc.so.6"); return "loaded"',
  "calls its parent's machine": `return await new Promise((done, fail) => { const s = require("net").connect(PORT, "127.0.0.1", () => done("connected")); s.on("error", fail) })`,
  "calls over a socket in the file system": `return await new Promise((done, fail) => { const s = require("net").connect("SOCKET", () => done("connected")); s.on("error", fail) })`,
  listens: `return await new Promise((done, fail) => { const s = require("net").createServer().listen(0, () => done("listening")); s.on("error", fail) })`,
  "sends a datagram": `return await new Promise((done, fail) => { const s = require("dgram").createSocket("udp4"); s.on("error", fail); s.send("x", 53, "127.0.0.1", (e) => e ? fail(e) : done("sent")) })`,
  "signals its parent": 'process.kill(PARENT, 0); return "signalled"',
  // Where the worker is not root it is nobody but the root of a namespace without anybody else.
  "becomes somebody else": "const id = process.getuid() === 0 ? 1 : 0; process.setuid(id); return id",
  "starts a thread":
    'return await new Promise((done, fail) => { const w = new (require("worker_threads").Worker)("1", { eval: true }); w.on("online", () => done("started")); w.on("error", fail) })',
  "resolves a name":
    'return await new Promise((done, fail) => require("dns").lookup("example.org", (e, a) => e ? fail(e) : done(a)))',
};

const attacks = new Map<string, Promise<ScriptOutcome>>();
let directory: string;
let runner: ScriptRunner;
let report: WallReport;
let servers: Server[];
let port = 0;
const settings = readScriptEnv({ SCRIPT_ISOLATION: "reduced", SCRIPT_TIMEOUT_SECONDS: "3" });
beforeAll(async () => {
  directory = mkdtempSync(path.join(tmpdir(), "hustings-escaped-"));
  chmodSync(directory, 0o755);
  copyFileSync(path.join(import.meta.dirname, "testing/escaped-child.cjs"), path.join(directory, "escaped-child.cjs"));
  servers = [createServer((socket) => socket.end()), createServer((socket) => socket.end())];
  await Promise.all(
    servers.map(
      (server, index) =>
        new Promise<void>((resolve) => server.listen(index === 0 ? 0 : path.join(directory, "socket"), resolve)),
    ),
  );
  chmodSync(path.join(directory, "socket"), 0o777);
  port = ((servers[0] as Server).address() as AddressInfo).port;
  runner = createScriptRunner(settings, "escaped-child.cjs", directory);
  report = await runner.report();
  for (const [name, code] of Object.entries(ATTACKS)) attacks.set(name, attack(code));
});
afterAll(async () => {
  await runner.close();
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  rmSync(directory, { recursive: true });
});

const attack = (code: string) =>
  runner.run({
    group: "escaped",
    code: code
      .replace("PORT", String(port))
      .replace("PARENT", String(process.pid))
      .replace("SOCKET", path.join(directory, "socket")),
    input: null,
    api: { methods: {}, call: async () => null },
  });

describe("a script that is out of its language", () => {
  it("is in a process that works", async () => {
    expect(report.broken).toBeNull();
    expect(await attack("return process.pid > 0")).toMatchObject({ status: "succeeded", result: true });
  });

  it.each(Object.entries(ATTACKS))("gets nowhere when it %s", async (name) => {
    const { status, result } = (await attacks.get(name)) as ScriptOutcome;
    expect(status === "succeeded" ? result : "nowhere", `missing: ${JSON.stringify(report.missing)}`).toBe("nowhere");
  });

  it("sees nobody's environment", async () => {
    expect(await attack("return Object.keys(process.env).filter((name) => name !== 'PATH')")).toMatchObject({
      result: [],
    });
  });
});

describe("where a layer is missing", () => {
  it("nothing runs unless the operator has named the weaker wall", () => {
    const weak: WallReport = {
      ...report,
      missing: [{ layer: "network", says: "no network namespace", keepsFrom: "the network", allow: "Allow it." }],
      broken: null,
    };
    expect(toRefusal(weak, { isReducedAllowed: false })).toContain("no network namespace");
    expect(toRefusal(weak, { isReducedAllowed: true })).toBeNull();
    expect(toRefusal({ ...report, broken: "no Node" }, { isReducedAllowed: true })).toContain("no Node");
    expect(toService(weak, { ...settings, isReducedAllowed: false })).toMatchObject({
      refusal: toRefusal(weak, { isReducedAllowed: false }),
      missing: [{ allow: "Allow it. Or accept the weaker wall: SCRIPT_ISOLATION=reduced." }],
    });
    expect(toService(weak, settings)).toMatchObject({ refusal: null, missing: weak.missing, limits: settings.limits });
  });

  it("a child that is not confined is refused", async () => {
    const lax = mkdtempSync(path.join(tmpdir(), "hustings-lax-"));
    chmodSync(lax, 0o755);
    writeFileSync(
      path.join(lax, "child.cjs"),
      `require("fs").writeSync(1, '{"t":"ready","isConfined":false}\\n'); setInterval(() => {}, 1000)`,
    );
    const other = createScriptRunner({ ...settings, isReducedAllowed: false }, "child.cjs", lax);
    const outcome = await other.run({
      group: "a",
      code: "return 1",
      input: null,
      api: { methods: {}, call: async () => null },
    });
    await other.close();
    rmSync(lax, { recursive: true });
    expect(outcome).toMatchObject({
      status: "failed",
      error: { message: expect.stringContaining("permission model") },
    });
  });
});
