import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { SimulatedEvent } from "@hustings/contracts/sandbox";
import { applyProviderEvents } from "@hustings/core/provider-events/apply-provider-events";
import { testSettings } from "@hustings/core/testing/workspace";
import { signMailersendBody } from "@hustings/crypto/webhook-signature";
import { buildSimulatedEvent } from "@hustings/email/simulated-event";
import type { Pool } from "pg";
import { openFrontDoor } from "./front-door";
import type { Installation } from "./installation";
import { clock, interleave, median } from "./measure";
import { ms, perSecond, type Row } from "./report";
import { type SentRow, sendSome } from "./webhook";

const ROUNDS = 4;
/** Deliveries of one round. */
const EVENTS = 1_000;
/** The provider's connections at a time. */
const SENDERS = 16;

type Delivery = { body: string; signature: string };

/**
 * The webhook as the provider meets it: each delivery is an HTTP request, signed, checked and stored before it is
 * acknowledged, and applied after that. Beside it bare Node that appends each body to a log and does nothing else.
 */
export async function measureDeliveries({ large: { ctx, database, contacts } }: Installation): Promise<Row[]> {
  const { pool } = database;
  const events = Math.min(EVENTS, Math.ceil(contacts / 20));
  const { campaignId, sent: all } = await sendSome(ctx, pool, events);
  const sent = all.slice(0, events);
  const provider = fork(new URL("./post-deliveries.mjs", import.meta.url), { execArgv: [] });
  const frontDoor = await openFrontDoor(database, ctx);
  const log = await openLog(pool);
  const cpu = { webhook: [] as number[], log: [] as number[] };
  const applying: number[] = [];
  const live = { ...ctx, settings: { ...ctx.settings, emailMode: "live" as const } };
  const applyAll = async () => {
    const elapsed = await clock(() => applyProviderEvents(live));
    if ((await database.prisma.providerEvent.count({ where: { appliedAt: null } })) > 0) throw new Error("Some wait");
    applying.push(elapsed);
  };
  const posting = (name: keyof typeof cpu, url: string, deliveries: readonly Delivery[]) => () =>
    measureCpu(cpu[name], deliveries.length, () => post(provider, url, deliveries));
  try {
    const times = await interleave(ROUNDS, {
      webhook: async (round) => {
        if (round > 0) await applyAll();
        return posting("webhook", `${frontDoor.url}/api/webhooks/mailersend`, toDeliveries(campaignId, sent, round));
      },
      log: async (round) => posting("log", log.url, toDeliveries(campaignId, sent, round)),
    });
    await applyAll();
    return toRows(sent.length, times, median(applying), { webhook: median(cpu.webhook), log: median(cpu.log) });
  } finally {
    provider.disconnect();
    log.close();
    await frontDoor.close();
  }
}

function toRows(
  events: number,
  times: { webhook: number; log: number },
  applying: number,
  cpu: { webhook: number; log: number },
): Row[] {
  return [
    {
      number: "10",
      measure: `Webhook, one request a delivery from ${SENDERS} senders: acknowledged`,
      measured: perSecond(events, times.webhook, "events"),
      limit: `${perSecond(events, times.log, "events")}: bare Node that appends each to a log`,
      ratio: times.log / times.webhook,
      target: { atLeast: 0.3 },
    },
    {
      number: "10",
      measure: "Webhook, the same: acknowledged and applied",
      measured: perSecond(events, times.webhook + applying, "events"),
      limit: `${perSecond(events, times.log, "events")}: bare Node that appends each to a log`,
      ratio: times.log / (times.webhook + applying),
      target: { atLeast: 0.3 },
    },
    {
      number: "10",
      measure: "Webhook: CPU of one acknowledgement",
      measured: ms(cpu.webhook),
      limit: `${ms(cpu.log)}: bare Node that appends it to a log`,
      ratio: cpu.webhook / cpu.log,
      ms: cpu.webhook,
      target: { maxMs: 5 },
    },
  ];
}

/** What the sent messages' readers do in a round: they get it, then open it, and so on. */
function toDeliveries(campaignId: string, sent: readonly SentRow[], round: number): Delivery[] {
  const event: SimulatedEvent = round === 0 ? "delivered" : round % 2 === 1 ? "opened" : "clicked";
  const [secret = ""] = testSettings.mailersendWebhookSecrets;
  return sent.map(({ messageId, email }) => {
    const message = { messageId, recipient: email, subject: "Saturday", tags: [`c-${campaignId}`] };
    const body = buildSimulatedEvent({ event, ...message, occurredAt: new Date() });
    return { body, signature: signMailersendBody(secret, body) };
  });
}

/** CPU of this process alone, all its threads, per delivery, in ms: the sender is another process, and so is Postgres. */
async function measureCpu(into: number[], deliveries: number, work: () => Promise<void>): Promise<void> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  into.push((user + system) / 1_000 / deliveries);
}

/** @throws Error unless every delivery was acknowledged. */
async function post(provider: ChildProcess, url: string, deliveries: readonly Delivery[]): Promise<void> {
  const answered = once(provider, "message");
  provider.send({ url, deliveries, senders: SENDERS });
  const [acknowledged] = await answered;
  if (acknowledged !== deliveries.length) throw new Error(`${acknowledged} of ${deliveries.length} were acknowledged`);
}

/** Node's server and an insert for each request. */
async function openLog(pool: Pool): Promise<{ url: string; close: () => void }> {
  await pool.query(
    "drop table if exists bench_request_log; create table bench_request_log (id bigserial primary key, body jsonb)",
  );
  const server = createServer(async (req, res) => {
    const chunks: Buffer[] = [];
    for await (const chunk of req) chunks.push(chunk as Buffer);
    await pool.query("insert into bench_request_log (body) values ($1)", [Buffer.concat(chunks).toString()]);
    res.end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
