import { setTimeout as delay } from "node:timers/promises";
import pg from "pg";
import { type AppHandler, createAppClient } from "./app-client";
import type { EngineContext, EngineCounters, EngineLogger } from "./context";
import { documentedBackoffMs } from "./durations";
import { getEngineHealth } from "./figures";
import { UnsupportedFunctionError } from "./function-config";
import { createEngineServer } from "./http";
import { startLeadership } from "./leader";
import { defaultCallTimeoutMs } from "./limits";
import { createListener } from "./listener";
import { defaultRetention, type Retention } from "./prune";
import { createRegistry } from "./registry";
import { ensureSchema } from "./schema";
import { applyDeclarations, beginTerm } from "./term";

/** How to run the engine. */
export interface JobEngineOptions {
  /** A direct connection, no pooler: the engine needs LISTEN and advisory locks. */
  connectionString: string;
  /** Where the SDK reaches the engine; `INNGEST_BASE_URL` of the app names the same. */
  port: number;
  /** The address to listen on; loopback unless the app runs elsewhere. */
  host?: string;
  /** The app's `serve` handler, called in process; without it the app is called at `appUrl`. */
  handler?: AppHandler;
  /** The address of the app's functions; with `handler` only its name matters. */
  appUrl: string;
  /** Hex key with its `signkey-…-` prefix, the same as the app's `INNGEST_SIGNING_KEY`. */
  signingKey: string;
  eventKey: string;
  /** Calls of the app at the same time. */
  concurrency?: number;
  logger: EngineLogger;
  /** Wait before the retry after attempt `attempt` (from 0); Inngest's documented one unless given. */
  backoffMs?: (attempt: number) => number;
  retention?: Partial<Retention>;
  /** How long `stop` waits for steps in flight. */
  drainTimeoutMs?: number;
  callTimeoutMs?: number;
}

/** A running engine. */
export interface JobEngine {
  /**
   * Resolves when events are taken in and this process leads or stands by.
   * Rejects with UnsupportedFunctionError when a function declares what the engine does not implement, and when the port
   * is taken by something that is no engine.
   */
  ready: Promise<void>;
  isLeader(): boolean;
  stats(): EngineCounters;
  /** Stops taking calls, lets steps in flight end, and hands the rest to whoever leads next. */
  stop(): Promise<void>;
}

const defaultConcurrency = 10;
const defaultDrainTimeoutMs = 20_000;
const syncRetryMs = 1000;

/** Starts the engine in this process: it leads, or stands by while another process leads on the same database. */
export function startJobEngine(options: JobEngineOptions): JobEngine {
  const { logger, concurrency = defaultConcurrency } = options;
  // One connection per call under way, and some for the SDK's own calls, the queue's listener and the timers.
  const pool = new pg.Pool({
    connectionString: options.connectionString,
    max: concurrency + 6,
    application_name: "job-engine",
  });
  pool.on("error", (error) => logger.warn({ err: error }, "an idle connection of the job engine broke"));
  pool.on("connect", (client) => {
    // A connection that breaks while it is in use rejects the query under way; without a listener it would end the process.
    client.on("error", () => undefined);
  });
  const engine: EngineContext = {
    pool,
    logger,
    app: createAppClient({
      appUrl: options.appUrl,
      signingKey: options.signingKey,
      handler: options.handler ?? null,
      callTimeoutMs: options.callTimeoutMs ?? defaultCallTimeoutMs,
    }),
    backoffMs: options.backoffMs ?? documentedBackoffMs,
    counters: { eventsReceived: 0, appCalls: 0, stepsSaved: 0 },
    functions: createRegistry([]),
    epoch: 0,
    draining: false,
  };
  const sync = async () => {
    engine.functions = createRegistry(await engine.app.sync());
    if (engine.epoch > 0) await applyDeclarations(engine);
  };
  const { host = "127.0.0.1", port, signingKey, eventKey } = options;
  const listener = createListener(
    createEngineServer(engine, { host, port, signingKey, eventKey, resync: sync }),
    host,
    port,
  );
  const stopping = new AbortController();
  let isLeader = false;
  let leadership: ReturnType<typeof startLeadership> | undefined;

  const start = async () => {
    await ensureSchema(pool);
    await syncUntilAnswered(sync, logger, stopping.signal);
    if (stopping.signal.aborted) return;
    if (!(await listener.tryListen()) && !(await getEngineHealth(pool)).leader.isAlive) {
      throw new Error(`Port ${port} is taken by another program; the job engine needs it`);
    }
    leadership = startLeadership({
      connectionString: options.connectionString,
      logger,
      isFit: () => listener.tryListen(),
      begin: (epoch) =>
        beginTerm(engine, epoch, {
          concurrency,
          drainTimeoutMs: options.drainTimeoutMs ?? defaultDrainTimeoutMs,
          retention: { ...defaultRetention, ...options.retention },
        }),
      onChange: (leads) => {
        if (leads !== isLeader)
          logger.info({ pid: process.pid }, leads ? "the job engine leads" : "the job engine does not lead any more");
        isLeader = leads;
      },
    });
    await leadership.settled;
  };
  const ready = start();
  let stopped: Promise<void> | undefined;
  const stop = async () => {
    stopping.abort();
    engine.draining = true;
    await ready.catch(() => undefined);
    await leadership?.stop();
    await listener.close();
    await pool.end();
  };
  return {
    ready,
    isLeader: () => isLeader,
    stats: () => ({ ...engine.counters }),
    stop: () => (stopped ??= stop()),
  };
}

/** An app that is not up yet is waited for; one whose functions cannot be run is an error at once. */
async function syncUntilAnswered(sync: () => Promise<void>, logger: EngineLogger, stop: AbortSignal): Promise<void> {
  while (!stop.aborted) {
    try {
      return await sync();
    } catch (error) {
      if (error instanceof UnsupportedFunctionError) throw error;
      logger.warn({ err: error }, "the app with the job functions does not answer yet");
    }
    await delay(syncRetryMs, undefined, { signal: stop }).catch(() => undefined);
  }
}
