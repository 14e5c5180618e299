import type { ById } from "@hustings/contracts/primitives";
import { type Db, inTransaction } from "@hustings/db/client";
import type { PrincipalContext } from "../context";
import { notFound } from "../errors";
import { requireUserId } from "../users/session";

export type Subscription = { ticketId: string; userId: string; isSubscribed: boolean };

/** Says whether somebody gets mail about a ticket, whatever they say about all of them. @returns whether it is there. */
export async function writeSubscription(db: Db, { ticketId, userId, isSubscribed }: Subscription): Promise<boolean> {
  const count = await db.$executeRaw`
    insert into ticket_subscriptions (ticket_id, user_id, is_subscribed)
    select t.id, u.id, ${isSubscribed} from tickets t, users u where t.id = ${ticketId}::uuid and u.id = ${userId}::uuid
    on conflict (ticket_id, user_id) do update set is_subscribed = excluded.is_subscribed`;
  return count > 0;
}

/** Mails the caller about this ticket. Idempotent. @throws DomainError `not_found` */
export const subscribe = (ctx: PrincipalContext, input: ById): Promise<void> => decide(ctx, input, true);

/** Mails the caller no more about this ticket, also while they follow all. Idempotent. @throws DomainError `not_found` */
export const unsubscribe = (ctx: PrincipalContext, input: ById): Promise<void> => decide(ctx, input, false);

async function decide(ctx: PrincipalContext, { id }: ById, isSubscribed: boolean): Promise<void> {
  const isThere = await writeSubscription(ctx.db, { ticketId: id, userId: requireUserId(ctx), isSubscribed });
  if (!isThere) throw notFound("Ticket");
}

/** Makes the caller follow every ticket, or only those that they follow one by one. @returns which of both. */
export async function toggleFollowingAll(ctx: PrincipalContext): Promise<boolean> {
  const userId = requireUserId(ctx);
  return inTransaction(ctx.db, async (tx) => {
    const { count: stopped } = await tx.ticketFollower.deleteMany({ where: { userId } });
    if (stopped === 0) await tx.ticketFollower.createMany({ data: [{ userId }], skipDuplicates: true });
    return stopped === 0;
  });
}
