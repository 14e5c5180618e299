import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { Pool } from "pg";
import { from as copyFrom } from "pg-copy-streams";

/** What COPY takes for null, and what it must not take for its own signs. */
const toCell = (value: string | null): string =>
  value === null ? "\\N" : value.replace(/[\\\t\n\r]/g, (sign) => ESCAPES[sign] ?? sign);
const ESCAPES: Record<string, string> = { "\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r" };

/** Rows in COPY's text format. */
export const toCopyText = (rows: readonly (readonly (string | null)[])[]): string =>
  rows.map((row) => `${row.map(toCell).join("\t")}\n`).join("");

/** Loads prepared text into a table, as one transaction. */
export async function copyRows(pool: Pool, target: string, text: string): Promise<void> {
  const client = await pool.connect();
  try {
    await pipeline(Readable.from([text]), client.query(copyFrom(`copy ${target} from stdin`)));
  } finally {
    client.release();
  }
}
