import { randomInt } from "node:crypto";
import { createServer } from "node:net";

/** Registered ports below the ranges from which systems draw for outgoing connections (Linux: 32768 and up). */
const [LOWEST, HIGHEST] = [10_000, 32_767];
const ATTEMPTS = 100;

/**
 * A port of the loopback address on which nobody listened a moment ago. It is drawn at random where no outgoing
 * connection is made from, so that it is most likely still free when its user listens.
 *
 * @throws Error when a hundred draws found none.
 */
export async function findFreePort(): Promise<number> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const port = randomInt(LOWEST, HIGHEST + 1);
    if (await isPortFree(port)) return port;
  }
  throw new Error("No port is free on this machine.");
}

/** Whether we could listen there now. */
export function isPortFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(false));
    server.listen(port, "127.0.0.1", () => server.close(() => resolve(true)));
  });
}
