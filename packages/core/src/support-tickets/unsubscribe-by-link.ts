import { inTransaction } from "@hustings/db/client";
import { readTicketToken, type TicketLinkSubject } from "@hustings/email/ticket-links";
import { recordChange } from "../audit/record-change";
import type { CoreContext } from "../context";
import { DomainError } from "../errors";
import { maskEmail, RECIPIENT } from "../unsubscribe/unsubscribe";
import { writeSubscription } from "./subscriptions";

/** What the page behind a ticket mail's link says. */
export type TicketLinkPage = {
  /** Null once the ticket is deleted. */
  title: string | null;
  /** `a…@example.org` */
  maskedEmail: string | null;
  /** The others go on. */
  isFollowingAll: boolean;
};

/**
 * Reads what a link is about, without changing anything.
 *
 * @throws DomainError `forbidden` for a link that this installation did not make.
 */
export async function getTicketLinkPage(ctx: CoreContext, token: string): Promise<TicketLinkPage> {
  const { ticketId, userId } = readSubject(ctx, token);
  const [ticket, user] = await Promise.all([
    ctx.db.ticket.findUnique({ where: { id: ticketId }, select: { title: true } }),
    ctx.db.user.findUnique({ where: { id: userId }, select: { email: true, ticketFollower: true } }),
  ]);
  return {
    title: ticket?.title ?? null,
    maskedEmail: user && maskEmail(user.email),
    isFollowingAll: Boolean(user?.ticketFollower),
  };
}

/**
 * Ends the mail about one ticket to one person, also while they follow all. Idempotent; of a deleted ticket there is
 * nothing to end.
 *
 * @throws DomainError `forbidden` for a link that this installation did not make.
 */
export async function unsubscribeByLink(ctx: CoreContext, token: string): Promise<void> {
  const subject = readSubject(ctx, token);
  await inTransaction(ctx.db, async (tx) => {
    await writeSubscription(tx, { ...subject, isSubscribed: false });
    await recordChange(
      tx,
      { principal: RECIPIENT },
      {
        action: "tickets.unsubscribe",
        targetType: "ticket",
        targetId: subject.ticketId,
        details: { userId: subject.userId, by: "link" },
      },
    );
  });
}

function readSubject(ctx: CoreContext, token: string): TicketLinkSubject {
  const subject = readTicketToken(ctx.settings.unsubscribeSecrets, token);
  if (!subject) throw new DomainError("forbidden", "This link does not work");
  return subject;
}
