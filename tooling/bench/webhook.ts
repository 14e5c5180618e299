import type { SimulatedEvent } from "@hustings/contracts/sandbox";
import { getCampaignStats } from "@hustings/core/campaigns/queries";
import { sendBatch } from "@hustings/core/campaigns/send-batch";
import { BATCH_SIZE, startCampaign } from "@hustings/core/campaigns/start-campaign";
import type { CoreContext, WorkspaceContext } from "@hustings/core/context";
import { applyProviderEvents, EVENT_BATCH_SIZE } from "@hustings/core/provider-events/apply-provider-events";
import { type SignedEvent, storeProviderEvents } from "@hustings/core/provider-events/store-provider-events";
import { parseMailersendEvent } from "@hustings/email/mailersend-webhook";
import { buildSimulatedEvent } from "@hustings/email/simulated-event";
import type { Pool } from "pg";
import { queueCampaign } from "./campaigns";
import type { Installation } from "./installation";
import { interleave } from "./measure";
import { perSecond, type Row } from "./report";

/** Recipients whose messages are sent and delivered. */
const MAX_RECIPIENTS = 20_000;
/** People take their time: what comes within seconds of the arrival is looked at for machines. */
const READ_AFTER_MS = 3_600_000;
/** Batches of opens, and as many of clicks. */
const SCATTERED_BATCHES = 5;

export type SentRow = { contactId: string; email: string; messageId: string };
type KnownEvent = SignedEvent & { campaignId: string; contactId: string };

/**
 * Target 10: what a provider reports, applied in batches of 1,000, against a log that only grows. Deliveries are told in
 * the order of sending, so that each batch meets whole pages; opens and clicks come from all over.
 */
export async function measureWebhook({ large: { ctx, database } }: Installation): Promise<Row[]> {
  const { pool } = database;
  const { campaignId, sent } = await sendSome(ctx, pool, MAX_RECIPIENTS);
  const size = Math.min(EVENT_BATCH_SIZE, sent.length);
  const toBatches = (event: SimulatedEvent, rows: readonly SentRow[], most: number) =>
    Array.from({ length: Math.min(most, Math.floor(rows.length / size)) }, (_, index) =>
      rows.slice(index * size, (index + 1) * size).map((row) => toKnownEvent(event, row, campaignId)),
    );
  // Message ids end in random digits.
  const scattered = [...sent].sort((a, b) => a.messageId.slice(-12).localeCompare(b.messageId.slice(-12)));
  const deliveries = toBatches("delivered", sent, Number.MAX_SAFE_INTEGER);
  const reactions = (["opened", "clicked"] as const).flatMap((event) => toBatches(event, scattered, SCATTERED_BATCHES));

  await pool.query(
    "drop table if exists bench_event_log; create table bench_event_log (like email_events including all)",
  );
  const rows = [
    ...(await measureBatches(ctx, pool, "Deliveries, in the order of sending", deliveries)),
    ...(await measureBatches(ctx, pool, "Opens and clicks, from all over", reactions)),
  ];
  await assertApplied(ctx, campaignId, deliveries.length * size, reactions.length * size);
  return rows;
}

async function measureBatches(
  ctx: WorkspaceContext,
  pool: Pool,
  name: string,
  batches: readonly KnownEvent[][],
): Promise<Row[]> {
  // As a live installation takes them up; the sandbox would change the caught messages too.
  const live: CoreContext = { ...ctx, settings: { ...ctx.settings, emailMode: "live" } };
  const size = batches[0]?.length ?? 0;
  const before = await readUpdates(pool);
  const times = await interleave(
    batches.length,
    {
      applying: async (round) => {
        await storeProviderEvents(ctx.db, batches[round] ?? []);
        return () => applyProviderEvents(live);
      },
      logging: async (round) => {
        const rows = (batches[round] ?? []).map(({ event, ...recipient }) => ({ ...event, ...recipient }));
        return () => pool.query(APPEND, [JSON.stringify(rows)]);
      },
    },
    0,
  );
  const after = await readUpdates(pool);
  const updates = after.all - before.all;
  const hot = (after.hot - before.hot) / updates;
  return [
    {
      number: "10",
      measure: `${name}: ${size.toLocaleString("en")} events at a time`,
      measured: perSecond(size, times.applying, "events"),
      limit: `${perSecond(size, times.logging, "events")}: a log that only grows`,
      ratio: times.logging / times.applying,
      target: { atLeast: 0.3 },
    },
    {
      number: "10",
      measure: `${name}: HOT updates`,
      measured: `${(hot * 100).toFixed(1)} %`,
      limit: `${updates.toLocaleString("en")} updates`,
      ratio: hot,
      target: { atLeast: 0.99 },
    },
  ];
}

