import type { Db } from "@hustings/db/client";
import { newId } from "@hustings/db/ids";
import type { RecipientEventType } from "./recipient-state";

export type AddressEvent = { type: RecipientEventType; email: string; at: Date };

/** So many soft bounces in a row, without a delivery between them, hold like a hard one. */
export const SOFT_BOUNCES_IN_A_ROW = 3;

const REASON: Partial<Record<RecipientEventType, "hard_bounce" | "complaint">> = {
  hard_bounced: "hard_bounce",
  complained: "complaint",
};

/** Hard bounces, complaints and the third soft bounce in a row suppress an address in the whole installation. */
export async function suppressAddresses(tx: Db, events: readonly AddressEvent[]): Promise<void> {
  await countSoftBounces(tx, events);
  const rows = events.flatMap(({ type, email }) => {
    const reason = REASON[type];
    return reason ? [{ id: newId(), email, reason }] : [];
  });
  await insertSuppressions(tx, rows);
}

async function countSoftBounces(tx: Db, events: readonly AddressEvent[]): Promise<void> {
  const reached = events.filter((event) => isReached(event.type)).map((event) => event.email);
  if (reached.length > 0) await tx.$executeRaw`delete from soft_bounces where email = any(${reached}::text[])`;
  const soft = events.filter((event) => event.type === "soft_bounced");
  if (soft.length === 0) return;
  const worn = await tx.$queryRaw<{ email: string }[]>`
    with counted as (
      insert into soft_bounces as s (email, count, last_at)
      select email, count(*), max(at) from jsonb_to_recordset(${JSON.stringify(soft)}::jsonb) as b(email text, at timestamptz)
      group by email order by email
      on conflict (email) do update set count = least(s.count + excluded.count, 1000), last_at = excluded.last_at
      returning email, count)
    select email from counted where count >= ${SOFT_BOUNCES_IN_A_ROW}`;
  await insertSuppressions(
    tx,
    worn.map(({ email }) => ({ id: newId(), email, reason: "soft_bounces" as const })),
  );
}

const isReached = (type: RecipientEventType): boolean =>
  type === "delivered" || type === "opened" || type === "clicked";

async function insertSuppressions(
  tx: Db,
  rows: readonly { id: string; email: string; reason: "hard_bounce" | "complaint" | "soft_bounces" }[],
): Promise<void> {
  if (rows.length === 0) return;
  await tx.suppression.createMany({ data: rows.map((row) => ({ ...row, workspaceId: null })), skipDuplicates: true });
}
