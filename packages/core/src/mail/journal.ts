import type { Db } from "@hustings/db/client";
import { newId } from "@hustings/db/ids";
import type { HandOver, HandOverJournal } from "@hustings/email/hand-over-journal";
import type { CoreContext } from "../context";

/** Longer than any batch waits, and than a provider lists what it took. */
const KEEP_DAYS = 31;

/**
 * The journal of calls, in Postgres.
 *
 * @param db not inside of a transaction: an entry must outlive whatever happens next.
 */
export function createHandOverJournal(db: Db): HandOverJournal {
  return {
    open: async (campaignId, contactIds) => {
      const id = newId();
      // By Postgres's clock, which all workers share: Prisma would write down what this process takes for now.
      await db.$executeRaw`
        insert into mail_hand_overs (id, campaign_id, contact_ids, started_at)
        values (${id}::uuid, ${campaignId}::uuid, ${[...contactIds]}::uuid[], clock_timestamp())`;
      return id;
    },
    accept: async (id, answer) => {
      await db.mailHandOver.update({ where: { id }, data: answer });
    },
    drop: async (id) => {
      await db.mailHandOver.deleteMany({ where: { id } });
    },
    find: async (campaignId, contactIds) => {
      const rows = await db.$queryRaw<(HandOver & { contactId: string })[]>`
        select distinct on (p.contact_id) p.contact_id as "contactId", h.id, h.campaign_id as "campaignId",
          h.contact_ids as "contactIds", h.started_at as "startedAt", h.bulk_id as "bulkId", h.message_id as "messageId",
          extract(epoch from clock_timestamp() - h.started_at)::float8 * 1000 as "ageMs"
        from mail_hand_overs h cross join lateral unnest(h.contact_ids) p(contact_id)
        where h.campaign_id = ${campaignId}::uuid and p.contact_id = any(${[...contactIds]}::uuid[])
        order by p.contact_id, h.started_at desc`;
      return new Map(rows.map(({ contactId, ...call }) => [contactId, call]));
    },
  };
}

/** Forgets calls that nobody will ask about any more. Idempotent. @returns how many. */
export async function pruneHandOvers(ctx: CoreContext): Promise<number> {
  const startedAt = { lt: new Date(ctx.ports.now().getTime() - KEEP_DAYS * 24 * 60 * 60_000) };
  const { count } = await ctx.db.mailHandOver.deleteMany({ where: { startedAt } });
  return count;
}
