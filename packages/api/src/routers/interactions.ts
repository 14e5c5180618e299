import {
  createInteractionInput,
  interaction,
  interactionList,
  listInteractionsInput,
} from "@hustings/contracts/interactions";
import { byId, success } from "@hustings/contracts/primitives";
import { createInteraction, deleteInteraction } from "@hustings/core/interactions/commands";
import { listInteractions } from "@hustings/core/interactions/queries";
import { openProcedure } from "../procedures";
import { router } from "../trpc";

export const interactionsRouter = router({
  list: openProcedure("viewer")
    .meta({
      openapi: {
        method: "GET",
        path: "/contacts/{id}/interactions",
        tags: ["Contacts"],
        summary: "List interactions for a contact, the emails of campaigns among them",
      },
      rest: { errors: [404] },
    })
    .input(listInteractionsInput)
    .output(interactionList)
    .query(({ ctx, input }) => listInteractions(ctx.workspace, input)),

  create: openProcedure("member")
    .meta({
      openapi: {
        method: "POST",
        path: "/contacts/{id}/interactions",
        tags: ["Contacts"],
        summary: "Create an interaction for a contact",
      },
      rest: { status: 201, errors: [404] },
    })
    .input(createInteractionInput)
    .output(interaction)
    .mutation(({ ctx, input }) => createInteraction(ctx.workspace, input)),

  delete: openProcedure("member")
    .meta({
      openapi: {
        method: "DELETE",
        path: "/interactions/{id}",
        tags: ["Interactions"],
        summary: "Delete an interaction",
      },
      rest: { errors: [404] },
    })
    .input(byId)
    .output(success)
    .mutation(async ({ ctx, input }) => {
      await deleteInteraction(ctx.workspace, input);
      return { success: true as const };
    }),
});
