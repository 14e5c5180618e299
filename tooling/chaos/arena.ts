import { closeSync, openSync, writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { createDatabase, type Database } from "@hustings/db/client";
import { findFreePort } from "@hustings/db/free-port";
import { type FakeMailersend, startFakeMailersend } from "../fakes/mailersend/fake-mailersend";
import { bundles } from "../start/build";
import { migrate } from "../start/database";
import { loadSecrets } from "../start/secrets";
import { keepRunning, type Service } from "../start/service";
import { followParent, nodeCommand, steadyHeap } from "../start/service-command";
import { root } from "../start/settings";
import { type KeptPostgres, keepPostgres } from "./postgres";

/** Of these two one leads the jobs, and the other one takes over. */
const WORKERS = ["worker-1", "worker-2"] as const;
export type ServiceName = "web" | (typeof WORKERS)[number];
export const SERVICES = ["web", ...WORKERS] as const;

/** Hustings in live mode, with a MailerSend of its own, all of it to be killed at will. */
export type Arena = {
  /** Of web. */
  url: string;
  secrets: Record<string, string>;
  /** Fails while Postgres is away. */
  database: Database;
  fake: FakeMailersend;
  services: Record<ServiceName, Service>;
  postgres: KeptPostgres;
  /** Sets what a service takes for now, in ms from the truth. */
  setClock: (name: ServiceName, offsetMs: number) => void;
  close: () => Promise<void>;
};

/** Above what any run comes to: the limits have tests of their own. */
const FAST = 100_000;
/** A provider that fails at random goes over the line at which campaigns stop by themselves. */
const NEVER_STOP = {
  CAMPAIGN_STOP_BOUNCE_PERCENT: "100",
  CAMPAIGN_STOP_COMPLAINT_PERCENT: "100",
  CAMPAIGN_STOP_ERROR_PERCENT: "100",
};
const SENDER_DOMAIN = "mail.example.org";
const READY_TIMEOUT_MS = 60_000;

/**
 * Starts everything under a directory, where the data and a log of each process stay.
 *
 * @param seed of the provider's mishaps.
 * @param messagesPerCall how many messages go in one call to the provider.
 */
export async function openArena(directory: string, seed: number, messagesPerCall: number): Promise<Arena> {
  const undo: (() => Promise<unknown> | unknown)[] = [];
  const close = async () => {
    for (const step of undo.splice(0).reverse()) await step();
  };
  try {
    const postgres = await keepPostgres(directory);
    undo.push(postgres.stop);
    await migrate(postgres.url);
    const database = createDatabase(postgres.url, { maxConnections: 4, applicationName: "chaos" });
    undo.push(database.close);
    const fake = await startFakeMailersend({ seed, plan: PLAN, domains: [SENDER_DOMAIN] });
    undo.push(fake.close);

    const secrets = loadSecrets(directory);
    const port = await findFreePort();
    const url = `http://127.0.0.1:${port}`;
    const environment = {
      ...{ PATH: process.env.PATH, HOME: process.env.HOME },
      ...secrets,
      ...{ NODE_ENV: "production", DEPLOYMENT: "local", LOG_LEVEL: "warn", LOG_FORMAT: "json" },
      ...{ DATABASE_URL: postgres.url, PORT: String(port), APP_URL: url },
      ...NEVER_STOP,
      ...{ RATE_LIMIT_PER_SECOND: String(FAST), RATE_LIMIT_BURST: String(FAST) },
      ...liveMail(fake, messagesPerCall),
    };
    const clockOf = (name: ServiceName) => path.join(directory, `${name}.clock`);
    const setClock = (name: ServiceName, offsetMs: number) => writeFileSync(clockOf(name), String(offsetMs));
    const start = async (name: ServiceName) => {
      setClock(name, 0);
      const clock = `${pathToFileURL(path.join(import.meta.dirname, "clock.mjs"))}?${encodeURIComponent(clockOf(name))}`;
      const program = name === "web" ? bundles.web : bundles.worker;
      const output = openSync(path.join(directory, `${name}.log`), "a");
      const service = keepRunning({
        name,
        command: nodeCommand([...followParent, "--import", clock, ...steadyHeap, program]),
        cwd: root,
        environment: { ...environment, WORKER_PORT: String(await findFreePort()) },
        say: () => undefined,
        output,
      });
      undo.push(async () => {
        await service.stop();
        closeSync(output);
      });
      return service;
    };
    const services = {
      web: await start("web"),
      "worker-1": await start("worker-1"),
      "worker-2": await start("worker-2"),
    };
    await untilReady(url);
    fake.webhook = { url: `${url}/api/webhooks/mailersend`, secret: secrets.MAILERSEND_WEBHOOK_SIGNING_SECRET ?? "" };
    return { url, secrets, database, fake, services, postgres, setClock, close };
  } catch (error) {
    await close();
    throw error;
  }
}

const PLAN = {
  bulkObjects: 500,
  hasHeaders: false,
  emailPerMinute: FAST,
  bulkPerMinute: FAST,
  generalPerMinute: FAST,
  requestsPerDay: Number.MAX_SAFE_INTEGER,
};

/**
 * The provider's waits are the product's, shortened in proportion: a call is over, and shows in the list of emails, well
 * before it is looked for there.
 */
const liveMail = (fake: FakeMailersend, messagesPerCall: number) => ({
  EMAIL_MODE: "live",
  MAILERSEND_BASE_URL: fake.url,
  MAILERSEND_API_KEY: fake.account.apiKey,
  MAILERSEND_SENDER_DOMAIN: SENDER_DOMAIN,
  MAILERSEND_TIMEOUT_MS: "2000",
  MAILERSEND_SETTLE_SECONDS: "6",
  MAILERSEND_EMAIL_PER_MINUTE: "10000",
  MAILERSEND_BULK_PER_MINUTE: "10000",
  MAILERSEND_REQUESTS_PER_MINUTE: "10000",
  MAILERSEND_MESSAGES_PER_CALL: String(messagesPerCall),
});

async function untilReady(url: string): Promise<void> {
  for (const deadline = performance.now() + READY_TIMEOUT_MS; performance.now() < deadline; await delay(50)) {
    const answer = await fetch(`${url}/api/ready`).catch(() => null);
    if (answer?.ok) return;
  }
  throw new Error(`Hustings is not ready after ${READY_TIMEOUT_MS / 1_000} s.`);
}
