import { z } from "zod";
import { byId, longText, pageInput, pageOutput, rangeInput, requiredLine, utcDateTime, uuid } from "./primitives";

export const ticketType = z.enum(["bug", "feature"]);
export type TicketType = z.infer<typeof ticketType>;
export const ticketStatus = z.enum(["open", "in_progress", "resolved", "closed"]);
export type TicketStatus = z.infer<typeof ticketStatus>;
export const ticketPriority = z.enum(["low", "medium", "high"]);
export type TicketPriority = z.infer<typeof ticketPriority>;

const text = longText(20_000).trim().min(1, "must not be empty");

/** A bug or a wish, of the installation and not of a workspace. Title and description are plain text. */
export const ticket = z
  .object({
    id: uuid,
    title: z.string(),
    description: z.string(),
    type: ticketType,
    status: ticketStatus,
    priority: ticketPriority,
    upvoteCount: z.number().int(),
    replyCount: z.number().int(),
    /** Who opened it. */
    userId: uuid,
    userName: z.string(),
    createdAt: utcDateTime,
    updatedAt: utcDateTime,
  })
  .meta({ id: "Ticket" });
export type Ticket = z.infer<typeof ticket>;

/** A ticket as one person sees it: whether they voted for it. */
export const ticketWithVote = ticket.extend({ hasVoted: z.boolean() }).meta({ id: "TicketWithVote" });
export type TicketWithVote = z.infer<typeof ticketWithVote>;

/** An answer to a ticket, in plain text. */
export const ticketReply = z
  .object({
    id: uuid,
    ticketId: uuid,
    userId: uuid,
    userName: z.string(),
    body: z.string(),
    createdAt: utcDateTime,
  })
  .meta({ id: "TicketReply" });
export type TicketReply = z.infer<typeof ticketReply>;

/** Who moved a ticket. */
export const ticketStatusChange = z
  .object({
    id: uuid,
    from: ticketStatus,
    to: ticketStatus,
    userId: uuid,
    userName: z.string(),
    createdAt: utcDateTime,
  })
  .meta({ id: "TicketStatusChange" });
export type TicketStatusChange = z.infer<typeof ticketStatusChange>;

/** Tickets of the installation by status. */
export const ticketStats = z
  .object({
    open: z.number().int(),
    in_progress: z.number().int(),
    resolved: z.number().int(),
    closed: z.number().int(),
  })
  .meta({ id: "TicketStats" });
export type TicketStats = z.infer<typeof ticketStats>;

export const listTicketsInput = z.strictObject({
  status: ticketStatus.optional(),
  type: ticketType.optional(),
  priority: ticketPriority.optional(),
  search: z.string().trim().max(200).optional().describe("A part of title or description"),
  mine: z.boolean().optional().describe("True: those that the caller opened"),
  sort: z.enum(["newest", "votes"]).default("newest"),
  ...pageInput,
});
export type ListTicketsInput = z.infer<typeof listTicketsInput>;
/** `stats` counts all tickets, whatever the filters. */
export const ticketList = z.object({ tickets: z.array(ticketWithVote), stats: ticketStats, ...pageOutput });
export type TicketList = z.infer<typeof ticketList>;

export const createTicketInput = z.strictObject({
  title: requiredLine(200),
  description: text,
  type: ticketType,
  priority: ticketPriority.optional(),
});
export type CreateTicketInput = z.infer<typeof createTicketInput>;

/** The owner changes title and description while the ticket is open, a global admin the rest. */
export const updateTicketInput = z.strictObject({
  ...byId.shape,
  title: requiredLine(200).optional(),
  description: text.optional(),
  type: ticketType.optional(),
  status: ticketStatus.optional(),
  priority: ticketPriority.optional(),
});
export type UpdateTicketInput = z.infer<typeof updateTicketInput>;

/** `replies` and `statusChanges` are the first thousand of each, oldest first. */
export const ticketDetails = z.object({
  ticket: ticketWithVote,
  replies: z.array(ticketReply),
  statusChanges: z.array(ticketStatusChange),
  isSubscribed: z.boolean(),
  followerCount: z.number().int().describe("Others who get email about it"),
});
export type TicketDetails = z.infer<typeof ticketDetails>;

export const listTicketRepliesInput = z.strictObject({ ...byId.shape, ...rangeInput });
export type ListTicketRepliesInput = z.infer<typeof listTicketRepliesInput>;
export const createTicketReplyInput = z.strictObject({ ...byId.shape, body: text });
export type CreateTicketReplyInput = z.infer<typeof createTicketReplyInput>;

export const ticketVote = z.object({ upvoted: z.boolean(), upvoteCount: z.number().int() });
export type TicketVote = z.infer<typeof ticketVote>;
export const subscribed = z.object({ subscribed: z.literal(true) });
export const notSubscribed = z.object({ subscribed: z.literal(false) });
export const subscribedToAll = z.object({ subscribedToAll: z.boolean() });

/** What the link in a mail brings along: whose mail about which ticket it ends. */
export const ticketLinkInput = z.strictObject({ token: z.string().min(1, "is required").max(1_000) });
