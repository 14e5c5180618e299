import { writeFileSync } from "node:fs";

// Tells its process number and what it was given, and waits as a worker does.
const { DATABASE_URL, WORKER_PORT, PORT } = process.env;
writeFileSync(process.env.FAKE_WORKER_FILE, JSON.stringify({ pid: process.pid, DATABASE_URL, WORKER_PORT, PORT }));
setInterval(() => undefined, 1_000);
