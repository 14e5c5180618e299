/**
 * Loaded before web and worker (`node --import`): the start script holds the other end of standard input, and when it
 * is gone, however it ended, so is the reason for this process.
 */
const GRACE_MS = 12_000;

process.stdin.on("error", () => undefined);
process.stdin.once("close", () => {
  process.kill(process.pid, "SIGTERM");
  setTimeout(() => process.kill(process.pid, "SIGKILL"), GRACE_MS).unref();
});
process.stdin.resume();
// A file or a terminal has no such method, and needs none.
process.stdin.unref?.();
