"use strict";
// A child whose script is out of vm2 from the start: it has the process, require and everything of Node. For the proof that
// the process is the wall.
const fs = require("node:fs");
const { compileFunction } = require("node:vm");

const write = (message) => fs.writeSync(1, `${JSON.stringify(message)}\n`);

let buffered = "";
process.stdin.setEncoding("utf8");
process.stdin.on("data", (chunk) => {
  buffered += chunk;
  if (!buffered.includes("\n")) return;
  const { code } = JSON.parse(buffered);
  buffered = "";
  compileFunction(`return (async () => {${code}\n})()`, ["require", "process"])(require, process).then(
    (result) => write({ t: "end", result: JSON.stringify(result ?? null) }),
    (error) => write({ t: "end", error: { message: `${error.code ?? ""} ${error.message}` } }),
  );
});
write({ t: "ready", isConfined: process.permission?.has("fs.read", "/etc/passwd") === false });
