import { createHash, randomUUID } from "node:crypto";
import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { sendError } from "@hustings/api/rest/answers";
import { listOperations } from "@hustings/api/rest/endpoints";
import { createRestHandler } from "@hustings/api/rest/handler";
import { appRouter } from "@hustings/api/router";
import { resolvePrincipal } from "@hustings/auth/principal";
import type { Principal } from "@hustings/core/context";
import { DomainError, invalid } from "@hustings/core/errors";
import { TRPCError } from "@trpc/server";
import { type RequestRecord, recordRequest } from "./access-log";
import type { AnonymousSettings } from "./anonymous-rule";
import { createApiContext } from "./api-context";
import { createAddressReader, toLimitKey } from "./client-address";
import type { Composition } from "./composition";
import { type Destination, findDestination } from "./destination";
import type { Metrics } from "./metrics";
import { isSafeMethod, isSameOrigin } from "./origin-check";
import { createRateLimiter, PUBLIC_PAGE_RATE, type Rate } from "./rate-limit";
import { registerRawRoutes } from "./raw/registered-routes";
import { parseRequestTarget } from "./request-target";
import { createSecurityHeaders } from "./security-headers";
import { answerTrpc, sendTrpcError } from "./trpc-endpoint";

export type ListenerOptions = {
  composition: Composition;
  metrics: Metrics;
  anonymous: AnonymousSettings;
  sessionSecret: string;
  trustProxy: readonly string[];
  rate: Rate;
  isDevelopment: boolean;
  /** Answers pages and NextAuth's paths. */
  answerNext: (req: IncomingMessage, res: ServerResponse) => Promise<void>;
  /** True from SIGTERM on: connections are told to end. */
  isDraining: () => boolean;
};

/** The front door: names, limits and identifies every request, then hands it to REST, tRPC or Next. */
export function createRequestListener(options: ListenerOptions): RequestListener {
  const { composition, metrics, anonymous, sessionSecret } = options;
  const { appUrl } = composition.core.settings;
  const rest = createRestHandler({
    operations: listOperations(appRouter),
    rawHandlers: registerRawRoutes(composition),
  });
  const setSecurityHeaders = createSecurityHeaders({ appUrl, isDevelopment: options.isDevelopment });
  const readAddress = createAddressReader(options.trustProxy);
  const limit = createRateLimiter("all", options.rate);
  const limitPublicPage = createRateLimiter("public", PUBLIC_PAGE_RATE);

  async function identify(req: IncomingMessage, destination: Destination): Promise<Principal | null> {
    const needsNobody = destination.kind === "rest" && ["none", "signature"].includes(destination.match.operation.auth);
    if (needsNobody && req.headers.authorization === undefined) return null;
    const ctx = { ...composition.core, logger: composition.logger };
    const principal = await resolvePrincipal(ctx, { secret: sessionSecret, appUrl }, req.headers);
    if (principal?.via.kind === "session" && !isSafeMethod(req.method) && !isSameOrigin(appUrl, req.headers))
      throw new DomainError("forbidden", "This request does not come from the dashboard");
    return principal;
  }

  async function countRequest(req: IncomingMessage, destination: Destination, address: string): Promise<void> {
    if (destination.kind === "asset") return;
    if (isPublicPage(destination)) return limitPublicPage(toLimitKey(address));
    const { authorization } = req.headers;
    // Counted before the key is looked up; a guesser counts by address too.
    await limit(
      authorization === undefined
        ? toLimitKey(address)
        : createHash("sha256").update(authorization).digest("base64url"),
    );
  }

  async function answer(
    req: IncomingMessage,
    res: ServerResponse,
    record: RequestRecord,
    query: URLSearchParams,
  ): Promise<void> {
    const { destination, requestId, address } = record;
    await countRequest(req, destination, address);
    // RFC 9112, 3.2.
    if (req.headers.host === undefined && req.httpVersion === "1.1") throw invalid("The Host header is missing");
    if (destination.kind === "metrics") return metrics.serve(req, res);
    if (destination.kind === "page" || destination.kind === "asset" || destination.kind === "signIn")
      return options.answerNext(req, res);
    try {
      record.principal = await identify(req, destination);
    } catch (error) {
      if (req.headers.authorization !== undefined) await limit(toLimitKey(address));
      throw error;
    }
    if (destination.kind === "unknownApi") throw new DomainError("not_found", "Not found");
    if (destination.kind === "wrongMethod") {
      res.setHeader("allow", destination.allow.join(", "));
      throw new TRPCError({ code: "METHOD_NOT_SUPPORTED", message: "Method not allowed" });
    }
    const source = destination.kind;
    const context = createApiContext(composition, anonymous, { source, req, requestId, principal: record.principal });
    if (destination.kind === "trpc") return answerTrpc(req, res, destination.procedures, context);
    return rest.handle(destination.match, { req, res, query, context });
  }

  return (req, res) => {
    const requestId = randomUUID();
    const { pathname, query } = parseRequestTarget(req.url);
    const destination = findDestination(rest.match, req.method ?? "", pathname);
    const record: RequestRecord = { requestId, address: readAddress(req), destination, principal: null };
    res.setHeader("x-request-id", requestId);
    if (options.isDraining()) res.setHeader("connection", "close");
    setSecurityHeaders(res, isPage(destination) ? "page" : "api");
    recordRequest(composition.logger, metrics, req, res, record);
    answer(req, res, record, query).catch((thrown: unknown) => {
      if (destination.kind === "trpc" && !res.headersSent) return sendTrpcError(res, thrown, requestId);
      const error = sendError(res, thrown, requestId);
      if (error.code === "INTERNAL_SERVER_ERROR")
        composition.logger.error({ err: error.cause, requestId }, "request failed");
    });
  };
}

function isPage(destination: Destination): boolean {
  if (destination.kind !== "rest")
    return destination.kind === "page" || destination.kind === "signIn" || destination.kind === "asset";
  const { operation } = destination.match;
  return (operation.kind === "raw" ? operation.raw.response.contentType : operation.rest.contentType) === "text/html";
}

const isPublicPage = (destination: Destination): boolean =>
  destination.kind === "rest" &&
  destination.match.operation.kind === "raw" &&
  destination.match.operation.raw.isPublicPage === true;
