import type { ById } from "@hustings/contracts/primitives";
import type {
  ListTicketRepliesInput,
  ListTicketsInput,
  TicketDetails,
  TicketList,
  TicketReply,
  TicketStats,
  TicketWithVote,
} from "@hustings/contracts/support-tickets";
import { join, type Sql, sql } from "@hustings/db/client";
import { foldedLiteral } from "../contacts/search";
import type { PrincipalContext } from "../context";
import { notFound } from "../errors";
import { requireUserId } from "../users/session";
import { followersOf } from "./followers";
import { type TicketRow, toReply, toStatusChange, toTicket } from "./mapper";

/** What a ticket shows of each of its threads at once. */
const SHOWN = 1_000;
const BY_NAME = { user: { select: { name: true } } } as const;

/** Tickets of the installation, newest or most voted first, with the counts of all of them by status. */
export async function listTickets(ctx: PrincipalContext, input: ListTicketsInput): Promise<TicketList> {
  const { page, pageSize, sort } = input;
  const where = matchFilters(ctx, input);
  const order = sort === "votes" ? sql`t.upvote_count desc, t.id desc` : sql`t.id desc`;
  const ids = sql`select t.id from tickets t where ${where} order by ${order} limit ${pageSize} offset ${(page - 1) * pageSize}`;
  const [rows, total, stats] = await Promise.all([
    ctx.db.$queryRaw<TicketRow[]>`${selectTickets(ctx)} where t.id in (${ids}) order by ${order}`,
    countTickets(ctx, where),
    getTicketStats(ctx),
  ]);
  return { tickets: rows.map(toTicket), stats, total, page, pageSize };
}

async function countTickets(ctx: PrincipalContext, where: Sql): Promise<number> {
  const [row] = await ctx.db.$queryRaw<{ total: number }[]>`
    select count(*)::int as total from tickets t where ${where}`;
  return row?.total ?? 0;
}

function matchFilters(ctx: PrincipalContext, { status, type, priority, search, mine }: ListTicketsInput): Sql {
  const filters = [
    status ? sql`t.status = ${status}::"TicketStatus"` : undefined,
    type ? sql`t.type = ${type}::"TicketType"` : undefined,
    priority ? sql`t.priority = ${priority}::"TicketPriority"` : undefined,
    mine ? sql`t.user_id = ${requireUserId(ctx)}::uuid` : undefined,
    search ? sql`t.search like '%' || ${foldedLiteral(search)} || '%'` : undefined,
  ].filter((filter) => filter !== undefined);
  return filters.length === 0 ? sql`true` : join(filters, " and ");
}

/** Tickets `t` as the caller sees them. */
const selectTickets = (ctx: PrincipalContext): Sql => sql`
  select t.id, t.title, t.description, t.type, t.status, t.priority, t.upvote_count as "upvoteCount",
    t.user_id as "userId", u.name as "userName", t.created_at as "createdAt", t.updated_at as "updatedAt",
    (select count(*) from ticket_replies r where r.ticket_id = t.id)::int as "replyCount",
    exists (select 1 from ticket_votes v
      where v.ticket_id = t.id and v.user_id = ${requireUserId(ctx)}::uuid) as "hasVoted"
  from tickets t join users u on u.id = t.user_id`;

/** How many tickets stand where, in the whole installation. */
export async function getTicketStats(ctx: PrincipalContext): Promise<TicketStats> {
  const rows = await ctx.db.ticket.groupBy({ by: ["status"], _count: true });
  const counts = Object.fromEntries(rows.map(({ status, _count }) => [status, _count]));
  return { open: 0, in_progress: 0, resolved: 0, closed: 0, ...counts };
}

/** One ticket as the caller sees it. @throws DomainError `not_found` */
export async function readTicket(ctx: PrincipalContext, id: string): Promise<TicketWithVote> {
  const [row] = await ctx.db.$queryRaw<TicketRow[]>`${selectTickets(ctx)} where t.id = ${id}::uuid`;
  if (!row) throw notFound("Ticket");
  return toTicket(row);
}

/** A ticket with its thread, and whether the caller gets mail about it. @throws DomainError `not_found` */
export async function getTicket(ctx: PrincipalContext, { id }: ById): Promise<TicketDetails> {
  const [ticket, replies, statusChanges, isSubscribed, followerCount] = await Promise.all([
    readTicket(ctx, id),
    readReplies(ctx, { id, limit: SHOWN, offset: 0 }),
    ctx.db.ticketStatusChange.findMany({
      where: { ticketId: id },
      include: BY_NAME,
      orderBy: { id: "asc" },
      take: SHOWN,
    }),
    findSubscription(ctx, id),
    countOtherFollowers(ctx, id),
  ]);
  return { ticket, replies, statusChanges: statusChanges.map(toStatusChange), isSubscribed, followerCount };
}

async function countOtherFollowers(ctx: PrincipalContext, ticketId: string): Promise<number> {
  const [row] = await ctx.db.$queryRaw<{ count: number }[]>`
    select count(*)::int as count from ${followersOf(ticketId)} and u.id <> ${requireUserId(ctx)}::uuid`;
  return row?.count ?? 0;
}

/** What the caller said about this ticket, else about all of them. */
async function findSubscription(ctx: PrincipalContext, ticketId: string): Promise<boolean> {
  const userId = requireUserId(ctx);
  const [own, toAll] = await Promise.all([
    ctx.db.ticketSubscription.findUnique({ where: { ticketId_userId: { ticketId, userId } } }),
    ctx.db.ticketFollower.findUnique({ where: { userId } }),
  ]);
  return own?.isSubscribed ?? toAll !== null;
}

/** Replies to a ticket, oldest first. @throws DomainError `not_found` */
export async function listReplies(
  ctx: PrincipalContext,
  input: ListTicketRepliesInput,
): Promise<{ replies: TicketReply[]; total: number }> {
  const [{ replyCount }, replies] = await Promise.all([readTicket(ctx, input.id), readReplies(ctx, input)]);
  return { replies, total: replyCount };
}

async function readReplies(
  ctx: PrincipalContext,
  { id, limit, offset }: ListTicketRepliesInput,
): Promise<TicketReply[]> {
  const rows = await ctx.db.ticketReply.findMany({
    where: { ticketId: id },
    include: BY_NAME,
    orderBy: { id: "asc" },
    take: limit,
    skip: offset,
  });
  return rows.map(toReply);
}

/** Whether the caller follows every ticket. */
export async function isFollowingAll(ctx: PrincipalContext): Promise<boolean> {
  return (await ctx.db.ticketFollower.findUnique({ where: { userId: requireUserId(ctx) } })) !== null;
}
