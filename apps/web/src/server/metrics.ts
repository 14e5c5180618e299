import type { IncomingMessage, ServerResponse } from "node:http";
import { isEqualInConstantTime } from "@hustings/crypto/equal";
import type { Pool } from "pg";
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import { isLoopbackAddress } from "./loopback";

export type Metrics = {
  /** Counts a finished request under the pattern of its route, never its address: addresses are without number. */
  observe: (route: string, method: string, status: number, durationS: number) => void;
  countInFlight: (change: 1 | -1) => void;
  /** Answers GET /metrics, to this machine or to whoever has the token. */
  serve: (req: IncomingMessage, res: ServerResponse) => Promise<void>;
};

export function createMetrics(options: { pool: Pool; token: string | undefined }): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const duration = new Histogram({
    name: "http_request_duration_seconds",
    help: "Time to answer, by route, verb and status",
    labelNames: ["route", "method", "status"],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers,
  });
  const inFlight = new Gauge({ name: "http_requests_in_flight", help: "Requests being answered", registers });
  const limited = new Counter({ name: "http_requests_limited_total", help: "Requests answered with 429", registers });
  new Gauge({
    name: "pg_pool_connections",
    help: "Connections of the pool",
    labelNames: ["state"],
    registers,
    collect() {
      const { totalCount, idleCount, waitingCount } = options.pool;
      this.set({ state: "total" }, totalCount);
      this.set({ state: "idle" }, idleCount);
      this.set({ state: "waiting" }, waitingCount);
    },
  });

  return {
    observe(route, method, status, durationS) {
      duration.observe({ route, method, status }, durationS);
      if (status === 429) limited.inc();
    },
    countInFlight: (change) => inFlight.inc(change),
    async serve(req, res) {
      if (!mayRead(req, options.token)) {
        res.statusCode = 403;
        res.end();
        return;
      }
      res.setHeader("content-type", registry.contentType);
      res.end(await registry.metrics());
    },
  };
}

function mayRead(req: IncomingMessage, token: string | undefined): boolean {
  if (token !== undefined)
    return isEqualInConstantTime(Buffer.from(req.headers.authorization ?? ""), Buffer.from(`Bearer ${token}`));
  const isForwarded = Object.keys(req.headers).some(
    (name) => name.startsWith("x-forwarded-") || name === "forwarded" || name === "via",
  );
  return !isForwarded && isLoopbackAddress(req.socket.remoteAddress ?? "");
}
