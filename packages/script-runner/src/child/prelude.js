// Runs inside vm2, before the script and in its realm: makes what a script is handed, and nothing else. What it needs of the
// realm it takes at once, so that a script that replaces JSON or Promise harms itself alone.
(() => {
  const send = globalThis.__send;
  for (const name of [
    "__send",
    "Buffer",
    "WebAssembly",
    "SharedArrayBuffer",
    "Atomics",
    "FinalizationRegistry",
    "WeakRef",
  ])
    delete globalThis[name];
  const { stringify, parse } = JSON;
  const { freeze, assign, entries } = Object;
  const PAGE = 200;
  const MAX_LINE = 8_192;
  const MAX_FRAMES = 20;
  /** `(async () => {` stands before the script's first line. */
  const LINES_BEFORE = 1;
  let limits = { lines: 0, maxCallLength: 0, maxResultLength: 0 };

  Error.stackTraceLimit = MAX_FRAMES;
  Error.prepareStackTrace = (error, frames) => {
    let text = headline(error);
    for (const frame of frames) {
      try {
        const line = frame.getLineNumber() - LINES_BEFORE;
        if (frame.getFileName() === "script.js" && line <= limits.lines)
          text += `\n    at ${frame.getFunctionName() ?? "script"} (line ${line})`;
      } catch {}
    }
    return text;
  };
  const headline = (error) => {
    try {
      const message = String(error.message);
      return error.name === "Error" ? message : `${error.name}: ${message}`;
    } catch {
      return "Error";
    }
  };
  const describe = (thrown) => {
    try {
      if (!(thrown instanceof Error)) return { message: format(thrown) };
      const stack = String(thrown.stack);
      return { message: headline(thrown), stack, line: Number(/\(line (\d+)\)/.exec(stack)?.[1] ?? 0) };
    } catch {
      return { message: "The script threw something that cannot be shown" };
    }
  };
  const format = (value) => {
    try {
      if (typeof value === "string") return value;
      return value instanceof Error ? String(value.stack) : (stringify(value) ?? String(value));
    } catch {
      return "[cannot be shown]";
    }
  };

  let lastId = 0;
  const waiting = new Map();
  const call = (method, input) => {
    // Made here, so that its stack names the line that called.
    const failure = new Error();
    return new Promise((resolve, reject) => {
      const text = stringify({ t: "call", id: ++lastId, method, input });
      if (text.length > limits.maxCallLength)
        throw assign(failure, { message: `${method}: too much at once`, code: "TOO_LARGE" });
      waiting.set(lastId, { resolve, reject, failure });
      send(text);
    });
  };
  /** Texts fill the names in their order; an object is merged: `update(id, { firstName })`. */
  const toInput = (names, given) => {
    const input = {};
    given.forEach((value, index) => {
      if (typeof value === "string" && names[index] !== undefined) input[names[index]] = value;
      else if (typeof value === "object" && value !== null) assign(input, value);
      else if (value !== undefined && value !== null) throw new TypeError(`Argument ${index + 1} is of no use here`);
    });
    return input;
  };
  async function* iterate({ method, items }, query) {
    const seen = new Set();
    for (let page = 1; ; page++) {
      const range = items ? { page, pageSize: PAGE } : { limit: PAGE, offset: (page - 1) * PAGE };
      const answer = await call(method, { ...query, ...range });
      const rows = items ? answer[items] : answer;
      for (const row of rows) {
        if (seen.has(row.id)) continue;
        seen.add(row.id);
        yield row;
      }
      if (rows.length < PAGE) return;
    }
  }
  const toCrm = (methods) => {
    const crm = {};
    for (const [path, method] of entries(methods)) {
      const [noun, verb] = path.split(".");
      crm[noun] ??= {};
      crm[noun][verb] =
        method.items === undefined
          ? async (...given) => call(path, toInput(method.arguments, given))
          : (...given) => iterate(method, toInput(method.arguments, given));
    }
    for (const noun of Object.values(crm)) freeze(noun);
    return freeze(crm);
  };

  const write =
    (level) =>
    (...values) => {
      let text = values.map(format).join(" ");
      if (text.length > MAX_LINE) text = `${text.slice(0, MAX_LINE)}…`;
      send(stringify({ t: "log", level, text }));
    };
  const log = write("log");
  globalThis.log = log;
  globalThis.console = freeze({ log, info: log, debug: log, warn: write("warn"), error: write("error") });
  globalThis.sleep = async (ms) => call("sleep", { ms: Number(ms) });

  const end = (outcome) => send(stringify({ t: "end", ...outcome }));
  return {
    open: (text) => {
      const { methods, input, ...given } = parse(text);
      limits = given;
      globalThis.crm = toCrm(methods);
      globalThis.input = input;
    },
    deliver: (text) => {
      const { id, value, error } = parse(text);
      const caller = waiting.get(id);
      if (!caller) return;
      waiting.delete(id);
      if (error) caller.reject(assign(caller.failure, error));
      else caller.resolve(value);
    },
    finish: async (promise) => {
      let result;
      try {
        result = await promise;
      } catch (thrown) {
        return end({ error: describe(thrown) });
      }
      try {
        const text = stringify(result) ?? "null";
        if (text.length > limits.maxResultLength)
          return end({
            error: { message: `The result is larger than ${Math.floor(limits.maxResultLength / 1024)} KB` },
          });
        end({ result: text });
      } catch (thrown) {
        end({ error: { message: `The result cannot be written as JSON: ${describe(thrown).message}` } });
      }
    },
  };
})();
