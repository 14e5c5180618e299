import { DomainError, type DomainErrorKind } from "@hustings/core/errors";
import { TRPCError } from "@trpc/server";
import { z } from "zod";
import { findDatabaseFailure } from "./database-failures";

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

/** What one answer names: more would help nobody, and an answer must not be larger than its question. */
const MAX_DETAILS = 1_000;

/** `["customFields.age: must be a number", "firstName: too long"]`, every wrong field at once, up to a thousand. */
export function fieldErrors(error: z.core.$ZodError): string[] {
  const errors = error.issues.flatMap((issue) => {
    if (issue.code === "unrecognized_keys")
      return issue.keys.map((key) => `${[...issue.path, key].join(".")}: unknown property`);
    const path = issue.path.join(".");
    return [path ? `${path}: ${issue.message}` : issue.message];
  });
  const more = errors.length - MAX_DETAILS;
  return more > 0 ? [...errors.slice(0, MAX_DETAILS), `and ${more} more`] : errors;
}

/** Turns whatever was thrown below a procedure into a TRPCError; what is unexpected keeps its cause for the log. */
export function toTrpcError(thrown: unknown): TRPCError {
  if (thrown instanceof TRPCError && !(thrown.cause instanceof DomainError) && thrown.code !== "INTERNAL_SERVER_ERROR")
    return thrown;
  const cause = thrown instanceof TRPCError ? (thrown.cause ?? thrown) : thrown;
  if (cause instanceof DomainError)
    return new TRPCError({ code: CODE_OF_KIND[cause.kind], message: cause.message, cause });
  const failure = findDatabaseFailure(cause);
  if (failure) return new TRPCError({ code: failure.code, message: failure.message, cause });
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
