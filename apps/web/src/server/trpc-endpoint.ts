import type { IncomingMessage, ServerResponse } from "node:http";
import type { ApiContext } from "@hustings/api/context";
import { toPublicError, toTrpcError } from "@hustings/api/errors";
import { sendJson } from "@hustings/api/rest/answers";
import { DEFAULT_MAX_BODY_BYTES } from "@hustings/api/rest/body";
import { appRouter } from "@hustings/api/router";
import { nodeHTTPRequestHandler } from "@trpc/server/adapters/node-http";
import { getHTTPStatusCodeFromError } from "@trpc/server/http";
import superjson from "superjson";

/** More calls in one request than any screen makes at once. */
const MAX_BATCH_SIZE = 25;
/** Whoever has not signed in has nothing large to say. */
const ANONYMOUS_MAX_BODY_BYTES = 64 * 1024;

/** Answers `/api/trpc/<procedures>` for the dashboard. */
export function answerTrpc(
  req: IncomingMessage,
  res: ServerResponse,
  procedures: string,
  context: ApiContext,
): Promise<void> {
  return nodeHTTPRequestHandler({
    router: appRouter,
    path: procedures,
    req,
    res,
    // Each call of a batch gets the same context; nothing of it is written but `out`, which tRPC does not send.
    createContext: async () => context,
    maxBatchSize: MAX_BATCH_SIZE,
    maxBodySize: context.principal ? DEFAULT_MAX_BODY_BYTES : ANONYMOUS_MAX_BODY_BYTES,
  });
}

/** A failure before any procedure was reached, in the shape that the dashboard's client reads for every call of the batch. */
export function sendTrpcError(res: ServerResponse, thrown: unknown, requestId: string): void {
  const error = toTrpcError(thrown);
  const known = toPublicError(error, requestId);
  const httpStatus = getHTTPStatusCodeFromError(error);
  sendJson(res, httpStatus, {
    error: superjson.serialize({
      message: known.error,
      code: -32603,
      data: { code: error.code, httpStatus, ...known },
    }),
  });
}
