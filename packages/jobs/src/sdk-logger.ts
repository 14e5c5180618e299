import type { Logger } from "@hustings/logger/logger";
import { type Logger as InngestLogger, RetryAfterError } from "inngest";

/**
 * What the SDK logs to. It reports every throw of a step as an error; who asks to be called later, such as a batch that
 * the provider puts off, has not failed, and says so at `debug` alone.
 */
export function createSdkLogger(logger: Logger): InngestLogger & { child: (bindings: object) => InngestLogger } {
  return {
    debug: (...args) => write(logger, "debug", args),
    info: (...args) => write(logger, "info", args),
    warn: (...args) => write(logger, "warn", args),
    error: (...args) => write(logger, isDelay(args[0]) ? "debug" : "error", args),
    child: (bindings) => createSdkLogger(logger.child(bindings)),
  };
}

function write(logger: Logger, level: "debug" | "info" | "warn" | "error", [first, ...rest]: unknown[]): void {
  if (typeof first === "object" && first !== null) logger[level](first, rest.map(String).join(" "));
  else logger[level]([first, ...rest].map(String).join(" "));
}

const isDelay = (fields: unknown): boolean => (fields as { err?: unknown } | null)?.err instanceof RetryAfterError;
