import { byId, success } from "@hustings/contracts/primitives";
import {
  createTicketInput,
  createTicketReplyInput,
  listTicketRepliesInput,
  listTicketsInput,
  notSubscribed,
  subscribed,
  subscribedToAll,
  ticket,
  ticketDetails,
  ticketList,
  ticketReply,
  ticketStats,
  ticketVote,
  updateTicketInput,
} from "@hustings/contracts/support-tickets";
import {
  createReply,
  createTicket,
  deleteTicket,
  toggleVote,
  updateTicket,
} from "@hustings/core/support-tickets/commands";
import {
  getTicket,
  getTicketStats,
  isFollowingAll,
  listReplies,
  listTickets,
} from "@hustings/core/support-tickets/queries";
import { subscribe, toggleFollowingAll, unsubscribe } from "@hustings/core/support-tickets/subscriptions";
import { z } from "zod";
import { globalAdminProcedure, sessionProcedure } from "../procedures";
import { setRangeHeaders } from "../range-headers";
import { router } from "../trpc";

const tags = ["Support-tickets"];
const nothing = z.strictObject({});

/** Tickets belong to the installation: every signed-in user and key sees all of them, whatever their role or workspace. */
export const supportTicketsRouter = router({
  list: sessionProcedure
    .meta({
      openapi: {
        method: "GET",
        path: "/support-tickets",
        tags,
        summary: "List all support tickets, newest or most voted first",
      },
    })
    .input(listTicketsInput)
    .output(ticketList)
    .query(({ ctx, input }) => listTickets(ctx.session, input)),

  create: sessionProcedure
    .meta({
      openapi: {
        method: "POST",
        path: "/support-tickets",
        tags,
        summary: "Create a support ticket; its creator gets email about it from then on",
      },
      rest: { status: 201 },
    })
    .input(createTicketInput)
    .output(ticket)
    .mutation(({ ctx, input }) => createTicket(ctx.session, input)),

  get: sessionProcedure
    .meta({
      openapi: {
        method: "GET",
        path: "/support-tickets/{id}",
        tags,
        summary: "Get a ticket with its replies, and whether the caller voted and subscribed",
      },
    })
    .input(byId)
    .output(ticketDetails)
    .query(({ ctx, input }) => getTicket(ctx.session, input)),

  update: sessionProcedure
    .meta({
      openapi: {
        method: "PUT",
        path: "/support-tickets/{id}",
        tags,
        summary: "Update a ticket",
        description:
          "Who opened it changes title and description, while it is open; a global admin changes status, priority and type. A new status is mailed to the subscribers, not to whoever set it.",
      },
      rest: { errors: [403] },
    })
    .input(updateTicketInput)
    .output(ticket)
    .mutation(({ ctx, input }) => updateTicket(ctx.session, input)),

  delete: globalAdminProcedure
    .meta({
      openapi: {
        method: "DELETE",
        path: "/support-tickets/{id}",
        tags,
        summary: "Delete a ticket and all its replies",
      },
    })
    .input(byId)
    .output(success)
    .mutation(async ({ ctx, input }) => {
      await deleteTicket(ctx.session, input);
      return { success: true as const };
    }),

  replies: sessionProcedure
    .meta({
      openapi: {
        method: "GET",
        path: "/support-tickets/{id}/replies",
        tags,
        summary: "List replies to a ticket, oldest first",
      },
    })
    .input(listTicketRepliesInput)
    .output(z.array(ticketReply))
    .query(async ({ ctx, input }) => {
      const { replies, total } = await listReplies(ctx.session, input);
      setRangeHeaders(ctx, total);
      return replies;
    }),

  reply: sessionProcedure
    .meta({
      openapi: {
        method: "POST",
        path: "/support-tickets/{id}/replies",
        tags,
        summary: "Reply to a ticket; whoever replies gets email about it from then on",
      },
      rest: { status: 201 },
    })
    .input(createTicketReplyInput)
    .output(ticketReply)
    .mutation(({ ctx, input }) => createReply(ctx.session, input)),

  vote: sessionProcedure
    .meta({
      openapi: {
        method: "POST",
        path: "/support-tickets/{id}/vote",
        tags,
        summary: "Vote for a ticket, or take the vote back",
      },
    })
    .input(byId)
    .output(ticketVote)
    .mutation(({ ctx, input }) => toggleVote(ctx.session, input)),

  subscribe: sessionProcedure
    .meta({
      openapi: { method: "POST", path: "/support-tickets/{id}/subscribe", tags, summary: "Get email about a ticket" },
    })
    .input(byId)
    .output(subscribed)
    .mutation(async ({ ctx, input }) => {
      await subscribe(ctx.session, input);
      return { subscribed: true as const };
    }),

  unsubscribe: sessionProcedure
    .meta({
      openapi: {
        method: "DELETE",
        path: "/support-tickets/{id}/subscribe",
        tags,
        summary: "Get no more email about a ticket, also while subscribed to all",
      },
    })
    .input(byId)
    .output(notSubscribed)
    .mutation(async ({ ctx, input }) => {
      await unsubscribe(ctx.session, input);
      return { subscribed: false as const };
    }),

  subscriptionToAll: sessionProcedure
    .meta({
      openapi: {
        method: "GET",
        path: "/support-tickets/subscribe-all",
        tags,
        summary: "Whether the caller gets email about all tickets",
      },
    })
    .input(nothing)
    .output(subscribedToAll)
    .query(async ({ ctx }) => ({ subscribedToAll: await isFollowingAll(ctx.session) })),

  toggleSubscriptionToAll: sessionProcedure
    .meta({
      openapi: {
        method: "POST",
        path: "/support-tickets/subscribe-all",
        tags,
        summary: "Get email about all tickets, or only about those subscribed to one by one",
      },
    })
    .input(nothing)
    .output(subscribedToAll)
    .mutation(async ({ ctx }) => ({ subscribedToAll: await toggleFollowingAll(ctx.session) })),

  stats: sessionProcedure
    .meta({
      openapi: { method: "GET", path: "/support-tickets/stats", tags, summary: "Count all tickets by status" },
    })
    .input(nothing)
    .output(ticketStats)
    .query(({ ctx }) => getTicketStats(ctx.session)),
});
