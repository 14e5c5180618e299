import type { IncomingMessage, ServerResponse } from "node:http";
import type { Principal } from "@hustings/core/context";
import type { Logger } from "@hustings/logger/logger";
import { type Destination, routeName } from "./destination";
import type { Metrics } from "./metrics";

export type RequestRecord = {
  requestId: string;
  address: string;
  destination: Destination;
  principal: Principal | null;
};

/**
 * Writes one line per request when it is over. Queries, bodies, cookies and keys are never in it, and paths only as
 * the pattern of their route: links that we mail carry tokens.
 */
export function recordRequest(
  logger: Logger,
  metrics: Metrics,
  req: IncomingMessage,
  res: ServerResponse,
  record: RequestRecord,
): void {
  const startedAt = performance.now();
  metrics.countInFlight(1);
  res.once("close", () => {
    metrics.countInFlight(-1);
    const durationMs = Math.round((performance.now() - startedAt) * 10) / 10;
    const route = routeName(record.destination);
    const method = /^[A-Z]{3,10}$/.exec(req.method ?? "")?.[0] ?? "OTHER";
    metrics.observe(route, method, res.statusCode, durationMs / 1000);
    if (record.destination.kind === "asset") return;
    const { requestId, address, principal } = record;
    const who = principal && {
      userId: principal.userId,
      ...(principal.via.kind === "apiKey" ? { apiKeyId: principal.via.apiKeyId } : {}),
    };
    const isAborted = !res.writableFinished;
    logger.info(
      {
        requestId,
        method,
        route,
        status: res.statusCode,
        durationMs,
        address,
        ...who,
        ...(isAborted ? { isAborted } : {}),
      },
      "request",
    );
  });
}
