import { sendBatch } from "@hustings/core/campaigns/send-batch";
import { BATCH_SIZE, listOpenBatches, startCampaign } from "@hustings/core/campaigns/start-campaign";
import type { WorkspaceContext } from "@hustings/core/context";
import { createLiveTransport } from "@hustings/core/mail/live-transport";
import { MAILERSEND_PLANS } from "@hustings/email/mailersend-plan";
import { FAKE_PLANS } from "../fakes/mailersend/account";
import { type FakeMailersend, startFakeMailersend } from "../fakes/mailersend/fake-mailersend";
import { queueCampaign } from "./campaigns";
import type { Installation } from "./installation";
import { interleave } from "./measure";
import { perSecond, type Row } from "./report";

const ROUNDS = 5;
/** Batches of one campaign at a time, as the jobs have it. */
const BATCHES_AT_ONCE = 2;
/** Above what is measured: the provider's limits are what it is compared with, and not what it meets. */
const FAST = 100_000;
const SENDER_DOMAIN = "example.org";
/** Bulk calls of 500 in a minute, the most that any plan of MailerSend allows. */
const PROVIDER_PER_SECOND = (FAKE_PLANS.professional.bulkPerMinute * FAKE_PLANS.professional.bulkObjects) / 60;

/** Claim, journal, render, hand over by HTTP, ask what became of it, settle; against what the provider would take. */
export async function measureLiveCampaigns({ large: { ctx } }: Installation): Promise<Row[]> {
  const fake = await startFakeMailersend({ plan: FAST_PLAN, domains: [SENDER_DOMAIN] });
  try {
    const live = toLive(ctx, fake);
    const campaign = await queueCampaign(ctx);
    await startCampaign(ctx, campaign.campaignId, campaign.generation);
    const batches = await listOpenBatches(ctx, campaign.campaignId, -1, ROUNDS * BATCHES_AT_ONCE + 1);
    // The last one may not be full.
    const rounds = Math.max(1, Math.floor((batches.length - 1) / BATCHES_AT_ONCE));
    const { sending } = await interleave(
      Math.min(ROUNDS, rounds),
      {
        sending: async (round) => {
          const mine = batches.slice(round * BATCHES_AT_ONCE, (round + 1) * BATCHES_AT_ONCE);
          return () => Promise.all(mine.map((batchNo) => sendBatch(live, { ...campaign, batchNo })));
        },
      },
      0,
    );
    const messages = BATCHES_AT_ONCE * BATCH_SIZE;
    return [
      {
        number: "14",
        measure: `Campaign messages to MailerSend's double over HTTP, ${BATCHES_AT_ONCE} jobs at a time`,
        measured: perSecond(messages, sending, "messages"),
        limit: `${PROVIDER_PER_SECOND} messages/s: what its largest plan takes`,
        ratio: messages / (sending / 1_000) / PROVIDER_PER_SECOND,
        target: { atLeast: 1 },
      },
    ];
  } finally {
    await fake.close();
  }
}

const FAST_PLAN = {
  ...FAKE_PLANS.professional,
  emailPerMinute: FAST,
  bulkPerMinute: FAST,
  generalPerMinute: FAST,
};

/** The same context as a worker of a live installation has it, with MailerSend's own waits. */
function toLive(ctx: WorkspaceContext, fake: FakeMailersend): WorkspaceContext {
  const mail = createLiveTransport(ctx.db, {
    apiKey: fake.account.apiKey,
    baseUrl: fake.url,
    timeoutMs: 15_000,
    senderDomain: SENDER_DOMAIN,
    plan: { ...MAILERSEND_PLANS.professional, bulkPerMinute: FAST, otherPerMinute: FAST },
  });
  const settings = { ...ctx.settings, emailMode: "live" as const, senderDomain: SENDER_DOMAIN };
  return { ...ctx, settings, ports: { ...ctx.ports, mail } };
}
