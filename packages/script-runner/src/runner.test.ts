import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { checkSyntax } from "./check-syntax";
import { readScriptEnv } from "./env";
import { FairQueue } from "./fair-queue";
import { type Json, type ScriptApi, ScriptCallError } from "./job";
import { createScriptRunner, type ScriptRunner } from "./runner";

const PEOPLE = Array.from({ length: 450 }, (_, n) => ({ id: String(n) }));
const api: ScriptApi = {
  methods: {
    "contacts.list": { arguments: [] },
    "contacts.update": { arguments: ["id"] },
    "contacts.tag": { arguments: ["id", "tagId"] },
    "contacts.iterate": { arguments: [], method: "contacts.list", items: "contacts" },
    "tags.iterate": { arguments: [], method: "tags.list", items: null },
    "tags.list": { arguments: [] },
    "broken.call": { arguments: [] },
  },
  call: async (method, input) => {
    const { page = 1, pageSize = 1, limit = 0, offset = 0 } = input as Record<string, number>;
    if (method === "contacts.list") return { contacts: PEOPLE.slice((page - 1) * pageSize, page * pageSize) };
    if (method === "tags.list") return PEOPLE.slice(offset, offset + limit);
    if (method === "broken.call") throw new Error("a secret of the house");
    if (method === "contacts.update") throw new ScriptCallError("Contact not found", "NOT_FOUND", ["id: unknown"]);
    return { method, input: input as Json };
  },
};

let runner: ScriptRunner;
beforeAll(() => {
  runner = createScriptRunner(readScriptEnv({ SCRIPT_ISOLATION: "reduced", SCRIPT_WARM: "1" }));
});
afterAll(() => runner.close());
const run = (code: string, more: { input?: Json; signal?: AbortSignal; onLog?: (line: string) => void } = {}) =>
  runner.run({ group: "test", code, input: null, api, ...more });

describe("a script", () => {
  it("reads its input, calls what it was handed, writes its log and gives a result", async () => {
    const heard: string[] = [];
    const outcome = await run(
      'console.log("got", input); console.warn("careful"); log({ a: 1 }); return await crm.contacts.tag("1", "2")',
      { input: { name: "Ana" }, onLog: (line) => heard.push(line) },
    );
    expect(outcome).toMatchObject({
      status: "succeeded",
      result: { method: "contacts.tag", input: { id: "1", tagId: "2" } },
      error: null,
      logs: ['got {"name":"Ana"}', "[warn] careful", '{"a":1}'],
      calls: 1,
    });
    expect(heard).toEqual(outcome.logs);
  });

  it("walks through pages as if there were none", async () => {
    const code = (noun: string) => `let n = 0; for await (const row of crm.${noun}.iterate()) n++; return n`;
    expect((await run(code("contacts"))).result).toBe(450);
    expect((await run(code("tags"))).result).toBe(450);
  });

  it("sees why a call was refused, and nothing of what broke inside", async () => {
    const caught = "catch (e) { return [e.message, e.code, e.details ?? null] }";
    expect((await run(`try { await crm.contacts.update("1", { firstName: "A" }) } ${caught}`)).result).toEqual([
      "Contact not found",
      "NOT_FOUND",
      ["id: unknown"],
    ]);
    expect((await run(`try { await crm.broken.call() } ${caught}`)).result).toEqual([
      "Internal server error",
      "INTERNAL_SERVER_ERROR",
      null,
    ]);
  });

  it("fails with the line on which it failed", async () => {
    expect(await run("\n\nnull.x")).toMatchObject({
      status: "failed",
      error: { line: 3, message: expect.stringContaining("null") },
    });
    const inCall = await run(
      "const f = async () => {\n  await sleep(1);\n  await crm.contacts.update('1');\n};\n\nawait f();",
    );
    expect(inCall.error).toEqual({ message: "Contact not found", line: 3, stack: expect.stringContaining("line 6") });
    expect(await run("throw 'words'")).toMatchObject({ error: { message: "words", line: null } });
  });

  it("is stopped in the middle, and before it begins", async () => {
    const stop = new AbortController();
    const outcome = await run("console.log('on'); await sleep(1e6)", {
      signal: stop.signal,
      onLog: () => stop.abort(),
    });
    expect(outcome).toMatchObject({ status: "cancelled", logs: ["on"] });
    expect(await run("return 1", { signal: stop.signal })).toMatchObject({ status: "cancelled" });
  });

  it("has nothing of the run before", async () => {
    await run("globalThis.left = 1; Object.prototype.left = 1");
    expect((await run("return [typeof left, ({}).left ?? null]")).result).toEqual(["undefined", null]);
  });
});

describe("the syntax of a script", () => {
  it("is read as the body of an async function, and a mistake has its place", () => {
    expect(checkSyntax("const a = await 1;\nreturn a")).toBeNull();
    expect(checkSyntax("const a = 1;\nconst b = ;")).toEqual({ message: "Unexpected token", line: 2, column: 11 });
    expect(checkSyntax("}); (async () => {")).toMatchObject({ line: 1, column: 1 });
    expect(checkSyntax('import fs from "fs"')?.line).toBe(1);
    expect(checkSyntax(`${"(".repeat(100_000)}1`)).not.toBeNull();
  });
});

describe("the line of those who wait", () => {
  it("lets groups take turns, and refuses who is too many", async () => {
    const queue = new FairQueue(1, 4);
    const order: string[] = [];
    let open = () => {};
    const first = queue.run("a", () => new Promise<void>((resolve) => (open = resolve)));
    const stop = new AbortController();
    const rest = ["a1", "a2", "b1"].map((name) => queue.run(name.charAt(0), async () => void order.push(name)));
    const left = queue.run("c", async () => void order.push("c"), stop.signal).catch(() => order.push("left"));
    await expect(queue.run("d", async () => undefined)).rejects.toThrow("Too many");
    stop.abort();
    await left;
    open();
    await Promise.all([first, ...rest]);
    expect(order).toEqual(["left", "a1", "b1", "a2"]);
  });
});
