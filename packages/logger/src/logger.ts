import { type DestinationStream, type Logger as PinoLogger, pino } from "pino";
import pretty from "pino-pretty";
import { redactText, redactValue } from "./redact";

/** Logs as `logger.info({ campaignId }, "campaign sent")`; `child()` adds what every line of a request or job carries. */
export type Logger = PinoLogger;

export type LoggerOptions = {
  /** The process or part that speaks: `web`, `worker`, `cli`. */
  name: string;
  level: "trace" | "debug" | "info" | "warn" | "error" | "fatal" | "silent";
  /** One coloured line for a person instead of JSON. */
  pretty: boolean;
  /** Where the lines go; standard output unless given. */
  destination?: DestinationStream;
};

/**
 * The logger of a process. No line ever holds a secret or an email's content, in whatever object, error, child
 * binding or message it came; times are ISO 8601 in UTC.
 */
export function createLogger({ name, level, pretty: isPretty, destination }: LoggerOptions): Logger {
  const target = isPretty
    ? pretty({
        colorize: process.stdout.isTTY === true,
        ignore: "pid,hostname",
        translateTime: "SYS:HH:MM:ss.l",
        ...(destination ? { destination } : {}),
      })
    : (destination ?? pino.destination({ sync: true }));
  const logger = pino(
    {
      name,
      level,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: {
        level: (label) => ({ level: label }),
        log: redactFields,
      },
      // Children's serializers run after the redaction, on what it left.
      serializers: { err: (error: unknown) => error },
      hooks: {
        // The last gate: the message, and what was put together from arguments. Works on the printed line.
        streamWrite: redactText,
      },
    },
    target,
  );
  // Pino formats no bindings of children. They inherit from their parent, so that this holds for grandchildren too.
  const { child } = logger;
  logger.child = function childWithoutSecrets(this: Logger, bindings, options) {
    return child.call(this, redactFields(bindings), options);
  } as Logger["child"];
  return logger;
}

function redactFields(fields: Record<string, unknown>): Record<string, unknown> {
  return redactValue(fields) as Record<string, unknown>;
}
