import type { Sql } from "@hustings/db/client";
import { stringify } from "csv-stringify/sync";
import type { Pool, PoolClient } from "pg";
import { DomainError } from "../errors";
import { guardFormula } from "../imports/formula-guard";

/** Rows fetched at a time: what the process holds, whatever the list's size. */
const BATCH_SIZE = 1_000;

/** Each export holds a connection until its reader has it all. */
const MAX_AT_ONCE = 3;
/** A reader who takes nothing for so long has gone; the connection is wanted back. */
const STALLED_MS = 60_000;

let running = 0;

/**
 * The rows of a query as CSV under a line of names, in pieces of some hundred kilobytes, in constant memory and from
 * one snapshot. Cells that a spreadsheet would take for a formula start with an apostrophe.
 *
 * @throws DomainError `unavailable` with the first piece when too many exports run at once.
 */
export async function* exportRows<Row extends object>(
  pool: Pool,
  query: Sql,
  { header, toCells }: { header: readonly string[]; toCells: (row: Row) => readonly string[] },
): AsyncGenerator<string> {
  if (running >= MAX_AT_ONCE)
    throw new DomainError("unavailable", "Too many exports at once. Try again soon.", undefined, 10);
  running++;
  try {
    yield stringify([header.map(guardFormula)], { bom: true });
    for await (const rows of readRows<Row>(pool, query))
      yield stringify(rows.map((row) => toCells(row).map(guardFormula)));
  } finally {
    running--;
  }
}

/** Through a server-side cursor: the query runs once, and only as far as it is read. */
async function* readRows<Row extends object>(pool: Pool, query: Sql): AsyncGenerator<Row[]> {
  const client = await pool.connect();
  let failure: Error | undefined;
  // Postgres ends the session of a reader who stalls; without a listener that would end the process.
  const onError = (error: Error) => {
    failure = error;
  };
  client.on("error", onError);
  try {
    await client.query("begin isolation level repeatable read read only");
    await client.query(`set local idle_in_transaction_session_timeout = ${STALLED_MS}`);
    await client.query(`declare exported no scroll cursor for ${query.text}`, query.values);
    for (;;) {
      const { rows } = await client.query<Row>(`fetch ${BATCH_SIZE} from exported`);
      if (rows.length > 0) yield rows;
      if (rows.length < BATCH_SIZE) return;
    }
  } catch (error) {
    failure = error instanceof Error ? error : new Error(String(error));
    throw error;
  } finally {
    await endReading(client, failure);
    client.off("error", onError);
  }
}

/** Gives the connection back, or throws it away when it is no longer good. */
async function endReading(client: PoolClient, failure: Error | undefined): Promise<void> {
  try {
    if (!failure) await client.query("rollback");
    client.release(failure);
  } catch (error) {
    client.release(error instanceof Error ? error : true);
  }
}
