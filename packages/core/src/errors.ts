/** What can go wrong in the domain. Mapped once to tRPC codes and REST statuses, in `@hustings/api/errors`. */
export type DomainErrorKind =
  | "invalid"
  | "unauthenticated"
  | "forbidden"
  | "not_found"
  | "conflict"
  | "too_many"
  | "too_large"
  | "unavailable";

/**
 * An expected failure, with words that may be shown to the person who asked.
 *
 * `details` names every wrong field at once: `"customFields.age: must be a number"`.
 */
export class DomainError extends Error {
  override readonly name = "DomainError";

  constructor(
    readonly kind: DomainErrorKind,
    message: string,
    readonly details?: readonly string[],
    /** For `too_many` and `unavailable`: when a new try makes sense. */
    readonly retryAfterSeconds?: number,
  ) {
    super(message);
  }
}

/** A 400 that names each wrong field. */
export const invalid = (message: string, details?: readonly string[]) => new DomainError("invalid", message, details);

/** A 404. Another workspace's record is `notFound` too, exactly as if it did not exist. */
export const notFound = (noun: string) => new DomainError("not_found", `${noun} not found`);

/** A 409: the same thing is there already. */
export const conflict = (message: string, details?: readonly string[]) => new DomainError("conflict", message, details);
