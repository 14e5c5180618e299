import type { TicketReply, TicketStatusChange, TicketWithVote } from "@hustings/contracts/support-tickets";
import type { TicketModel, TicketReplyModel, TicketStatusChangeModel } from "@hustings/db/types";

/** As `selectTickets` reads it. */
export type TicketRow = Omit<TicketModel, "search"> & { userName: string; replyCount: number; hasVoted: boolean };
type ByName = { user: { name: string } };

export const toTicket = (row: TicketRow): TicketWithVote => ({
  id: row.id,
  title: row.title,
  description: row.description,
  type: row.type,
  status: row.status,
  priority: row.priority,
  upvoteCount: row.upvoteCount,
  replyCount: row.replyCount,
  userId: row.userId,
  userName: row.userName,
  createdAt: row.createdAt.toISOString(),
  updatedAt: row.updatedAt.toISOString(),
  hasVoted: row.hasVoted,
});

export const toReply = (row: TicketReplyModel & ByName): TicketReply => ({
  id: row.id,
  ticketId: row.ticketId,
  userId: row.userId,
  userName: row.user.name,
  body: row.body,
  createdAt: row.createdAt.toISOString(),
});

export const toStatusChange = (row: TicketStatusChangeModel & ByName): TicketStatusChange => ({
  id: row.id,
  from: row.from,
  to: row.to,
  userId: row.userId,
  userName: row.user.name,
  createdAt: row.createdAt.toISOString(),
});
