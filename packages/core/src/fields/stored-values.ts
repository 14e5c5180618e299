import { type Db, sql } from "@hustings/db/client";
import { normalizeFieldValue, type ValueRule } from "./value";

/** Contacts per statement: under half a second each with every index, so that nobody waits long for a row. */
const CHUNK_SIZE = 2_000;

/** Before every id. */
const NIL_UUID = "00000000-0000-0000-0000-000000000000";

type Holder = { id: string; value: string };

/**
 * Takes a field's values off every contact, chunk by chunk, each in its own transaction (or all in the one that is
 * open). Idempotent: after a crash the next call goes on.
 *
 * @returns how many contacts had one.
 */
export async function removeStoredValues(db: Db, storedKey: string): Promise<number> {
  let removed = 0;
  for await (const holders of eachHolder(db, storedKey)) {
    removed += await db.$executeRaw`
      update contacts set custom_fields = custom_fields - ${storedKey}::text, updated_at = now()
      where id = any(${holders.map(({ id }) => id)}::uuid[])`;
  }
  return removed;
}

/**
 * Brings the values of a field into the form of its (new) type, chunk by chunk. A value that does not fit stays as the
 * text that it is, since it is somebody's data: it is shown, compares as unset, and is checked when it is next written.
 * Idempotent.
 */
export async function rewriteStoredValues(db: Db, storedKey: string, rule: ValueRule): Promise<void> {
  if (rule.fieldType === "text") return;
  for await (const holders of eachHolder(db, storedKey)) {
    const changed = holders.flatMap(({ id, value }): Holder[] => {
      const result = normalizeFieldValue(rule, value);
      return "value" in result && result.value !== "" && result.value !== value ? [{ id, value: result.value }] : [];
    });
    if (changed.length === 0) continue;
    await db.$executeRaw`
      update contacts c set custom_fields = c.custom_fields || jsonb_build_object(${storedKey}::text, n.value), updated_at = now()
      from jsonb_to_recordset(${JSON.stringify(changed)}::jsonb) as n(id uuid, value text)
      where c.id = n.id and c.custom_fields ->> ${storedKey}::text is not null`;
  }
}

/** Contacts with a value under the key, in the order of their ids. */
async function* eachHolder(db: Db, storedKey: string): AsyncGenerator<Holder[]> {
  for (let after = NIL_UUID; ; ) {
    const holders = await db.$queryRaw<Holder[]>(sql`
      select c.id, c.custom_fields ->> ${storedKey}::text as value from contacts c
      where c.custom_fields ? ${storedKey}::text and c.id > ${after}::uuid
      order by c.id limit ${CHUNK_SIZE}`);
    if (holders.length > 0) yield holders;
    const last = holders.at(-1);
    if (!last || holders.length < CHUNK_SIZE) return;
    after = last.id;
  }
}
