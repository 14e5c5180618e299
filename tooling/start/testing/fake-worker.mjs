import { renameSync, writeFileSync } from "node:fs";

// Tells its process number and what it was given, and waits as a worker does.
const { DATABASE_URL, WORKER_PORT, PORT, FAKE_WORKER_FILE } = process.env;
const whole = `${FAKE_WORKER_FILE}.new`;
writeFileSync(whole, JSON.stringify({ pid: process.pid, DATABASE_URL, WORKER_PORT, PORT }));
renameSync(whole, FAKE_WORKER_FILE);
setInterval(() => undefined, 1_000);
