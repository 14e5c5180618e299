import type { IncomingMessage, ServerResponse } from "node:http";
import type { TRPCError } from "@trpc/server";
import { getHTTPStatusCodeFromError } from "@trpc/server/http";
import { retryAfterSeconds, toPublicError, toTrpcError } from "../errors";

const JSON_TYPE = "application/json; charset=utf-8";

/** Sends text; HEAD and Node see to it that a body goes out only where one belongs. */
export function sendText(res: ServerResponse, status: number, contentType: string, text: string): void {
  drainRequest(res.req);
  res.statusCode = status;
  if (!res.hasHeader("content-type")) res.setHeader("content-type", contentType);
  res.setHeader("content-length", Buffer.byteLength(text));
  res.end(text);
}

export const sendJson = (res: ServerResponse, status: number, body: unknown): void =>
  sendText(res, status, JSON_TYPE, JSON.stringify(body));

/**
 * Answers a failure in the one shape of every `/api` path; `X-Request-Id` is on the response already.
 * Does nothing when the headers are out: a stream that breaks half way ends by its connection.
 */
export function sendError(res: ServerResponse, thrown: unknown, requestId: string): TRPCError {
  const error = toTrpcError(thrown);
  if (res.headersSent) {
    res.destroy();
    return error;
  }
  const retryAfter = retryAfterSeconds(error);
  if (retryAfter !== undefined) res.setHeader("retry-after", String(Math.ceil(retryAfter)));
  for (const name of ["content-type", "content-disposition", "location"]) res.removeHeader(name);
  sendJson(res, getHTTPStatusCodeFromError(error), toPublicError(error, requestId));
  return error;
}

const DRAIN_TIMEOUT_MS = 10_000;

/**
 * Reads away what is left of a body that was refused: a connection closed over unread bytes is reset, and the
 * client would lose the answer. Whoever goes on sending is cut off.
 */
function drainRequest(req: IncomingMessage): void {
  if (req.complete) return;
  req.resume();
  const timer = setTimeout(() => req.socket.destroy(), DRAIN_TIMEOUT_MS).unref();
  req.once("close", () => clearTimeout(timer));
}
