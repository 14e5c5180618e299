import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { runStep, type Say } from "../start/progress";
import { openArena } from "./arena";
import { auditCampaign, findStuck } from "./audit";
import { prepareCampaign } from "./campaign";
import { clockJumps, hasFailed, nervousHand, type Scene, weather } from "./disturbances";
import { type Told, tellEvents } from "./events";
import { kill, planKills, type Victim } from "./kills";
import { type Watch, watchCampaign } from "./watch";

export type ChaosOptions = {
  recipients: number;
  kills: number;
  /** The same seed draws the same kills and disturbances; how they meet the processes is the machine's. */
  seed: number;
  /** An empty directory, where data, logs and the evidence are left. */
  directory: string;
  say: Say;
};

/** How it went; all is well when nothing is a problem. */
export type ChaosReport = {
  problems: string[];
  killed: Record<Victim, number>;
  /** Samples of the equation that were taken, in the database and over REST. */
  samples: number;
  shown: number;
  /** What arrived at the provider. */
  mails: number;
  calls: number;
  /** Calls that it answered otherwise than with success, or not at all. */
  failedCalls: number;
  /** Events that it told the webhook, each counted once. */
  events: number;
};

/** Longer than any documented wait of a job that failed several times in a row. */
const STALL_MS = 240_000;
/** For the jobs that are left when the campaign is over. */
const REST_MS = 60_000;
const LEAST_PAUSES = 3;
const SAY_EVERY_MS = 10_000;
/** Each event takes a request or two; more than some hundred mails prove nothing more. */
const MAILS_TOLD_ABOUT = 300;

/** Sends a campaign while everything around it fails, and compares what the provider has with what the ledger says. */
export async function runChaos({ recipients, kills, seed, directory, say }: ChaosOptions): Promise<ChaosReport> {
  const started = performance.now();
  const timeline: string[] = [];
  const note = (what: string) => void timeline.push(`${((performance.now() - started) / 1_000).toFixed(2)} s  ${what}`);
  mkdirSync(directory, { recursive: true });
  // Several calls for each batch of 500, also where there are few people.
  const messagesPerCall = Math.min(500, Math.max(10, Math.ceil(recipients / 20)));
  const arena = await runStep(
    "starting Postgres, web and two workers",
    () => openArena(directory, seed, messagesPerCall),
    say,
  );
  try {
    const campaign = await runStep("adding the people", () => prepareCampaign(arena, recipients, STALL_MS), say);
    const watch = watchCampaign(arena, campaign, STALL_MS);
    const scene = { arena, campaign, seed, note, share: watch.share };
    return await sendThroughChaos(scene, watch, { kills, directory, say });
  } finally {
    writeFileSync(path.join(directory, "timeline.txt"), `${timeline.join("\n")}\n`);
    await arena.close();
  }
}

async function sendThroughChaos(
  scene: Scene,
  watch: Watch,
  { kills, directory, say }: Pick<ChaosOptions, "kills" | "directory" | "say">,
): Promise<ChaosReport> {
  const { campaign, seed } = scene;
  const [calm, arrived, over] = [new AbortController(), new AbortController(), new AbortController()];
  const progress = setInterval(() => say(`  ${describe(watch)}`), SAY_EVERY_MS);
  const share = Math.min(1, MAILS_TOLD_ABOUT / campaign.fates.size);
  const telling = tellEvents(scene, share, arrived.signal, over.signal);
  try {
    const confirmed = { confirmRecipients: campaign.fates.size };
    const { status, body } = await campaign.rest.insist("POST", `/campaigns/${campaign.id}/send`, confirmed);
    if (status >= 400) throw new Error(`The campaign was not sent: ${status} ${JSON.stringify(body)}`);
    const killing = kill(scene, planKills(seed, kills), AbortSignal.any([over.signal, watch.stalled]));
    const disturbing = [
      weather(scene, calm.signal),
      clockJumps(scene, calm.signal),
      nervousHand(scene, LEAST_PAUSES + Math.floor(kills / 2), calm.signal),
    ];
    const inPeace = killing.finally(() => calm.abort());
    const [killed] = await runStep(`sending through ${kills} kills`, () => Promise.all([inPeace, ...disturbing]), say);
    await runStep("sending the rest in peace", () => watch.untilEnded(), say);
    arrived.abort();
    const told = await telling;
    await runStep("letting the jobs come to rest", () => untilAtRest(scene), say);
    await watch.stop();
    return await judge(scene, watch, told, killed, directory);
  } finally {
    for (const controller of [calm, arrived, over]) controller.abort();
    clearInterval(progress);
    await watch.stop();
  }
}

/** What does not come to rest in time is the audit's to tell. */
async function untilAtRest({ arena }: Scene): Promise<void> {
  for (const deadline = performance.now() + REST_MS; performance.now() < deadline; await delay(100))
    if ((await findStuck(arena.database.pool)).length === 0) return;
}

function describe(watch: Watch): string {
  const sample = watch.latest();
  if (!sample) return "nothing seen yet";
  const { recipients, queued, sent, skipped, failed, unknown } = sample.rows;
  return `${sample.status}: ${recipients} recipients = ${queued} queued + ${sent} sent + ${skipped} skipped + ${failed} failed + ${unknown} unknown`;
}

async function judge(
  { arena, campaign }: Scene,
  watch: Watch,
  told: Told,
  killed: Record<Victim, number>,
  directory: string,
): Promise<ChaosReport> {
  const audit = await auditCampaign(arena, campaign, told);
  const mailbox = arena.fake.mailbox();
  const toLines = (items: readonly unknown[]) => items.map((item) => `${JSON.stringify(item)}\n`).join("");
  writeFileSync(path.join(directory, "ledger.jsonl"), toLines(audit.rows));
  writeFileSync(
    path.join(directory, "mailbox.jsonl"),
    toLines(mailbox.map(({ to, messageId, acceptedAt }) => ({ to, messageId, acceptedAt }))),
  );
  const { calls } = arena.fake;
  return {
    problems: [...watch.problems, ...audit.problems],
    killed,
    ...watch.counts(),
    mails: mailbox.length,
    calls: calls.length,
    failedCalls: calls.filter(hasFailed).length,
    events: Object.values(told).reduce((sum, addresses) => sum + addresses.size, 0),
  };
}
