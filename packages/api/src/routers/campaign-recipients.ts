import {
  audience,
  audiencePeople,
  audiencePeopleInput,
  campaignEmail,
  campaignReport,
  campaignStats,
  lacking,
  lackingInput,
  listCampaignEmailsInput,
  recipient,
  recipientInput,
} from "@hustings/contracts/campaign-recipients";
import { byId } from "@hustings/contracts/primitives";
import { countAudience, countLacking, listAudience } from "@hustings/core/campaigns/audience";
import { explainRecipient } from "@hustings/core/campaigns/explain-recipient";
import { getCampaign, getCampaignReport, getCampaignStats, listCampaignEmails } from "@hustings/core/campaigns/queries";
import { z } from "zod";
import { workspaceProcedure } from "../procedures";
import { setRangeHeaders } from "../range-headers";

const tags = ["Campaigns"];

/** Who will get a campaign, who got it, and what became of it; part of the campaigns' router. */
export const campaignRecipientProcedures = {
  emails: workspaceProcedure("viewer")
    .meta({
      openapi: { method: "GET", path: "/campaigns/{id}/emails", tags, summary: "List a campaign's recipients" },
      rest: { errors: [404] },
    })
    .input(listCampaignEmailsInput)
    .output(z.array(campaignEmail))
    .query(async ({ ctx, input }) => {
      const { emails, total } = await listCampaignEmails(ctx.workspace, input);
      setRangeHeaders(ctx, total);
      return emails;
    }),

  audience: workspaceProcedure("viewer")
    .meta({
      openapi: {
        method: "GET",
        path: "/campaigns/{id}/audience",
        tags,
        summary: "Pre-flight: who matches, who gets it, who is left out and why",
      },
      rest: { errors: [404] },
    })
    .input(byId)
    .output(audience)
    .query(async ({ ctx, input }) => countAudience(ctx.workspace, await getCampaign(ctx.workspace, input.id))),

  audiencePeople: workspaceProcedure("viewer")
    .meta({
      openapi: {
        method: "GET",
        path: "/campaigns/{id}/audience/people",
        tags,
        summary: "The people behind one number of the pre-flight",
      },
      rest: { errors: [404] },
    })
    .input(audiencePeopleInput)
    .output(audiencePeople)
    .query(async ({ ctx, input }) => listAudience(ctx.workspace, await getCampaign(ctx.workspace, input.id), input)),

  lacking: workspaceProcedure("viewer")
    .meta({
      openapi: {
        method: "GET",
        path: "/campaigns/{id}/audience/lacking",
        tags,
        summary: "How many of those who get it have nothing under a field",
      },
      rest: { errors: [404] },
    })
    .input(lackingInput)
    .output(lacking)
    .query(async ({ ctx, input }) => {
      const campaign = await getCampaign(ctx.workspace, input.id);
      return { people: await countLacking(ctx.workspace, campaign, input.field) };
    }),

  stats: workspaceProcedure("viewer")
    .meta({
      openapi: { method: "GET", path: "/campaigns/{id}/stats", tags, summary: "A campaign's counters" },
      rest: { errors: [404] },
    })
    .input(byId)
    .output(campaignStats)
    .query(({ ctx, input }) => getCampaignStats(ctx.workspace, input.id)),

  report: workspaceProcedure("viewer")
    .meta({
      openapi: { method: "GET", path: "/campaigns/{id}/report", tags, summary: "Events per hour and clicks per link" },
      rest: { errors: [404] },
    })
    .input(byId)
    .output(campaignReport)
    .query(({ ctx, input }) => getCampaignReport(ctx.workspace, input.id)),

  recipient: workspaceProcedure("viewer")
    .meta({
      openapi: {
        method: "GET",
        path: "/campaigns/{id}/recipients/{contactId}",
        tags,
        summary: "Why this person did or did not get it",
      },
      rest: { errors: [404] },
    })
    .input(recipientInput)
    .output(recipient)
    .query(({ ctx, input }) => explainRecipient(ctx.workspace, input)),
};
