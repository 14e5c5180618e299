import type { HostileScript } from "./hostile-script";

/** `refusals(…calls)`: the code with which each was refused, or that it was not. */
const REFUSALS = `const refusals = async (...calls) => { const codes = []; for (const call of calls) codes.push(await call().then(() => "reached", (e) => e.code)); return codes };
`;

/** What tries to speak with the parent in somebody else's name, or to look around in what it was handed. */
export const curiousScripts: HostileScript[] = [
  {
    name: "names another workspace",
    code: `${REFUSALS}return refusals(() => crm.contacts.get(input.own, { workspaceId: input.workspace }), () => crm.contacts.list({ workspaceId: input.workspace }), () => crm.contacts.create({ workspaceId: input.workspace }), () => crm.contacts.list({ "x-workspace-id": input.workspace }))`,
    ends: ["succeeded"],
    result: Array(4).fill("BAD_REQUEST"),
  },
  {
    name: "knows another workspace's ids",
    code: `${REFUSALS}return refusals(() => crm.contacts.get(input.theirs), () => crm.contacts.update(input.theirs, { firstName: "Mine" }), () => crm.contacts.delete(input.theirs), () => crm.contacts.tag(input.theirs, input.tag), () => crm.contacts.tags(input.theirs))`,
    ends: ["succeeded"],
    result: Array(5).fill("NOT_FOUND"),
  },
  {
    name: "knows the ids of another workspace's tags and timelines",
    code: `${REFUSALS}return refusals(() => crm.interactions.create(input.theirs, { type: "note" }), () => crm.interactions.list(input.theirs), () => crm.tags.update(input.tag, { name: "mine" }), () => crm.tags.delete(input.tag))`,
    ends: ["succeeded"],
    result: Array(4).fill("NOT_FOUND"),
  },
  {
    name: "puts another workspace's tag on its own people",
    code: `${REFUSALS}return refusals(() => crm.contacts.tag(input.own, input.tag))`,
    ends: ["succeeded"],
    result: ["BAD_REQUEST"],
  },
  {
    name: "tells all that it can read",
    code: 'const all = []; for (const noun of ["contacts", "tags", "fields", "segments", "campaigns"]) for await (const row of crm[noun].iterate()) all.push(row); return all',
    ends: ["succeeded"],
  },
  {
    name: "says itself who it is",
    code: `${REFUSALS}return refusals(() => crm.contacts.get({ id: input.theirs, principal: { installationRole: "admin" } }), () => crm.segments.preview({ filter: { match: "all", conditions: [] }, crossWorkspace: true }))`,
    ends: ["succeeded"],
    result: ["BAD_REQUEST", "FORBIDDEN"],
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
    code: `${REFUSALS}const payload = JSON.parse('{"__proto__":{"isAdmin":true},"constructor":{"prototype":{"x":1}}}'); await refusals(() => crm.contacts.get(payload), () => crm.contacts.create(payload), () => crm.contacts.create({ customFields: payload }), () => crm.contacts.list(payload)); return ({}).isAdmin ?? "clean"`,
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
    ends: ["succeeded", "failed"],
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
