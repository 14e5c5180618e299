import { setTimeout as delay } from "node:timers/promises";
import type { Arena } from "./arena";
import type { Campaign } from "./campaign";
import { countSettled, findImbalance, type Ledger, readSample, type Sample } from "./ledger";

/** What is seen of a campaign while it is sent. */
export type Watch = {
  /** The share of the recipients that have been settled. */
  share: () => number;
  latest: () => Sample | null;
  /** How many samples were taken, in the database and of what is shown over REST. */
  counts: () => { samples: number; shown: number };
  problems: string[];
  /** Aborted when nothing has moved for too long, which is a problem. */
  stalled: AbortSignal;
  /** Waits until the campaign is over, or stands still. */
  untilEnded: () => Promise<void>;
  stop: () => Promise<void>;
};

const ENDED = new Set(["sent", "cancelled", "failed"]);
const LEAST_PAUSE_MS = 50;
/** Of the database's time, at the most. */
const PAUSE_FACTOR = 5;
const SHOWN_EVERY_MS = 500;

/** Looks again and again, also while parts are away, and keeps what is wrong. @param stallMs how long nothing may move. */
export function watchCampaign({ database }: Arena, { id, rest, fates }: Campaign, stallMs: number): Watch {
  const problems: string[] = [];
  const count = { samples: 0, shown: 0 };
  let latest: Sample | null = null;
  let movedAt = performance.now();
  let isOver = false;
  const stalled = new AbortController();
  const hasEnded = () => latest !== null && ENDED.has(latest.status);

  const keep = (problem: string | null) => {
    if (problem !== null && problems.length < 20) problems.push(problem);
  };
  const sample = async () => {
    while (!isOver) {
      const started = performance.now();
      const next = await readSample(database.pool, id).catch(() => null);
      if (next) {
        count.samples += 1;
        keep(findImbalance(next));
        if (JSON.stringify(next) !== JSON.stringify(latest)) movedAt = performance.now();
        latest = next;
      }
      if (!hasEnded() && !stalled.signal.aborted && performance.now() - movedAt > stallMs) {
        keep(`the campaign stands still for ${stallMs / 1_000} s: ${JSON.stringify(latest)}`);
        stalled.abort();
      }
      await delay(Math.max(LEAST_PAUSE_MS, (performance.now() - started) * PAUSE_FACTOR));
    }
  };
  const readShown = async () => {
    while (!isOver) {
      const shown = await rest.once<Ledger>("GET", `/campaigns/${id}/stats`).catch(() => null);
      if (shown) {
        count.shown += 1;
        keep(findUneven(shown.body));
      }
      await delay(SHOWN_EVERY_MS);
    }
  };
  const looking = Promise.all([sample(), readShown()]);
  return {
    share: () => (latest ? countSettled(latest.rows) / fates.size : 0),
    latest: () => latest,
    counts: () => ({ ...count }),
    problems,
    stalled: stalled.signal,
    untilEnded: async () => {
      while (!hasEnded() && !stalled.signal.aborted) await delay(LEAST_PAUSE_MS);
    },
    stop: async () => {
      isOver = true;
      await looking;
    },
  };
}

function findUneven({ recipients, queued, sent, skipped, failed, unknown }: Ledger): string | null {
  const sum = queued + sent + skipped + failed + unknown;
  return recipients === sum && queued >= 0
    ? null
    : `what is shown does not add up: ${recipients} recipients, ${sum} told`;
}
