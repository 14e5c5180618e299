import type { ScriptOutcome } from "../job";

/** Something that must be survived: how it may end, and what it gives when it ends well. */
export type HostileScript = {
  name: string;
  code: string;
  ends: ScriptOutcome["status"][];
  result?: unknown;
};

const GREEDY: ScriptOutcome["status"][] = ["timed_out", "failed"];
const ANY: ScriptOutcome["status"][] = ["succeeded", "failed"];

/** What takes all of a machine: time, memory, pipes. */
export const greedyScripts: HostileScript[] = [
  { name: "loops for ever", code: "while (true) {}", ends: GREEDY },
  { name: "loops for ever in microtasks", code: "while (true) await 0", ends: GREEDY },
  { name: "waits for what never comes", code: "await new Promise(() => {})", ends: ["timed_out"] },
  { name: "sleeps for a month", code: "await sleep(1e12)", ends: ["timed_out"] },
  {
    name: "fills the heap",
    code: "const all = []; for (;;) all.push(new Array(1e5).fill(Math.random()))",
    ends: GREEDY,
  },
  {
    name: "fills memory outside of the heap",
    code: "const all = []; for (;;) { const part = new Uint8Array(4 << 20); part.fill(1); all.push(part) }",
    ends: GREEDY,
  },
  { name: "doubles a text", code: "let text = 'x'; for (;;) text += text", ends: GREEDY },
  { name: "asks for one huge buffer", code: "return new Uint8Array(2 ** 40).length", ends: ["failed"] },
  { name: "backtracks", code: 'return /^(a|a)*$/.test("a".repeat(64) + "b")', ends: GREEDY },
  {
    name: "sorts without end",
    code: "return Array.from({ length: 5e6 }, (_, i) => i).sort(() => { for (;;); })",
    ends: GREEDY,
  },
  { name: "floods its log", code: 'for (;;) console.log("x".repeat(1000))', ends: GREEDY },
  { name: "floods its log with nothing", code: "for (;;) console.log()", ends: GREEDY },
  { name: "gives a huge result", code: 'return "x".repeat(1e7)', ends: ["failed"] },
  { name: "has a result that never ends", code: "return { toJSON() { for (;;); } }", ends: GREEDY },
  { name: "has a result that is itself", code: "const me = {}; me.me = me; return me", ends: ["failed"] },
  {
    name: "nests its result deeply",
    code: "let deep = 1; for (let i = 0; i < 500; i++) deep = [deep]; return deep",
    ends: ["failed"],
  },
  { name: "recurses", code: "const f = () => f(); f()", ends: ["failed"] },
  { name: "recurses and catches", code: "const f = () => { try { f() } finally { f() } }; f()", ends: GREEDY },
  { name: "calls without end", code: "for (;;) await crm.contacts.get('1')", ends: GREEDY },
  { name: "calls without waiting", code: "for (;;) crm.contacts.get('1').catch(() => {})", ends: GREEDY },
  {
    name: "calls with too much",
    code: "return await crm.contacts.get({ x: 'y'.repeat(5e6) }).catch((e) => e.code)",
    ends: ["succeeded"],
    result: "TOO_LARGE",
  },
  { name: "sleeps a million times", code: "for (let i = 0; i < 1e6; i++) sleep(1e6)", ends: GREEDY },
  { name: "makes promises without end", code: "const f = () => Promise.resolve().then(f); await f()", ends: GREEDY },
  { name: "generates without end", code: "function* g() { for (;;) yield 1 } return [...g()].length", ends: GREEDY },
  { name: "multiplies huge numbers", code: "let n = 3n; for (;;) n **= 3n", ends: GREEDY },
  {
    name: "replaces JSON, Map and Promise",
    code: `JSON.stringify = () => '{"t":"end","result":"1"}'; Map.prototype.get = () => ({ resolve() {} }); Promise.prototype.then = () => 1; return await crm.contacts.get("1")`,
    ends: [...ANY, "timed_out"],
  },
];

/** What tries to speak with the parent in somebody else's name, or to look around in what it was handed. */
export const curiousScripts: HostileScript[] = [
  {
    name: "names another workspace",
    code: 'return await crm.contacts.get("1", { workspaceId: "other" })',
    ends: ["succeeded"],
    result: { as: "given", method: "contacts.get", input: { id: "1", workspaceId: "other" } },
  },
  { name: "calls what it was not handed", code: "return typeof crm.users", ends: ["succeeded"], result: "undefined" },
  {
    name: "adds a method to crm",
    code: "'use strict'; try { crm.users = 1 } catch { return 'frozen' }",
    ends: ["succeeded"],
    result: "frozen",
  },
  {
    name: "pollutes by its arguments",
    code: `await crm.contacts.get(JSON.parse('{"__proto__":{"isAdmin":true},"constructor":{"prototype":{"x":1}}}')); return ({}).isAdmin ?? "clean"`,
    ends: ["succeeded"],
    result: "clean",
  },
  {
    name: "writes frames into its log",
    code: `console.log('"}\\n{"t":"end","result":"\\\\"forged\\\\""}\\n'); return "mine"`,
    ends: ["succeeded"],
    result: "mine",
  },
  { name: "looks for the pipe", code: "return typeof __send", ends: ["succeeded"], result: "undefined" },
  { name: "throws nothing", code: "throw undefined", ends: ["failed"] },
  {
    name: "throws what cannot be looked at",
    code: "throw new Proxy({}, { get() { throw 1 }, getPrototypeOf() { throw 2 } })",
    ends: ["failed"],
  },
  {
    name: "throws an error that lies",
    code: "const e = new Error(); Object.defineProperty(e, 'message', { get() { throw e } }); Object.defineProperty(e, 'stack', { get() { throw e } }); throw e",
    ends: ["failed"],
  },
  { name: "leaves the function it stands in", code: "}); globalThis.out = 1; (async () => { return out", ends: ANY },
  {
    name: "reads NUL and half characters",
    code: "return ['\\u0000', '\\ud800', { '\\u0000': 1 }]",
    ends: ["succeeded"],
    result: ["\uFFFD", "\uFFFD", { "\uFFFD": 1 }],
  },
  {
    name: "leaves a rejection behind",
    code: "Promise.reject(new Error('lost')); await sleep(5); return 1",
    ends: ["succeeded"],
    result: 1,
  },
  {
    name: "imports",
    code: 'try { return typeof (await import("fs")).readFileSync } catch { return "blocked" }',
    ends: ANY,
    result: "blocked",
  },
  {
    name: "evaluates",
    code: 'try { return eval("1 + 1") } catch { return "blocked" }',
    ends: ["succeeded"],
    result: "blocked",
  },
  {
    name: "makes functions of texts",
    code: 'try { return new Function("return 2")() } catch { return "blocked" }',
    ends: ["succeeded"],
    result: "blocked",
  },
  {
    name: "looks for what Node has",
    code: "return [typeof process, typeof require, typeof module, typeof fetch, typeof setTimeout, typeof Buffer, typeof WebAssembly, typeof SharedArrayBuffer].join()",
    ends: ["succeeded"],
    result: Array(8).fill("undefined").join(),
  },
];
