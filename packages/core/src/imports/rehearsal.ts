import type { Db } from "@hustings/db/client";
import type { Rehearsal } from "./apply-rows";
import type { KnownPerson } from "./plan-rows";

/**
 * Where a dry run keeps what it would have made of each address, so that its later rows are judged exactly as the
 * import itself would: a table of its own, since a file of ten million addresses fits no memory.
 */
export const rehearsalOf = (importId: string): Rehearsal => ({
  async recall(tx: Db, emails: readonly string[]) {
    const rows = await tx.$queryRaw<{ email: string; state: KnownPerson }[]>`
      select email, state from import_rehearsals where import_id = ${importId}::uuid and email = any(${emails}::text[])`;
    return new Map(rows.map(({ email, state }) => [email, state]));
  },
  async keep(tx: Db, people: ReadonlyMap<string, KnownPerson>) {
    const rows = [...people].map(([email, state]) => ({ email, state }));
    if (rows.length === 0) return;
    await tx.$executeRaw`
      insert into import_rehearsals (import_id, email, state)
      select ${importId}::uuid, email, state from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(email text, state jsonb)
      on conflict (import_id, email) do update set state = excluded.state`;
  },
});
