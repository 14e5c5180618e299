import { createServer } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { UserError } from "./user-error";

/**
 * Makes sure that we can listen there.
 *
 * @param variable which one says so.
 * @param patienceMs how long to wait for somebody who is about to leave.
 * @throws UserError when the port is taken, not allowed, or the host is not ours.
 */
export async function assertPortFree(
  variable: "PORT" | "WORKER_PORT" | "INNGEST_DEV_PORT",
  host: string,
  port: number,
  patienceMs: number,
): Promise<void> {
  for (const deadline = Date.now() + patienceMs; ; await delay(100)) {
    const code = await tryToListen(host, port);
    if (code === null) return;
    if (code === "EADDRINUSE" && Date.now() < deadline) continue;
    throw new UserError(explain(code, variable, host, port));
  }
}

function tryToListen(host: string, port: number): Promise<string | null> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    server.listen({ host, port, exclusive: true }, () => server.close(() => resolve(null)));
  });
}

function explain(code: string, variable: Parameters<typeof assertPortFree>[0], host: string, port: number): string {
  if (code === "EADDRINUSE")
    return `Port ${port} is taken by another program: stop that, or choose another port, such as ${variable}=${port + 1}.`;
  if (code === "EACCES") return `This user may not listen on port ${port}: choose one above 1023 in ${variable}.`;
  if (code === "EADDRNOTAVAIL" || code === "ENOTFOUND")
    return `${variable === "PORT" ? "HOST" : "WORKER_HOST"} is "${host}", which is no address of this machine.`;
  return `Nobody can listen on ${host}:${port} (${code}).`;
}
