import type { Pool } from "pg";
import type { AppClient } from "./app-client";
import type { FunctionRegistry } from "./registry";

/** What the engine logs to; pino's loggers fit. */
export interface EngineLogger {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/** Counts since the process started. */
export interface EngineCounters {
  eventsReceived: number;
  appCalls: number;
  stepsSaved: number;
}

/** What every part of one engine process shares. */
export interface EngineContext {
  readonly pool: Pool;
  readonly logger: EngineLogger;
  readonly app: AppClient;
  /** Milliseconds to wait before the retry that follows attempt `attempt` (from 0). */
  readonly backoffMs: (attempt: number) => number;
  readonly counters: EngineCounters;
  functions: FunctionRegistry;
  /** The number of this process's term as leader; 0 while it stands by. Writes of an earlier term are refused. */
  epoch: number;
  /** The process is stopping: runs give way at their next step. */
  draining: boolean;
}
