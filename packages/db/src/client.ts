import { setTimeout as delay } from "node:timers/promises";
import { PrismaPg } from "@prisma/adapter-pg";
import { Pool } from "pg";
import { Prisma, PrismaClient } from "./generated/client";

/** What core works with: the client itself, or the transaction that a command runs in. */
export type Db = PrismaClient | Prisma.TransactionClient;
export type Sql = Prisma.Sql;

/** Composes parameterised SQL; the only way to write raw queries. */
export const { sql, join, raw, empty } = Prisma;

export type Database = {
  prisma: PrismaClient;
  /** The pool under Prisma, for COPY and cursors. */
  pool: Pool;
  close: () => Promise<void>;
};

export type DatabaseOptions = {
  maxConnections?: number;
  /** How long a query may take before the server ends it. 0: no limit (the worker's bulk statements). */
  statementTimeoutMs?: number;
  applicationName?: string;
};

/** Opens the one pool of a process, with Prisma on top of it. */
export function createDatabase(url: string, options: DatabaseOptions = {}): Database {
  const pool = new Pool({
    connectionString: url,
    max: options.maxConnections ?? 10,
    connectionTimeoutMillis: 10_000,
    idleTimeoutMillis: 30_000,
    statement_timeout: options.statementTimeoutMs ?? 30_000,
    application_name: options.applicationName ?? "hustings",
  });
  // An idle connection that the server closes must not end the process; the next query reconnects.
  pool.on("error", () => undefined);
  // Nor must one that breaks while somebody has it: what they ask it next is refused.
  pool.on("connect", (client) => client.on("error", () => undefined));
  const prisma = new PrismaClient({ adapter: new PrismaPg(pool) });
  const close = async () => {
    await prisma.$disconnect();
    await pool.end();
  };
  return { prisma, pool, close };
}

const MAX_ATTEMPTS = 4;
/** Upper bound of the pause before the second attempt; each next one may be twice as long. */
const FIRST_PAUSE_MS = 20;

/**
 * Runs `work` in one transaction, or in the one that is already open. A transaction of its own is run again when
 * Postgres broke it off because it stood in another's way (a deadlock), so `work` must do nothing but queries.
 */
export async function inTransaction<T>(
  db: Db,
  work: (tx: Prisma.TransactionClient) => Promise<T>,
  timeoutMs = 30_000,
): Promise<T> {
  if (!("$transaction" in db)) return work(db);
  for (let attempt = 1; ; attempt++) {
    try {
      return await db.$transaction(work, { timeout: timeoutMs, maxWait: 10_000 });
    } catch (error) {
      if (attempt === MAX_ATTEMPTS || !isSerializationFailure(error)) throw error;
      await delay(Math.random() * FIRST_PAUSE_MS * 2 ** (attempt - 1));
    }
  }
}

/** Whether a write failed because the same thing is there already (SQLSTATE 23505, Prisma P2002). */
export function isUniqueViolation(error: unknown): boolean {
  if (!(error instanceof Prisma.PrismaClientKnownRequestError)) return false;
  return error.code === "P2002" || (error.code === "P2010" && sqlStateOf(error) === "23505");
}

/** Whether two transactions stood in each other's way and this one lost (SQLSTATE 40001, 40P01; Prisma P2034). */
export function isSerializationFailure(error: unknown): boolean {
  if (!(error instanceof Prisma.PrismaClientKnownRequestError)) return false;
  return error.code === "P2034" || ["40001", "40P01"].includes(sqlStateOf(error) ?? "");
}

/** Whether Postgres refused what it was given (SQLSTATE classes 22 and 23), and would again. */
export function isDataFailure(error: unknown): boolean {
  return error instanceof Prisma.PrismaClientKnownRequestError && /^2[23]/.test(sqlStateOf(error) ?? "");
}

const sqlStateOf = (error: Prisma.PrismaClientKnownRequestError): string | undefined =>
  (error.meta?.driverAdapterError as { cause?: { originalCode?: string } } | undefined)?.cause?.originalCode;

/** Whether an update or delete found nothing (Prisma P2025). */
export function isRecordMissing(error: unknown): boolean {
  return error instanceof Prisma.PrismaClientKnownRequestError && error.code === "P2025";
}
