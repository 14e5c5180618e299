/** What a caller is told when it was the database that failed, and not by a defect of ours. */
type DatabaseFailure = { code: "SERVICE_UNAVAILABLE" | "CONFLICT"; message: string };

const FAILURES: readonly (DatabaseFailure & { codes: RegExp; words?: RegExp })[] = [
  {
    // Connection refused or lost, server starting or shutting down (SQLSTATE 57P0x, 08xxx), no connection to be had.
    codes:
      /^(ECONNREFUSED|ECONNRESET|ENOTFOUND|EPIPE|57P0[1-3]|08\w{3}|53300|P1001|P1002|P1008|P1017|P2024|DatabaseNotReachable|ConnectionClosed|SocketTimeout)$/,
    words: /Connection terminated|timeout exceeded when trying to connect/,
    code: "SERVICE_UNAVAILABLE",
    message: "The database is away. Try again soon.",
  },
  {
    // Its disk is full.
    codes: /^53100$/,
    code: "SERVICE_UNAVAILABLE",
    message: "There is no room left for this. Whoever runs this server has to make some.",
  },
  {
    // No transaction to be had in time, or one that took too long (P2028), or a statement that did.
    codes: /^(P2028|57014)$/,
    code: "SERVICE_UNAVAILABLE",
    message: "This took too long. Try again soon.",
  },
  {
    // What was there when it was looked up is gone (foreign keys), or a deadlock that trying again did not resolve.
    codes: /^(P2003|P2034|23503|40001|40P01)$/,
    code: "CONFLICT",
    message: "Somebody else changed or deleted what this belongs to at the same moment. Try again.",
  },
];

/** What to say of a failure of the database; undefined when it is none, or one that we are to blame for. */
export function findDatabaseFailure(thrown: unknown): DatabaseFailure | undefined {
  const causes = walkCauses(thrown);
  return FAILURES.find(({ codes, words }) =>
    causes.some((cause) => cause.codes.some((code) => codes.test(code)) || words?.test(cause.message)),
  );
}

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
