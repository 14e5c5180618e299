import { countAudience } from "@hustings/core/campaigns/audience";
import { createCampaign } from "@hustings/core/campaigns/commands";
import { claimRecipients } from "@hustings/core/campaigns/hand-over";
import { getCampaignRow, getCampaignStats } from "@hustings/core/campaigns/queries";
import { sendBatch } from "@hustings/core/campaigns/send-batch";
import { sendCampaign } from "@hustings/core/campaigns/send-campaign";
import { BATCH_SIZE, listOpenBatches, startCampaign } from "@hustings/core/campaigns/start-campaign";
import type { WorkspaceContext } from "@hustings/core/context";
import { SANDBOX_CLAIM_SIZE } from "@hustings/core/sandbox/sandbox-transport";
import type { OutgoingMessage } from "@hustings/email/transport";
import type { Installation } from "./installation";
import { clock, interleave, median, repeating } from "./measure";
import { ms, perSecond, type Row } from "./report";

const SNAPSHOTS = 5;
const STATISTICS = 21;
/** How many claims at each end are compared. */
const CLAIMS = 30;
/** Batches sent to the sandbox at the most. */
const SENT_BATCHES = 9;

const BODY = `<h1>Dear {{ firstName | default: "friend" }},</h1>
<p>the river belongs to all of us, and on Saturday we meet at the old mill in {{ city | default: "town" }}.</p>
<p><a href="https://example.org/saturday">I will be there</a></p>
<p>Bring a neighbour. The council votes a week later, and it counts heads before it counts arguments.</p>
<p><a href="{{ unsubscribeUrl }}">No more of these</a></p>`;

/** A campaign that a job would take up now. */
export type QueuedCampaign = { campaignId: string; generation: number };

/** Makes a campaign for the whole workspace and queues it. */
export async function queueCampaign(ctx: WorkspaceContext): Promise<QueuedCampaign> {
  const { id } = await createCampaign(ctx, {
    name: "Bench",
    subject: 'Saturday, {{ firstName | default: "friend" }}',
    body: BODY,
    fromName: "River",
    fromEmail: "river@example.org",
  });
  await sendCampaign(ctx, id);
  return { campaignId: id, generation: (await getCampaignRow(ctx, id)).generation };
}

/** Targets 8, 9, 11 and 14. */
export async function measureCampaigns({ large }: Installation): Promise<Row[]> {
  const { ctx } = large;
  const whole = { segmentId: null, categoryId: null };
  const { recipients } = await countAudience(ctx, whole);
  let campaign: QueuedCampaign | undefined;
  const times = await interleave(SNAPSHOTS, {
    snapshot: async () => {
      const queued = await queueCampaign(ctx);
      campaign = queued;
      return () => startCampaign(ctx, queued.campaignId, queued.generation);
    },
    filter: repeating(() => countAudience(ctx, whole)),
  });
  if (!campaign) throw new Error("No campaign was frozen");
  const snapshot: Row = {
    number: "8",
    measure: `Snapshot of ${recipients.toLocaleString("en")} recipients`,
    measured: `${ms(times.snapshot)}, ${perSecond(recipients, times.snapshot, "rows")}`,
    limit: `${ms(times.filter)}, ${perSecond(recipients, times.filter, "rows")}: counting them`,
    ratio: times.snapshot / times.filter,
    target: { atMost: 2.2 },
  };
  return [
    snapshot,
    await measureClaims(ctx, campaign),
    await measureStatistics(large, campaign),
    await measureSending(ctx),
  ];
}

/** Claims everybody of a campaign, batch after batch; what the last claims cost shows whether a backlog slows them. */
async function measureClaims(ctx: WorkspaceContext, { campaignId }: QueuedCampaign): Promise<Row> {
  const times: number[] = [];
  for (const batchNo of await listOpenBatches(ctx, campaignId, -1, Number.MAX_SAFE_INTEGER)) {
    for (let isDone = false; !isDone; ) {
      const elapsed = await clock(async () => {
        isDone =
          (await claimRecipients(ctx, { campaignId, categoryId: null, batchNo, limit: SANDBOX_CLAIM_SIZE })) ===
          "none_left";
      });
      if (!isDone) times.push(elapsed);
    }
  }
  const edge = Math.min(CLAIMS, Math.floor(times.length / 2));
  // The very first opens connections and caches.
  const [first, last] = [
    median(times.slice(times.length > edge * 2 ? 1 : 0).slice(0, edge)),
    median(times.slice(-edge)),
  ];
  return {
    number: "9",
    measure: `Claim of ${SANDBOX_CLAIM_SIZE} recipients, each marked: the last ${edge} of ${times.length}`,
    measured: ms(last),
    limit: `${ms(first)}: the first ${edge}`,
    ratio: last / first,
    ms: last,
    target: { atMost: 1.3, maxMs: 2 },
  };
}

async function measureStatistics(
  { ctx, database }: Installation["large"],
  { campaignId }: QueuedCampaign,
): Promise<Row> {
  const times = await interleave(STATISTICS, {
    statistics: repeating(() => getCampaignStats(ctx, campaignId)),
    counting: repeating(() => database.pool.query(COUNT_STATUSES, [campaignId])),
  });
  return {
    number: "11",
    measure: "Statistics of the campaign",
    measured: ms(times.statistics),
    limit: `${ms(times.counting)}: count(*) filter over its recipients`,
    ratio: times.counting / times.statistics,
    ms: times.statistics,
    target: { maxMs: 2 },
  };
}

const COUNT_STATUSES = `
  select count(*), count(*) filter (where status in (2, 3, 4, 5, 6, 10, 11, 12)) as sent,
    count(*) filter (where status = 14) as skipped, count(*) filter (where delivered_at is not null) as delivered,
    count(*) filter (where opened_at is not null) as opened, count(*) filter (where clicked_at is not null) as clicked,
    count(*) filter (where bounced_at is not null) as bounced
  from campaign_emails where campaign_id = $1`;

/** Claim, render, catch, settle; against catching the same messages alone. */
async function measureSending(ctx: WorkspaceContext): Promise<Row> {
  const { mail } = ctx.ports;
  const messages: OutgoingMessage[] = [];
  const listening: WorkspaceContext = {
    ...ctx,
    ports: {
      ...ctx.ports,
      mail: {
        ...mail,
        send: (sent) => {
          messages.push(...sent);
          return mail.send(sent);
        },
      },
    },
  };
  const campaign = await queueCampaign(ctx);
  await startCampaign(ctx, campaign.campaignId, campaign.generation);
  await sendBatch(listening, { ...campaign, batchNo: 0 });
  const { recipients } = await getCampaignStats(ctx, campaign.campaignId);
  const full = Math.floor(recipients / BATCH_SIZE);
  const times = await interleave(
    Math.min(SENT_BATCHES, full - 1),
    {
      sending: async (round) => () => sendBatch(ctx, { ...campaign, batchNo: round + 1 }),
      catching: repeating(async () => {
        for (let at = 0; at < messages.length; at += SANDBOX_CLAIM_SIZE)
          await mail.send(messages.slice(at, at + SANDBOX_CLAIM_SIZE));
      }),
    },
    0,
  );
  return {
    number: "14",
    measure: "Campaign messages to the sandbox, one job at a time",
    measured: perSecond(BATCH_SIZE, times.sending, "messages"),
    limit: `${perSecond(messages.length, times.catching, "messages")}: storing them as they are`,
    ratio: times.catching / times.sending,
    target: { atLeast: 0.25 },
  };
}
