import { DomainError } from "@hustings/core/errors";

/** What the operator did or has to do: shown as it stands, without a stack. */
export class CliError extends Error {
  override readonly name = "CliError";
}

const DATABASE_AWAY = /ECONNREFUSED|ECONNRESET|ENOTFOUND|57P0[1-3]|08\w{3}|53300|P1001|DatabaseNotReachable/;

/** One clear sentence for whatever went wrong. */
export function toSentence(error: unknown): string {
  if (error instanceof DomainError) return [error.message, ...(error.details ?? [])].join("\n  ");
  if (error instanceof CliError) return error.message;
  if (isDatabaseAway(error)) return "The database does not answer. Is Hustings running, and is DATABASE_URL right?";
  if (isUnprepared(error))
    return 'The database lacks our tables. Start Hustings once, or run "npm run hustings -- doctor".';
  return error instanceof Error ? error.message : String(error);
}

/** Prisma wraps what the driver said, so the chain of causes is walked. */
function isDatabaseAway(error: unknown): boolean {
  if (error instanceof AggregateError && error.errors.some(isDatabaseAway)) return true;
  if (!(error instanceof Error)) return false;
  const { code, meta } = error as { code?: unknown; meta?: unknown };
  if (DATABASE_AWAY.test(String(code)) || DATABASE_AWAY.test(JSON.stringify(meta ?? null))) return true;
  return DATABASE_AWAY.test(error.message) || isDatabaseAway(error.cause);
}

/** A table or column that is not there (Prisma P2021, P2022; SQLSTATE 42P01, 42703). */
function isUnprepared(error: unknown): boolean {
  return (
    error instanceof Error && /P2021|P2022|42P01|42703/.test(`${(error as { code?: unknown }).code} ${error.message}`)
  );
}
