import { randomBytes } from "node:crypto";
import type { Server } from "node:http";
import { findFreePort } from "@hustings/db/free-port";
import { createTestDatabase } from "@hustings/db/test-database";
import { Inngest, type InngestFunction } from "inngest";
import { createServer } from "inngest/node";
import { afterAll, beforeAll, expect, vi } from "vitest";
import { startJobEngine } from "../engine";
import { eventKey, signingKey } from "./test-client";
import { recordingLogger, waitUntil } from "./test-engine";

vi.setConfig({ testTimeout: 240_000, hookTimeout: 120_000 });

/** How a server is reached, and how it is left when the tests are over. */
interface Connection {
  client: ConstructorParameters<typeof Inngest>[0];
  /** Makes the server know the app that answers at this address. */
  register(appUrl: string): Promise<void>;
  close(): Promise<void>;
}

/**
 * An app on a server that speaks Inngest's protocol: the embedded engine, or the one that `INNGEST_SERVER_URL` names.
 * Nothing is known of the server but what the SDK shows: expectations are on what the functions say.
 */
export interface ConformanceServer {
  inngest: Inngest;
  /** What the functions said, in order. */
  said: string[];
  /** The name of an event that no other run of the suite sends; a server may keep what it was told before. */
  own(name: string): string;
  /** The id by which the server's own events name a function. */
  functionId(id: string): string;
  /** Sends an event of this suite. */
  send(name: string, data?: Record<string, unknown>, id?: string): Promise<void>;
  /** Waits until something was said `count` times, and gives how often it was. */
  heard(text: string | RegExp, count?: number): Promise<number>;
}

/** Serves the functions that `define` makes, registered with the server, for one test file. */
export function useConformanceServer(define: (server: ConformanceServer) => InngestFunction.Any[]): ConformanceServer {
  const tag = randomBytes(4).toString("hex");
  const appId = `conformance-${tag}`;
  const server = { said: [] } as unknown as ConformanceServer;
  const count = (text: string | RegExp) =>
    server.said.filter((entry) => (typeof text === "string" ? entry === text : text.test(entry))).length;
  server.own = (name) => `conformance/${tag}/${name}`;
  server.functionId = (id) => `${appId}-${id}`;
  server.send = async (name, data = {}, id) => {
    await server.inngest.send({ name: server.own(name), data, ...(id ? { id: `${tag}-${id}` } : {}) });
  };
  server.heard = async (text, times = 1) => {
    await waitUntil(() => count(text) >= times, 120_000).catch((error: unknown) => {
      throw new Error(`${String(text)} was not said ${times} times, but: ${server.said.join(", ")}`, { cause: error });
    });
    return count(text);
  };

  let app: Server;
  let connection: Connection;
  beforeAll(async () => {
    const url = process.env.INNGEST_SERVER_URL;
    const appPort = await findFreePort();
    const appUrl = `http://127.0.0.1:${appPort}/api/inngest`;
    connection = url ? connectTo(url) : await connectToEngine(appUrl);
    server.inngest = new Inngest({ ...connection.client, id: appId });
    app = createServer({
      client: server.inngest,
      functions: define(server),
      serveOrigin: `http://127.0.0.1:${appPort}`,
    });
    await new Promise<void>((resolve) => app.listen(appPort, "127.0.0.1", () => resolve()));
    await connection.register(appUrl);
  });
  afterAll(async () => {
    await connection.close();
    app.closeAllConnections();
    await new Promise((resolve) => app.close(resolve));
  });
  return server;
}

const silent = () => undefined;
const logger = { debug: silent, info: silent, warn: silent, error: silent };

async function connectToEngine(appUrl: string): Promise<Connection> {
  const database = await createTestDatabase();
  const port = await findFreePort();
  const trouble: string[] = [];
  const engine = startJobEngine({
    connectionString: database.url,
    port,
    appUrl,
    signingKey,
    eventKey,
    logger: recordingLogger(trouble),
  });
  return {
    client: { id: "", isDev: false, baseUrl: `http://127.0.0.1:${port}`, signingKey, eventKey, logger },
    register: () => engine.ready,
    async close() {
      await engine.stop();
      await database.drop();
      expect(trouble).toEqual([]);
    },
  };
}

/** A dev server, or with `INNGEST_SIGNING_KEY` and `INNGEST_EVENT_KEY` one that checks keys. It must reach this machine's loopback. */
function connectTo(baseUrl: string): Connection {
  const { INNGEST_SIGNING_KEY: key, INNGEST_EVENT_KEY: ownEventKey = "conformance" } = process.env;
  return {
    client: {
      id: "",
      isDev: !key,
      baseUrl,
      eventKey: ownEventKey,
      logger,
      ...(key ? { signingKey: key } : {}),
    },
    async register(appUrl) {
      const response = await fetch(appUrl, { method: "PUT" });
      if (!response.ok) throw new Error(`${baseUrl} did not take the app: ${await response.text()}`);
    },
    close: async () => undefined,
  };
}
