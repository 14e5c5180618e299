import { campaignSafety } from "@hustings/contracts/campaign-safety";
import {
  campaign,
  campaignQueued,
  createCampaignInput,
  listCampaignsInput,
  listedCampaign,
  previewCampaignInput,
  renderCampaignInput,
  renderedCampaign,
  sendCampaignInput,
  unsubscribeStatus,
  updateCampaignInput,
} from "@hustings/contracts/campaigns";
import { byId, success } from "@hustings/contracts/primitives";
import { createCampaign, deleteCampaign, updateCampaign } from "@hustings/core/campaigns/commands";
import { previewCampaign, renderCampaign } from "@hustings/core/campaigns/preview";
import { getCampaign, listCampaigns } from "@hustings/core/campaigns/queries";
import { getCampaignSafety } from "@hustings/core/campaigns/safety";
import {
  cancelCampaign,
  pauseCampaign,
  recallCampaign,
  resumeCampaign,
  sendCampaign,
} from "@hustings/core/campaigns/send-campaign";
import { z } from "zod";
import { workspaceProcedure } from "../procedures";
import { setRangeHeaders } from "../range-headers";
import { router } from "../trpc";
import { campaignRecipientProcedures } from "./campaign-recipients";

const tags = ["Campaigns"];

export const campaignsRouter = router({
  list: workspaceProcedure("viewer")
    .meta({ openapi: { method: "GET", path: "/campaigns", tags, summary: "List all campaigns" } })
    .input(listCampaignsInput)
    .output(z.array(listedCampaign))
    .query(async ({ ctx, input }) => {
      const { campaigns, total } = await listCampaigns(ctx.workspace, input);
      setRangeHeaders(ctx, total);
      return campaigns;
    }),

  create: workspaceProcedure("admin")
    .meta({
      openapi: { method: "POST", path: "/campaigns", tags, summary: "Create a campaign" },
      rest: { status: 201 },
    })
    .input(createCampaignInput)
    .output(campaign)
    .mutation(({ ctx, input }) => createCampaign(ctx.workspace, input)),

  unsubscribeStatus: workspaceProcedure("admin")
    .meta({
      openapi: {
        method: "GET",
        path: "/campaigns/unsubscribe-status",
        tags,
        summary: "Check whether the server can make unsubscribe links",
      },
    })
    .input(z.strictObject({}))
    .output(unsubscribeStatus)
    .query(({ ctx }) => {
      const secretConfigured = ctx.workspace.settings.unsubscribeSecrets.length > 0;
      return { secretConfigured, listUnsubscribeEnabled: secretConfigured };
    }),

  render: workspaceProcedure("viewer")
    .meta({
      openapi: {
        method: "POST",
        path: "/campaigns/render",
        tags,
        summary: "Render a draft for one person, with the editor's checks. Nothing is sent or stored",
      },
    })
    .input(renderCampaignInput)
    .output(renderedCampaign)
    .mutation(({ ctx, input }) => renderCampaign(ctx.workspace, input)),

  get: workspaceProcedure("viewer")
    .meta({
      openapi: { method: "GET", path: "/campaigns/{id}", tags, summary: "Get a single campaign" },
      rest: { errors: [404] },
    })
    .input(byId)
    .output(campaign)
    .query(({ ctx, input }) => getCampaign(ctx.workspace, input.id)),

  update: workspaceProcedure("admin")
    .meta({
      openapi: { method: "PUT", path: "/campaigns/{id}", tags, summary: "Update a draft or scheduled campaign" },
      rest: { errors: [404], reasons: { 400: "validation, or no draft any more" } },
    })
    .input(updateCampaignInput)
    .output(campaign)
    .mutation(({ ctx, input }) => updateCampaign(ctx.workspace, input)),

  delete: workspaceProcedure("admin")
    .meta({
      openapi: { method: "DELETE", path: "/campaigns/{id}", tags, summary: "Delete a campaign" },
      rest: { errors: [400, 404], reasons: { 400: "on its way: queued, sending or paused" } },
    })
    .input(byId)
    .output(success)
    .mutation(async ({ ctx, input }) => {
      await deleteCampaign(ctx.workspace, input);
      return { success: true as const };
    }),

  send: workspaceProcedure("admin")
    .meta({
      openapi: {
        method: "POST",
        path: "/campaigns/{id}/send",
        tags,
        summary: "Queue a draft for sending, or schedule it when its scheduledAt lies ahead",
      },
      rest: { errors: [400, 404], reasons: { 400: "validation, or already sent" } },
    })
    .input(sendCampaignInput)
    .output(campaignQueued)
    .mutation(async ({ ctx, input: { id, ...options } }) => {
      const { status, scheduledAt, holdUntil } = await sendCampaign(ctx.workspace, id, options);
      const message =
        status === "scheduled"
          ? `Campaign scheduled for ${scheduledAt}.`
          : holdUntil
            ? `Campaign queued for sending; held until ${holdUntil}.`
            : "Campaign queued for sending.";
      return { queued: true as const, message };
    }),

  safety: workspaceProcedure("viewer")
    .meta({
      openapi: {
        method: "GET",
        path: "/campaigns/{id}/safety",
        tags,
        summary: "What stops a campaign by itself, how near it is, and what became of its first wave",
      },
      rest: { errors: [404] },
    })
    .input(byId)
    .output(campaignSafety)
    .query(({ ctx, input }) => getCampaignSafety(ctx.workspace, input.id)),

  recall: workspaceProcedure("admin")
    .meta({
      openapi: {
        method: "POST",
        path: "/campaigns/{id}/recall",
        tags,
        summary: "Take a scheduled or held campaign back before anything has left; it is a draft again",
      },
      rest: { errors: [400, 404], reasons: { 400: "not held or scheduled" } },
    })
    .input(byId)
    .output(campaign)
    .mutation(({ ctx, input }) => recallCampaign(ctx.workspace, input.id)),

  pause: workspaceProcedure("admin")
    .meta({
      openapi: { method: "POST", path: "/campaigns/{id}/pause", tags, summary: "Pause sending within one batch" },
      rest: { errors: [400, 404], reasons: { 400: "not on its way" } },
    })
    .input(byId)
    .output(campaign)
    .mutation(({ ctx, input }) => pauseCampaign(ctx.workspace, input.id)),

  resume: workspaceProcedure("admin")
    .meta({
      openapi: { method: "POST", path: "/campaigns/{id}/resume", tags, summary: "Send to those who are left" },
      rest: { errors: [400, 404], reasons: { 400: "not paused" } },
    })
    .input(byId)
    .output(campaign)
    .mutation(({ ctx, input }) => resumeCampaign(ctx.workspace, input.id)),

  cancel: workspaceProcedure("admin")
    .meta({
      openapi: {
        method: "POST",
        path: "/campaigns/{id}/cancel",
        tags,
        summary: "End a campaign early; who is left is skipped",
      },
      rest: { errors: [400, 404], reasons: { 400: "not on its way" } },
    })
    .input(byId)
    .output(campaign)
    .mutation(({ ctx, input }) => cancelCampaign(ctx.workspace, input.id)),

  preview: workspaceProcedure("admin")
    .meta({
      openapi: { method: "POST", path: "/campaigns/{id}/preview", tags, summary: "Send a preview to one address" },
      rest: { errors: [400, 404], reasons: { 400: "validation, or it could not be sent" } },
    })
    .input(previewCampaignInput)
    .output(success)
    .mutation(async ({ ctx, input }) => {
      await previewCampaign(ctx.workspace, input);
      return { success: true as const };
    }),

  ...campaignRecipientProcedures,
});
