import { DomainError, type DomainErrorKind } from "@hustings/core/errors";
import { TRPCError } from "@trpc/server";
import { z } from "zod";

type TrpcCode = TRPCError["code"];

/** The one table from the domain's failures to the transport's; REST statuses follow from the tRPC codes. */
const CODE_OF_KIND: Record<DomainErrorKind, TrpcCode> = {
  invalid: "BAD_REQUEST",
  unauthenticated: "UNAUTHORIZED",
  forbidden: "FORBIDDEN",
  not_found: "NOT_FOUND",
  conflict: "CONFLICT",
  too_many: "TOO_MANY_REQUESTS",
  too_large: "PAYLOAD_TOO_LARGE",
  unavailable: "SERVICE_UNAVAILABLE",
};

/** What a caller is told: the body of every failed REST call, and the `data` of a failed tRPC call. */
export type PublicError = { error: string; details?: string[]; requestId?: string };

/** `["customFields.age: must be a number", "firstName: too long"]`, every wrong field at once. */
export function fieldErrors(error: z.core.$ZodError): string[] {
  return error.issues.flatMap((issue) => {
    if (issue.code === "unrecognized_keys")
      return issue.keys.map((key) => `${[...issue.path, key].join(".")}: unknown property`);
    const path = issue.path.join(".");
    return [path ? `${path}: ${issue.message}` : issue.message];
  });
}

/** Turns whatever was thrown below a procedure into a TRPCError; what is unexpected keeps its cause for the log. */
export function toTrpcError(thrown: unknown): TRPCError {
  if (thrown instanceof TRPCError && !(thrown.cause instanceof DomainError) && thrown.code !== "INTERNAL_SERVER_ERROR")
    return thrown;
  const cause = thrown instanceof TRPCError ? (thrown.cause ?? thrown) : thrown;
  if (cause instanceof DomainError)
    return new TRPCError({ code: CODE_OF_KIND[cause.kind], message: cause.message, cause });
  if (isDatabaseAway(cause))
    return new TRPCError({ code: "SERVICE_UNAVAILABLE", message: "The database is away. Try again soon.", cause });
  if (isDatabaseFull(cause))
    return new TRPCError({
      code: "SERVICE_UNAVAILABLE",
      message: "There is no room left for this. Whoever runs this server has to make some.",
      cause,
    });
  return new TRPCError({ code: "INTERNAL_SERVER_ERROR", message: "Internal server error", cause });
}

/** The words that leave the house. Nothing about the inside: a 500 says only that, and where to find it in the log. */
export function toPublicError(error: TRPCError, requestId: string): PublicError {
  if (error.cause instanceof z.ZodError && error.code === "BAD_REQUEST")
    return { error: "Validation failed", details: fieldErrors(error.cause) };
  if (error.code === "INTERNAL_SERVER_ERROR") return { error: "Internal server error", requestId };
  if (error.cause instanceof DomainError && error.cause.details)
    return { error: error.message, details: [...error.cause.details] };
  return { error: error.message };
}

/** Seconds for the `Retry-After` header, where the failure is a passing one. */
export function retryAfterSeconds(error: TRPCError): number | undefined {
  if (error.cause instanceof DomainError && error.cause.retryAfterSeconds) return error.cause.retryAfterSeconds;
  if (error.code === "SERVICE_UNAVAILABLE") return 5;
  return error.code === "TOO_MANY_REQUESTS" ? 1 : undefined;
}

const AWAY =
  /^(ECONNREFUSED|ECONNRESET|ENOTFOUND|EPIPE|57P0[1-3]|08\w{3}|53300|P1001|P1002|P1008|P1017|P2024|DatabaseNotReachable|ConnectionClosed|SocketTimeout)$/;

/**
 * Connection refused or lost, server starting or shutting down (SQLSTATE 57P0x, 08xxx, 53300), or a pool that waited
 * too long.
 */
const isDatabaseAway = (thrown: unknown): boolean =>
  walkCauses(thrown).some(
    ({ codes, message }) =>
      codes.some((code) => AWAY.test(code)) ||
      /Connection terminated|timeout exceeded when trying to connect/.test(message),
  );

/** Its disk, that is (SQLSTATE 53100). */
const isDatabaseFull = (thrown: unknown): boolean => walkCauses(thrown).some(({ codes }) => codes.includes("53100"));

/** Prisma wraps what the driver said, and its adapter what the server said. */
function walkCauses(thrown: unknown): { codes: string[]; message: string }[] {
  const causes: { codes: string[]; message: string }[] = [];
  for (let error = thrown; error instanceof Error && causes.length < 6; error = error.cause) {
    const { code, meta } = error as { code?: unknown; meta?: { driverAdapterError?: { cause?: unknown } } };
    const { kind, originalCode } = (meta?.driverAdapterError?.cause ?? {}) as {
      kind?: unknown;
      originalCode?: unknown;
    };
    const codes = [code, kind, originalCode].filter((each) => typeof each === "string");
    causes.push({ codes, message: error.message });
  }
  return causes;
}
