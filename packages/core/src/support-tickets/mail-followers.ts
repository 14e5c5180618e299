import { createTicketLinkBuilder } from "@hustings/email/ticket-links";
import { renderTicketMail, type TicketNews } from "@hustings/email/ticket-mail";
import type { MailDelay, MailOutcome, OutgoingMessage } from "@hustings/email/transport";
import { assertNothingDelayed } from "../campaigns/hand-over";
import { noReplyAddress } from "../campaigns/sender";
import type { CoreContext } from "../context";
import { followersOf } from "./followers";

type Change = { ticketId: string; changeId: string };
type Follower = { userId: string; email: string };
type Outcome = MailOutcome | MailDelay;

/**
 * Tells the next followers of a ticket about a reply or a change of status: as many as the transport takes at a time,
 * never its author. Call it until it has nobody left.
 *
 * Each is written down before the mail is handed over and is never taken again, whatever happens next (ADR 23): called
 * twice, or again after a crash, it mails nobody twice.
 *
 * @returns how many were taken; 0 also when the ticket is gone.
 * @throws MailDelayedError when the provider wants the rest later.
 */
export async function mailFollowers(ctx: CoreContext, change: Change): Promise<number> {
  const news = await findNews(ctx, change);
  if (!news) return 0;
  const followers = await claimFollowers(ctx, change);
  if (followers.length === 0) return 0;
  const outcomes = await ctx.ports.mail.send(writeMessages(ctx, change, news, followers));
  const settled = followers.map(({ userId }, index) => ({ userId, outcome: outcomes[index] ?? NO_ANSWER }));
  await settle(ctx, change, settled);
  assertNothingDelayed(settled.filter(({ outcome }) => outcome.kind === "deferred"));
  return followers.length;
}

const NO_ANSWER: Outcome = { kind: "unknown", reason: "The mail service did not answer for it." };

type News = { title: string; news: TicketNews };

/** What a change says; null when it went with its ticket. */
async function findNews(ctx: CoreContext, { ticketId, changeId }: Change): Promise<News | null> {
  const where = { id: changeId, ticketId };
  const include = { ticket: { select: { title: true } }, user: { select: { name: true } } } as const;
  const reply = await ctx.db.ticketReply.findUnique({ where, include });
  if (reply) return { title: reply.ticket.title, news: { kind: "reply", by: reply.user.name, body: reply.body } };
  const move = await ctx.db.ticketStatusChange.findUnique({ where, include });
  if (!move) return null;
  const { from, to } = move;
  return { title: move.ticket.title, news: { kind: "status", by: move.user.name, from, to } };
}

/** Takes followers who have no row for this change yet, and gives them one, committed. */
async function claimFollowers(ctx: CoreContext, { ticketId, changeId }: Change): Promise<Follower[]> {
  return ctx.db.$queryRaw<Follower[]>`
    with author as (
      select user_id from ticket_replies where id = ${changeId}::uuid
      union all select user_id from ticket_status_changes where id = ${changeId}::uuid),
    claimed as (
      insert into ticket_mails (change_id, user_id, ticket_id)
      select ${changeId}::uuid, u.id, ${ticketId}::uuid
      from ${followersOf(ticketId)}
        and u.id not in (select user_id from author)
        and not exists (select 1 from ticket_mails m where m.change_id = ${changeId}::uuid and m.user_id = u.id)
      order by u.id limit ${ctx.ports.mail.claimSize}
      on conflict do nothing
      returning user_id)
    select u.id as "userId", u.email from claimed c join users u on u.id = c.user_id order by u.id`;
}

function writeMessages(
  ctx: CoreContext,
  { ticketId }: Change,
  { title, news }: News,
  followers: readonly Follower[],
): OutgoingMessage[] {
  const { appUrl, unsubscribeSecrets } = ctx.settings;
  const linkOf = unsubscribeSecrets.length > 0 ? createTicketLinkBuilder(appUrl, unsubscribeSecrets) : null;
  const from = { name: "Support tickets", email: noReplyAddress(ctx.settings) };
  return followers.map(({ userId, email }) => ({
    ...renderTicketMail({ appUrl, ticketId, title, news }, linkOf?.({ ticketId, userId }) ?? null),
    from,
    to: email,
    workspaceId: null,
    campaignId: null,
    contactId: null,
  }));
}

const OUTCOME_OF = {
  accepted: "sent",
  rejected: "failed",
  suppressed: "skipped",
  unknown: "unknown",
  // Handed over, and nobody can ask about it later: no more is known.
  pending: "unknown",
} as const;

/** Writes down what became of each; whom the provider surely did not get is free to be taken again. */
async function settle(
  ctx: CoreContext,
  { changeId }: Change,
  settled: readonly { userId: string; outcome: Outcome }[],
): Promise<void> {
  const rows = settled.map(({ userId, outcome }) => ({
    userId,
    outcome: outcome.kind === "deferred" ? null : OUTCOME_OF[outcome.kind],
    error: "reason" in outcome ? outcome.reason : null,
  }));
  await ctx.db.$executeRaw`
    with results as materialized (
      select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r("userId" uuid, outcome text, error text)),
    freed as (
      delete from ticket_mails m using results r
      where m.change_id = ${changeId}::uuid and m.user_id = r."userId" and r.outcome is null)
    update ticket_mails m set outcome = r.outcome, error = r.error from results r
    where m.change_id = ${changeId}::uuid and m.user_id = r."userId" and r.outcome is not null`;
}
