import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { AuthEnv } from "@hustings/auth/env";
import type { Composition } from "./composition";
import type { WebEnv } from "./env";
import { answerMalformedRequests } from "./malformed-requests";
import { createMetrics } from "./metrics";
import { createRequestListener } from "./request-listener";

export type NextRequestHandler = (req: IncomingMessage, res: ServerResponse) => Promise<void>;

export type WebServer = {
  server: Server;
  /** @throws Error with one sentence when the port is taken or may not be used. */
  listen: () => Promise<AddressInfo>;
  /** Takes no new connections, lets running requests end within `timeoutMs`, then cuts off the rest. */
  drain: (timeoutMs: number) => Promise<void>;
};

export type WebServerOptions = {
  env: WebEnv;
  auth: AuthEnv;
  composition: Composition;
  answerNext: NextRequestHandler;
};

/** Longer than a proxy keeps idle connections (60 s is usual), so that it is never the proxy that meets a closed one. */
const KEEP_ALIVE_MS = 65_000;
/** For the headers of a request to arrive: a slow writer holds a socket no longer. */
const HEADERS_MS = 20_000;
/** For a whole request; file uploads over slow lines are the longest. JSON bodies have a limit of their own. */
const REQUEST_MS = 60 * 60_000;
/** Without a byte in either direction. */
const IDLE_MS = 120_000;

/** Puts the listener on a server of Node, with limits on everything that a client could draw out. */
export function createWebServer({ env, auth, composition, answerNext }: WebServerOptions): WebServer {
  let isDraining = false;
  const listener = createRequestListener({
    composition,
    metrics: createMetrics({ pool: composition.core.pool, token: env.METRICS_TOKEN }),
    anonymous: {
      anonymousApi: env.ANONYMOUS_API,
      boundHost: env.HOST,
      appUrl: env.APP_URL,
      isLocalSignInOn: env.LOCAL_SIGN_IN,
    },
    sessionSecret: auth.NEXTAUTH_SECRET,
    trustProxy: env.TRUST_PROXY,
    rate: { perSecond: env.RATE_LIMIT_PER_SECOND, burst: env.RATE_LIMIT_BURST },
    isDevelopment: env.NODE_ENV === "development",
    answerNext,
    isDraining: () => isDraining,
  });
  const server = createServer(
    {
      keepAliveTimeout: KEEP_ALIVE_MS,
      headersTimeout: HEADERS_MS,
      requestTimeout: REQUEST_MS,
      // The listener refuses it, in the shape of its other answers.
      requireHostHeader: false,
    },
    listener,
  );
  answerMalformedRequests(server);
  // Whatever else than `100-continue` is expected, an answer is better than none.
  server.on("checkExpectation", listener);
  server.setTimeout(IDLE_MS);

  return {
    server,
    listen: () =>
      new Promise((resolve, reject) => {
        server.once("error", (error: NodeJS.ErrnoException) => reject(toStartError(error, env)));
        server.listen(env.PORT, env.HOST, () => resolve(server.address() as AddressInfo));
      }),
    drain: async (timeoutMs) => {
      isDraining = true;
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      const timer = setTimeout(() => server.closeAllConnections(), timeoutMs);
      await closed;
      clearTimeout(timer);
    },
  };
}

function toStartError(error: NodeJS.ErrnoException, { HOST, PORT }: WebEnv): Error {
  if (error.code === "EADDRINUSE")
    return new Error(`Port ${PORT} is taken. Stop what uses it, or choose another with PORT.`);
  if (error.code === "EACCES")
    return new Error(`Port ${PORT} may not be used by this user. Choose one above 1023 with PORT.`);
  if (error.code === "EADDRNOTAVAIL") return new Error(`HOST ${HOST} is no address of this machine.`);
  return error;
}
