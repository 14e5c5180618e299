import { hostname } from "node:os";
import { setTimeout as delay } from "node:timers/promises";
import pg from "pg";
import type { EngineLogger } from "./context";

const pollMs = 2000;
const beatMs = 3000;

/** One leader's term; `stop` ends it, `ended` resolves when it ended by itself because it could not go on. */
export interface Term {
  ended: Promise<void>;
  stop(): Promise<void>;
}

/** What a candidate for the lead needs; `begin` starts the work of a term. */
export interface LeadershipOptions {
  connectionString: string;
  logger: EngineLogger;
  /** Prepares this process for the lead, such as by listening; false when it cannot lead now. */
  isFit(): Promise<boolean>;
  begin(epoch: number): Promise<Term>;
  onChange(isLeader: boolean): void;
}

/** The contest for the one lead of a database. */
export interface Leadership {
  /** Resolves when this process leads, or has found that another one does. */
  settled: Promise<void>;
  stop(): Promise<void>;
}

/**
 * Takes part in the contest until stopped. The lead is an advisory lock on a connection of its own: Postgres gives it
 * up when the process dies. Those who stand by try every two seconds rather than wait in a statement, which would keep
 * old row versions from being cleaned up for as long as they stand by.
 */
export function startLeadership(options: LeadershipOptions): Leadership {
  const stopping = new AbortController();
  let settle: () => void = () => undefined;
  const settled = new Promise<void>((resolve) => {
    settle = resolve;
  });
  const contest = async () => {
    while (!stopping.signal.aborted) {
      try {
        if (await options.isFit()) await leadOnce(options, stopping.signal, settle);
        else settle();
      } catch (error) {
        options.logger.error({ err: error }, "the job engine lost or could not take the lead; trying again");
      }
      await delay(pollMs, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  };
  const finished = contest();
  return {
    settled,
    stop: () => {
      stopping.abort();
      return finished;
    },
  };
}

/** Tries once to take the lead, and keeps it until it is lost or the process stops. */
async function leadOnce(options: LeadershipOptions, stop: AbortSignal, settle: () => void): Promise<void> {
  // The keep-alives make Postgres notice within ten seconds that a whole machine has gone.
  const client = new pg.Client({
    connectionString: options.connectionString,
    keepAlive: true,
    application_name: "job-engine leader",
  });
  const lost = new Promise<void>((resolve) => {
    // A connection that is cut off tells it more than once, and an error that nobody hears would end the process.
    client.on("error", () => resolve());
    client.on("end", () => resolve());
  });
  let term: Term | undefined;
  const beat = setInterval(() => {
    // A beat that fails is a connection that fails, which ends the term by the events above.
    if (term) void client.query("update jobs.leader set beat_at = now()").catch(() => undefined);
  }, beatMs);
  try {
    await client.connect();
    const epoch = await takeLock(client);
    if (epoch === null) {
      settle();
      return;
    }
    term = await options.begin(epoch);
    options.onChange(true);
    settle();
    await Promise.race([lost, term.ended, aborted(stop)]);
  } finally {
    clearInterval(beat);
    options.onChange(false);
    await term?.stop();
    await client.end().catch(() => undefined);
  }
}

async function takeLock(client: pg.Client): Promise<number | null> {
  await client.query("set tcp_keepalives_idle = 4; set tcp_keepalives_interval = 2; set tcp_keepalives_count = 2");
  const { rows } = await client.query<{ locked: boolean }>(
    "select pg_try_advisory_lock(hashtextextended('job-engine.leader', 0)) as locked",
  );
  if (!rows[0]?.locked) return null;
  const term = await client.query<{ epoch: string }>(
    "update jobs.leader set epoch = epoch + 1, instance = $1, since = now(), beat_at = now() returning epoch",
    [`${hostname()}:${process.pid}`],
  );
  return Number(term.rows[0]?.epoch);
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve(), { once: true });
  });
}
