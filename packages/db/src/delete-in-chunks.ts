import type { Db, Sql } from "./client";

const ROWS_PER_CHUNK = 20_000;

/**
 * Deletes rows of a table in statements of their own, so that none locks rows for long. Give it a `db` that is not
 * inside of a transaction. Idempotent. @returns how many were deleted.
 */
export async function deleteInChunks(
  db: Db,
  table: Sql,
  condition: Sql,
  rowsPerChunk = ROWS_PER_CHUNK,
): Promise<number> {
  for (let sum = 0; ; ) {
    const deleted = await db.$executeRaw`
      delete from ${table} where ctid = any(array(select ctid from ${table} where ${condition} limit ${rowsPerChunk}))`;
    if (deleted === 0) return sum;
    sum += deleted;
  }
}
