import { createServer, type IncomingHttpHeaders, request } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import type { AnyRouter } from "@trpc/server";
import type { ApiContext } from "../context";
import { sendJson } from "./answers";
import { listOperations } from "./endpoints";
import { createRestHandler, type RawHandler } from "./handler";
import type { RawOperation } from "./raw-operations";

export type TestAnswer = { status: number; headers: IncomingHttpHeaders; text: string; json: () => unknown };
export type TestServer = {
  logged: unknown[];
  port: number;
  send: (
    method: string,
    path: string,
    options?: { body?: string | Buffer | object; headers?: Record<string, string> },
  ) => Promise<TestAnswer>;
  /** How much has been read of the connection that comes from a port. */
  countRead: (fromPort: number | undefined) => number;
  close: () => Promise<void>;
};

type Options = {
  raw?: readonly RawOperation[];
  rawHandlers?: Record<string, RawHandler>;
  principal?: ApiContext["principal"];
  maxTotalBodyBytes?: number;
};

/** A REST handler over any router on a free port, without database, sessions or limits: for the bridge's own tests. */
export async function startTestServer(router: AnyRouter, options: Options = {}): Promise<TestServer> {
  const logged: unknown[] = [];
  const handler = createRestHandler({
    operations: listOperations(router, options.raw ?? []),
    rawHandlers: options.rawHandlers ?? {},
    ...(options.maxTotalBodyBytes ? { maxTotalBodyBytes: options.maxTotalBodyBytes } : {}),
  });
  const logger = { error: (...entry: unknown[]) => logged.push(entry) };
  const server = createServer((req, res) => {
    const [pathname = "", search = ""] = (req.url ?? "").split("?");
    const match = handler.match(req.method ?? "", pathname);
    if (!match) return sendJson(res, 404, { error: "Not found" });
    if (match.kind === "wrongMethod") {
      res.setHeader("allow", match.allow.join(", "));
      return sendJson(res, 405, { error: "Method not allowed" });
    }
    const context = {
      source: "rest",
      core: { logger, requestId: "test-request" },
      headers: req.headers as Record<string, string>,
      principal: options.principal ?? null,
      isAnonymousAllowed: false,
      out: { headers: {} },
    } as unknown as ApiContext;
    void handler.handle(match, { req, res, query: new URLSearchParams(search), context });
  });
  const connections = new Map<number | undefined, Socket>();
  server.on("connection", (socket) => connections.set(socket.remotePort, socket));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    logged,
    port,
    send: (method, path, { body, headers = {} } = {}) => sendRequest(port, method, path, headers, body),
    countRead: (fromPort) => connections.get(fromPort)?.bytesRead ?? 0,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

function sendRequest(
  port: number,
  method: string,
  path: string,
  headers: Record<string, string>,
  body: string | Buffer | object | undefined,
): Promise<TestAnswer> {
  const isJson = body !== undefined && typeof body !== "string" && !Buffer.isBuffer(body);
  const bytes = isJson ? JSON.stringify(body) : body;
  return new Promise((resolve, reject) => {
    // Node's client announces no length for a DELETE by itself.
    const length =
      bytes === undefined || headers["transfer-encoding"] ? {} : { "content-length": String(Buffer.byteLength(bytes)) };
    const defaults = { ...length, ...(isJson ? { "content-type": "application/json" } : {}) };
    const req = request({ port, host: "127.0.0.1", method, path, headers: { ...defaults, ...headers } }, (res) => {
      const chunks: Buffer[] = [];
      res.on("data", (chunk: Buffer) => chunks.push(chunk));
      res.on("end", () => {
        const text = Buffer.concat(chunks).toString("utf8");
        resolve({ status: res.statusCode ?? 0, headers: res.headers, text, json: () => JSON.parse(text) as unknown });
      });
    });
    req.on("error", reject);
    req.end(bytes);
  });
}
