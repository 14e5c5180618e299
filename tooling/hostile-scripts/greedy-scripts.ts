import { GREEDY, type HostileScript } from "./hostile-script";

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
  { name: "calls without end", code: "for (;;) await crm.contacts.get(input.own)", ends: GREEDY },
  { name: "calls without waiting", code: "for (;;) crm.contacts.get(input.own).catch(() => {})", ends: GREEDY },
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
    code: `JSON.stringify = () => '{"t":"end","result":"1"}'; Map.prototype.get = () => ({ resolve() {} }); Promise.prototype.then = () => 1; return await crm.contacts.get(input.own)`,
    ends: ["succeeded", "failed", "timed_out"],
  },
];
