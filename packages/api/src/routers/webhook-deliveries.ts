import {
  byDeliveryId,
  deliveryList,
  listDeliveriesInput,
  replayDeliveriesInput,
  replayed,
  replayRequested,
  replaySpanInput,
  webhookDelivery,
  webhookDeliveryDetails,
} from "@hustings/contracts/webhook-deliveries";
import { getDelivery, listDeliveries } from "@hustings/core/webhook-deliveries/queries";
import { replayDeliveries, replayDelivery, requestReplay } from "@hustings/core/webhook-deliveries/replay";
import { workspaceProcedure } from "../procedures";
import { router } from "../trpc";

const tags = ["Webhooks"];

export const webhookDeliveriesRouter = router({
  list: workspaceProcedure("admin")
    .meta({
      openapi: {
        method: "GET",
        path: "/webhook-deliveries",
        tags,
        summary: "What the mail provider and forms reported, newest first, and what became of it",
      },
    })
    .input(listDeliveriesInput)
    .output(deliveryList)
    .query(({ ctx, input }) => listDeliveries(ctx.workspace, input)),

  get: workspaceProcedure("admin")
    .meta({
      openapi: {
        method: "GET",
        path: "/webhook-deliveries/{id}",
        tags,
        summary: "One delivery, with its body where that is still kept",
      },
      rest: { errors: [404] },
    })
    .input(byDeliveryId)
    .output(webhookDeliveryDetails)
    .query(({ ctx, input }) => getDelivery(ctx.workspace, input)),

  replay: workspaceProcedure("admin")
    .meta({
      openapi: {
        method: "POST",
        path: "/webhook-deliveries/{id}/replay",
        tags,
        summary: "Try a delivery again that failed or found no message",
      },
      rest: { errors: [400, 404] },
    })
    .input(byDeliveryId)
    .output(webhookDelivery)
    .mutation(({ ctx, input }) => replayDelivery(ctx.workspace, input)),

  replayMany: workspaceProcedure("admin")
    .meta({
      openapi: {
        method: "POST",
        path: "/webhook-deliveries/replay",
        tags,
        summary: "Try several deliveries again; those that were used are left alone",
      },
    })
    .input(replayDeliveriesInput)
    .output(replayed)
    .mutation(async ({ ctx, input }) => ({ replayed: await replayDeliveries(ctx.workspace, input) })),

  replaySpan: workspaceProcedure("admin")
    .meta({
      openapi: {
        method: "POST",
        path: "/webhook-deliveries/replay-span",
        tags,
        summary: "Try everything again that failed or found no message in a span of time",
      },
      rest: { status: 202 },
    })
    .input(replaySpanInput)
    .output(replayRequested)
    .mutation(async ({ ctx, input }) => ({ requested: await requestReplay(ctx.workspace, input) })),
});
