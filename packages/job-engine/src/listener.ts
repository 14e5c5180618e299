import type { Server } from "node:http";

/** A server that may have to wait for its port. */
export interface Listener {
  /** Listens, unless it does already; false when the port is taken. */
  tryListen(): Promise<boolean>;
  close(): Promise<void>;
}

/** Wraps a server: of two engines on one machine, the one that stands by gets the port when the other dies. */
export function createListener(server: Server, host: string, port: number): Listener {
  return {
    tryListen: async () => {
      if (server.listening) return true;
      try {
        await new Promise<void>((resolve, reject) => {
          server.once("error", reject);
          server.listen(port, host, () => {
            server.removeListener("error", reject);
            resolve();
          });
        });
        return true;
      } catch (error) {
        if (error instanceof Error && "code" in error && error.code === "EADDRINUSE") return false;
        throw error;
      }
    },
    close: async () => {
      if (!server.listening) return;
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}