/** Sends as many batches of a campaign as the events need. */
export async function sendSome(
  ctx: WorkspaceContext,
  pool: Pool,
  most: number,
): Promise<{ campaignId: string; sent: SentRow[] }> {
  const campaign = await queueCampaign(ctx);
  const { campaignId } = campaign;
  await startCampaign(ctx, campaignId, campaign.generation);
  const { recipients } = await getCampaignStats(ctx, campaignId);
  const batches = Math.ceil(Math.min(most, recipients) / BATCH_SIZE);
  for (let batchNo = 0; batchNo < batches; batchNo++) await sendBatch(ctx, { ...campaign, batchNo });
  const { rows } = await pool.query<SentRow>(
    `select contact_id as "contactId", email, provider_message_id as "messageId" from campaign_emails
     where campaign_id = $1 and provider_message_id is not null order by contact_id`,
    [campaignId],
  );
  return { campaignId, sent: rows };
}

function toKnownEvent(event: SimulatedEvent, { contactId, email, messageId }: SentRow, campaignId: string): KnownEvent {
  const occurredAt = new Date(Date.now() + (event === "delivered" ? 0 : READ_AFTER_MS));
  const text = buildSimulatedEvent({
    event,
    messageId,
    recipient: email,
    subject: "Saturday",
    tags: [`c-${campaignId}`],
    occurredAt,
  });
  const body: unknown = JSON.parse(text);
  const parsed = parseMailersendEvent(body, occurredAt);
  if (!parsed) throw new Error(`No event of MailerSend: ${text}`);
  return { event: parsed, body, campaignId, contactId };
}

/** Events that changed nothing would be quick, and no measurement. */
async function assertApplied(
  ctx: WorkspaceContext,
  campaignId: string,
  deliveries: number,
  reactions: number,
): Promise<void> {
  const { delivered, opened, clicked } = await getCampaignStats(ctx, campaignId);
  if (delivered < deliveries || opened + clicked < reactions)
    throw new Error(
      `Of ${deliveries} deliveries ${delivered} were counted, of ${reactions} opens and clicks ${opened + clicked}`,
    );
}

/** Updates of recipients' rows so far. Each connection hands its counts over first. */
async function readUpdates(pool: Pool): Promise<{ all: number; hot: number }> {
  const clients = await Promise.all(Array.from({ length: pool.options.max }, () => pool.connect()));
  for (const client of clients) await client.query("select pg_stat_force_next_flush()");
  for (const client of clients) client.release();
  const { rows } = await pool.query<{ all: number; hot: number }>(
    `select n_tup_upd::int as "all", n_tup_hot_upd::int as hot from pg_stat_user_tables where relname = 'campaign_emails'`,
  );
  return rows[0] ?? { all: 0, hot: 0 };
}

const APPEND = `
  insert into bench_event_log (event_id, campaign_id, contact_id, type, url, reason, occurred_at)
  select "eventId", "campaignId", "contactId", type, url, reason, "occurredAt"
  from jsonb_to_recordset($1::jsonb) as e("eventId" text, "campaignId" uuid, "contactId" uuid, type text, url text,
    reason text, "occurredAt" timestamptz)`;
