"use strict";
// The inside of the wall: one process for one run. It starts, says that it is ready, is sealed, gets one job over its
// standard input, and is killed. No secret ever enters it, and nothing in it is trusted.
const fs = require("node:fs");
const path = require("node:path");
const { VM } = require("vm2");

const exit = process.reallyExit.bind(process);

/** Blocks while nobody reads, so that a flood of lines waits here instead of filling anybody's memory. */
function write(text) {
  const bytes = Buffer.from(`${text}\n`);
  for (let at = 0; at < bytes.length; ) at += fs.writeSync(1, bytes, at);
}

process.on("unhandledRejection", () => {});
process.on("uncaughtException", (error) => {
  try {
    write(JSON.stringify({ t: "end", error: { message: String(error?.message) } }));
  } finally {
    exit(1);
  }
});
for (const name of Object.keys(process.env)) delete process.env[name];

const __send = (text) => {
  if (typeof text === "string") write(text);
};
// Without vm2's timeout: its watchdog needs file descriptors, of which a sealed process gets none. The parent kills.
const vm = new VM({ eval: false, wasm: false, fixAsync: false, bufferAllocLimit: 8 << 20, sandbox: { __send } });
const prelude = vm.run(fs.readFileSync(path.join(__dirname, "prelude.js"), "utf8"), "prelude.js");

let takeLine = (line) => {
  const { code, ...handed } = JSON.parse(line);
  takeLine = (answer) => prelude.deliver(answer);
  prelude.open(JSON.stringify(handed));
  try {
    prelude.finish(vm.run(`(async () => {\n${code}\n})()`, "script.js"));
  } catch (error) {
    write(JSON.stringify({ t: "end", error: { message: `${error?.name}: ${error?.message}` } }));
  }
};

let buffered = "";
process.stdin.setEncoding("utf8");
process.stdin.on("data", (chunk) => {
  buffered += chunk;
  for (let end = buffered.indexOf("\n"); end >= 0; end = buffered.indexOf("\n")) {
    const line = buffered.slice(0, end);
    buffered = buffered.slice(end + 1);
    takeLine(line);
  }
});
process.stdin.on("end", () => exit(0));

const permissions = process.permission;
write(
  JSON.stringify({ t: "ready", isConfined: permissions !== undefined && !permissions.has("fs.read", "/etc/passwd") }),
);
