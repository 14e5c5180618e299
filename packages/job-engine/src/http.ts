import { createServer, type IncomingMessage, type Server } from "node:http";
import { saveCheckpoint } from "./checkpoint";
import type { EngineContext } from "./context";
import { InvalidEventError } from "./event";
import { ingestEvents } from "./ingest";
import { maxBodyBytes } from "./limits";
import { isSameSecret, toBearer } from "./protocol";

/** Where the engine listens, and the two keys that every call must show. */
export interface HttpOptions {
  host: string;
  port: number;
  signingKey: string;
  eventKey: string;
  /** Reads the app's functions again, for an app that registers anew. */
  resync(): Promise<void>;
}

interface Answer {
  status: number;
  body: unknown;
}

const requestTimeoutMs = 30_000;
const maxConnections = 256;

/** Makes the server of the part of Inngest's API that the SDK calls: events, checkpoints, registration. */
export function createEngineServer(engine: EngineContext, options: HttpOptions): Server {
  const server = createServer({ requestTimeout: requestTimeoutMs }, (request, response) => {
    void answerRequest(engine, options, request).then(({ status, body }) => {
      response.writeHead(status, {
        "content-type": "application/json",
        ...(status === 413 ? { connection: "close" } : {}),
      });
      response.end(JSON.stringify(body));
    });
  });
  server.maxConnections = maxConnections;
  return server;
}

async function answerRequest(engine: EngineContext, options: HttpOptions, request: IncomingMessage): Promise<Answer> {
  try {
    return await route(engine, options, request);
  } catch (error) {
    if (error instanceof RefusedError) return refuse(error.status, error.message);
    if (error instanceof InvalidEventError) return refuse(400, error.message);
    engine.logger.error({ err: error, path: request.url }, "a call of the job engine failed");
    // Most likely the database; the SDK tries again.
    return refuse(503, "the job engine cannot answer now");
  }
}

async function route(engine: EngineContext, options: HttpOptions, request: IncomingMessage): Promise<Answer> {
  const { pathname } = new URL(request.url ?? "/", "http://engine.local");
  const [root, ...rest] = pathname.split("/").filter(Boolean).map(decodeSegment);
  if (root === "e" && rest.length === 1) {
    requirePost(request);
    if (!isSameSecret(rest[0] ?? "", options.eventKey)) throw new RefusedError(401, "event key not known");
    const seed = request.headers["x-inngest-event-id-seed"];
    const ids = await ingestEvents(engine, await readJson(request), typeof seed === "string" ? seed : null);
    return { status: 200, body: { ids, status: 200 } };
  }
  const isCheckpoint = root === "v1" && rest[0] === "checkpoint" && rest[2] === "async" && rest.length === 3;
  const isRegistration = root === "fn" && rest[0] === "register" && rest.length === 1;
  if (!isCheckpoint && !isRegistration) throw new RefusedError(404, `the embedded engine has no ${pathname}`);
  requirePost(request);
  if (!isSameSecret(request.headers.authorization ?? "", `Bearer ${toBearer(options.signingKey)}`)) {
    throw new RefusedError(401, "signing key not known");
  }
  if (isRegistration) {
    await options.resync();
    return { status: 200, body: { ok: true, status: 200, modified: true } };
  }
  const result = await saveCheckpoint(engine, rest[1] ?? "", await readJson(request));
  if (result === "saved") return { status: 200, body: { data: {} } };
  return result === "stale" ? refuse(409, "stale dispatch") : refuse(400, "no checkpoint");
}

/** A request that is answered with a refusal. */
class RefusedError extends Error {
  override readonly name = "RefusedError";
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

const refuse = (status: number, error: string): Answer => ({ status, body: { error, status } });

function requirePost(request: IncomingMessage): void {
  if (request.method !== "POST") throw new RefusedError(405, "only POST is answered here");
}

function decodeSegment(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > maxBodyBytes) throw new RefusedError(413, `a body has at most ${maxBodyBytes} bytes`);
    chunks.push(chunk);
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString("utf8"));
  } catch {
    throw new RefusedError(400, "the body is no JSON");
  }
}
