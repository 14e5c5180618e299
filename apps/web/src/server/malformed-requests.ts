import { randomUUID } from "node:crypto";
import { type IncomingMessage, type Server, type ServerResponse, STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";

type Refusal = { status: number; error: string; headers?: Record<string, string> };

/** By the codes of Node's HTTP parser. */
const REFUSALS: Record<string, Refusal> = {
  HPE_HEADER_OVERFLOW: { status: 431, error: "The request's address and headers are too long" },
  HPE_CHUNK_EXTENSIONS_OVERFLOW: { status: 413, error: "The chunks of the body are too long" },
  HPE_INVALID_METHOD: {
    status: 405,
    error: "Method not allowed",
    headers: { allow: "GET, HEAD, POST, PUT, DELETE" },
  },
  ERR_HTTP_REQUEST_TIMEOUT: { status: 408, error: "The request took too long" },
};
const MALFORMED: Refusal = { status: 400, error: "The request is malformed" };

/**
 * Gives what Node's parser refuses before any listener sees it (wrong framing, unknown verbs, endless headers) the
 * shape of every other failure. The connection ends with it: where the next request begins is anybody's guess.
 */
export function answerMalformedRequests(server: Server): void {
  const responses = new WeakMap<Duplex, ServerResponse>();
  server.on("request", (req: IncomingMessage, res: ServerResponse) => responses.set(req.socket, res));
  server.on("clientError", (error: NodeJS.ErrnoException, socket: Duplex) => {
    if (error.code === "ECONNRESET" || !socket.writable) return void socket.destroy(error);
    const res = responses.get(socket);
    // Part of a request that has its answer, or gets it now: a second one would be taken for the next request's.
    if (res?.headersSent && !(res.req.complete && res.writableFinished)) return void socket.end();
    socket.end(toResponse(REFUSALS[error.code ?? ""] ?? MALFORMED));
  });
}

function toResponse({ status, error, headers }: Refusal): string {
  const body = JSON.stringify({ error });
  const all = {
    "x-request-id": randomUUID(),
    "content-type": "application/json; charset=utf-8",
    "content-length": String(Buffer.byteLength(body)),
    "x-content-type-options": "nosniff",
    "cache-control": "no-store",
    connection: "close",
    ...headers,
  };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines.join("")}\r\n${body}`;
}
