import type { ById } from "@hustings/contracts/primitives";
import type {
  CreateTicketInput,
  CreateTicketReplyInput,
  Ticket,
  TicketReply,
  TicketStatus,
  TicketVote,
  UpdateTicketInput,
} from "@hustings/contracts/support-tickets";
import { type Db, inTransaction } from "@hustings/db/client";
import type { TicketModel } from "@hustings/db/types";
import { type Change, recordChange } from "../audit/record-change";
import type { PrincipalContext } from "../context";
import { notFound } from "../errors";
import { writeEvent } from "../outbox/write-event";
import { requireUserId } from "../users/session";
import { assertGlobalAdmin } from "../workspaces/access";
import { assertMayChange } from "./access";
import { toReply } from "./mapper";
import { readTicket } from "./queries";
import { writeSubscription } from "./subscriptions";

/** Opens a ticket, which the caller follows from then on. */
export async function createTicket(ctx: PrincipalContext, input: CreateTicketInput): Promise<Ticket> {
  const userId = requireUserId(ctx);
  return inTransaction(ctx.db, async (tx) => {
    const { id, title } = await tx.ticket.create({ data: { ...input, userId } });
    await writeSubscription(tx, { ticketId: id, userId, isSubscribed: true });
    await audit(tx, ctx, "tickets.create", id, { title });
    return readTicket({ ...ctx, db: tx }, id);
  });
}

/**
 * Changes a ticket. A new status is told to its followers by a job.
 *
 * @throws DomainError `not_found`; `forbidden` (see `assertMayChange`).
 */
export async function updateTicket(ctx: PrincipalContext, { id, ...changes }: UpdateTicketInput): Promise<Ticket> {
  return inTransaction(ctx.db, async (tx) => {
    const before = await lockTicket(tx, id);
    assertMayChange(ctx.principal, before, changes);
    await tx.ticket.update({ where: { id }, data: changes });
    if (changes.status && changes.status !== before.status)
      await recordMove(tx, ctx, id, { from: before.status, to: changes.status });
    const { description, ...facts } = changes;
    await audit(tx, ctx, "tickets.update", id, {
      ...facts,
      ...(description !== undefined && { hasNewDescription: true }),
      ...(changes.status && { before: { status: before.status } }),
    });
    return readTicket({ ...ctx, db: tx }, id);
  });
}

async function recordMove(
  tx: Db,
  ctx: PrincipalContext,
  ticketId: string,
  move: { from: TicketStatus; to: TicketStatus },
): Promise<void> {
  const change = await tx.ticketStatusChange.create({ data: { ...move, ticketId, userId: requireUserId(ctx) } });
  await writeEvent(tx, "ticket/changed", { ticketId, changeId: change.id });
}

/**
 * Deletes a ticket with everything that hangs on it.
 *
 * @throws DomainError `forbidden` unless a global admin asks; `not_found`.
 */
export async function deleteTicket(ctx: PrincipalContext, { id }: ById): Promise<void> {
  assertGlobalAdmin(ctx);
  await inTransaction(ctx.db, async (tx) => {
    const { title } = await lockTicket(tx, id);
    const replies = await tx.ticketReply.count({ where: { ticketId: id } });
    await tx.ticket.delete({ where: { id } });
    await audit(tx, ctx, "tickets.delete", id, { title, replies });
  });
}

/** Replies to a ticket, which the caller follows from then on; a job tells the others. @throws DomainError `not_found` */
export async function createReply(ctx: PrincipalContext, { id, body }: CreateTicketReplyInput): Promise<TicketReply> {
  const userId = requireUserId(ctx);
  return inTransaction(ctx.db, async (tx) => {
    await lockTicket(tx, id);
    const row = await tx.ticketReply.create({
      data: { ticketId: id, userId, body },
      include: { user: { select: { name: true } } },
    });
    await writeSubscription(tx, { ticketId: id, userId, isSubscribed: true });
    await writeEvent(tx, "ticket/changed", { ticketId: id, changeId: row.id });
    await audit(tx, ctx, "tickets.reply", id, { replyId: row.id });
    return toReply(row);
  });
}

/**
 * Gives the caller's vote, or takes it back. One change of a ticket's votes at a time, and counted anew: however many
 * press at once, the count is that of the rows.
 *
 * @throws DomainError `not_found`
 */
export async function toggleVote(ctx: PrincipalContext, { id }: ById): Promise<TicketVote> {
  const userId = requireUserId(ctx);
  return inTransaction(ctx.db, async (tx) => {
    await lockTicket(tx, id);
    const { count: takenBack } = await tx.ticketVote.deleteMany({ where: { ticketId: id, userId } });
    const upvoted = takenBack === 0;
    if (upvoted) await tx.ticketVote.create({ data: { ticketId: id, userId } });
    // By SQL: Prisma would also say that the ticket itself has changed.
    const [row] = await tx.$queryRaw<{ upvoteCount: number }[]>`
      update tickets set upvote_count = (select count(*) from ticket_votes where ticket_id = ${id}::uuid)
      where id = ${id}::uuid returning upvote_count as "upvoteCount"`;
    await audit(tx, ctx, "tickets.vote", id, { upvoted });
    return { upvoted, upvoteCount: row?.upvoteCount ?? 0 };
  });
}

type LockedTicket = Pick<TicketModel, "title" | "userId" | "status">;

async function lockTicket(tx: Db, id: string): Promise<LockedTicket> {
  const [row] = await tx.$queryRaw<LockedTicket[]>`
    select title, user_id as "userId", status from tickets where id = ${id}::uuid for update`;
  if (!row) throw notFound("Ticket");
  return row;
}

const audit = (
  tx: Db,
  ctx: PrincipalContext,
  action: `tickets.${string}`,
  targetId: string,
  details: NonNullable<Change["details"]>,
) => recordChange(tx, { principal: ctx.principal }, { action, targetType: "ticket", targetId, details });
