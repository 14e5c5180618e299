import { createCampaign } from "../campaigns/commands";
import { sendBatch } from "../campaigns/send-batch";
import { sendCampaign } from "../campaigns/send-campaign";
import { listOpenBatches, startCampaign } from "../campaigns/start-campaign";
import type { WorkspaceContext } from "../context";
import { applyRecipientEvents, type MatchedEvent } from "../provider-events/apply-recipient-events";
import { updateSandboxMails } from "../sandbox/update-sandbox-mails";

const HOUR_MS = 3_600_000;
const SENT_HOURS_AGO = 9 * 24;

const FOOTER = `<p><small>You get this because you are on the list of Vidra Valley.
<a href="{{ unsubscribeUrl }}">Unsubscribe</a> or <a href="{{ preferencesUrl }}">choose what you get</a>.</small></p>`;

const SENT = {
  name: "Spring news from the valley",
  subject: '{{ contact.firstName | default: "Neighbour" }}, the otters are back',
  preheader: "What we saw on the river walk, and what is next",
  body: `<h1>The otters are back</h1>
<p>Dear {{ contact.firstName | default: "neighbour" }},</p>
<p>on the river walk we counted eleven of them between Ottersford and Millrace. Thank you for every bag of rubbish that you carried out of the reeds.</p>
<p><a href="https://vidra-valley.example/walks">See when the next walk is</a>, or <a href="https://vidra-valley.example/pledge">sign the pledge</a> if you have not yet.</p>
${FOOTER}`,
};

const DRAFT = {
  name: "Call for hosts: river clean-up",
  subject: 'Can you put up {{ contact.customFields.can_host | default: "one or two" }} people in May?',
  preheader: "Sixty volunteers come for the weekend",
  body: `<p>Dear {{ contact.firstName | default: "friend" }},</p>
<p>sixty volunteers come to {{ contact.customFields.district | default: "the valley" }} for the clean-up. They need a floor, a sofa or a bed.</p>
<p><a href="https://vidra-valley.example/hosts">Tell us how many you can take</a></p>
${FOOTER}`,
};

/** A draft, and a campaign that went out nine days ago, sent by the same functions that send every other. */
export async function createDemoCampaigns(
  ctx: WorkspaceContext,
  { segmentId, categoryId }: { segmentId: string; categoryId: string },
): Promise<void> {
  const { id } = await createCampaign(ctx, { ...SENT, categoryId });
  await sendAtOnce(ctx, id);
  await moveIntoThePast(ctx, id);
  await answerIt(ctx, id);
  await createCampaign(ctx, { ...DRAFT, segmentId, categoryId });
}

/** What the worker's jobs do, in this process. The event that asks them to finds the campaign sent. */
async function sendAtOnce(ctx: WorkspaceContext, campaignId: string): Promise<void> {
  await sendCampaign(ctx, campaignId);
  const { generation } = await ctx.db.campaign.findUniqueOrThrow({
    where: { id: campaignId },
    select: { generation: true },
  });
  await startCampaign(ctx, campaignId, generation);
  for (const batchNo of await listOpenBatches(ctx, campaignId, -1, 10))
    await sendBatch(ctx, { campaignId, generation, batchNo });
}

async function moveIntoThePast(ctx: WorkspaceContext, campaignId: string): Promise<void> {
  const hours = `${SENT_HOURS_AGO} hours`;
  await ctx.db.$executeRaw`
    update campaigns set launched_at = launched_at - ${hours}::interval, finished_at = finished_at - ${hours}::interval,
      created_at = created_at - ${hours}::interval, updated_at = updated_at - ${hours}::interval
    where id = ${campaignId}::uuid`;
  await ctx.db
    .$executeRaw`update campaign_emails set sent_at = sent_at - ${hours}::interval where campaign_id = ${campaignId}::uuid`;
  await ctx.db
    .$executeRaw`update sandbox_emails set created_at = created_at - ${hours}::interval where campaign_id = ${campaignId}::uuid`;
}

/** Most get it, many read it, some click, one bounces and one has had enough. */
async function answerIt(ctx: WorkspaceContext, campaignId: string): Promise<void> {
  const rows = await ctx.db.campaignEmail.findMany({
    where: { campaignId },
    orderBy: { contactId: "asc" },
    select: { contactId: true, providerMessageId: true },
  });
  const sentMs = ctx.ports.now().getTime() - SENT_HOURS_AGO * HOUR_MS;
  const events = rows.flatMap(({ contactId, providerMessageId }, index) => {
    const event = (type: MatchedEvent["type"], afterHours: number, more: Partial<MatchedEvent> = {}) => ({
      eventId: `demo-${contactId}-${type}`,
      campaignId,
      contactId,
      messageId: providerMessageId,
      type,
      occurredAt: new Date(sentMs + afterHours * HOUR_MS),
      likelyMachine: false,
      reason: null,
      url: null,
      ...more,
    });
    if (index === 12) return [event("hard_bounced", 0.1, { reason: "550 5.1.1 No such user here" })];
    const answers = [event("delivered", 0.1)];
    const readAfterHours = 0.5 + ((index * 7) % 46);
    if (index % 5 < 3) answers.push(event("opened", readAfterHours));
    if (index % 5 === 1)
      answers.push(
        event("clicked", readAfterHours + 0.1, {
          url: index % 2 ? "https://vidra-valley.example/walks" : "https://vidra-valley.example/pledge",
        }),
      );
    if (index === 27) answers.push(event("unsubscribed", 30));
    return answers;
  });
  await applyRecipientEvents(ctx, events);
  await updateSandboxMails(ctx.db, events);
}
