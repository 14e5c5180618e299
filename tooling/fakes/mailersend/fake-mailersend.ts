import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { FAKE_PLANS, type FakeAccount, type FakeMail, type FakePlan, newObjectId } from "./account";
import { type ChaosDial, createChaos, type Mishap } from "./chaos";
import { type CallKind, createRateLimit } from "./rate-limit";
import { type Answer, answerCall } from "./routes";
import { buildEvent, deliverEvent, type FakeWebhook } from "./webhook";

export type FakeMailersendOptions = {
  plan?: FakePlan;
  /** Verified sending domains. */
  domains?: string[];
  /** The same seed and order of calls give the same mishaps. */
  seed?: number;
  port?: number;
};

/** A MailerSend of the tests' own, over HTTP: its limits, errors and delays, and a mailbox that can be read. */
export type FakeMailersend = {
  /** Base address of the API. */
  url: string;
  account: FakeAccount;
  /** What would have arrived, in the order of acceptance: nothing for suppressed people. */
  mailbox: () => FakeMail[];
  /** Calls so far, refused ones included. */
  calls: { method: string; path: string; status: number | Mishap }[];
  /** Turned at any time. Mishaps befall POSTs alone. */
  chaos: ChaosDial;
  /** How late a slow answer is, and how long a bulk call waits until it is processed. */
  delays: { slowMs: number; bulkMs: number };
  /** Where events go. */
  webhook: FakeWebhook | null;
  /** Tells the webhook about a mail. @returns the receiver's status. @throws Error without a webhook */
  tell: (mail: FakeMail, type: string, meta?: Record<string, string>) => Promise<number>;
  close: () => Promise<void>;
};

/** Starts it on the loopback interface. */
export async function startFakeMailersend(options: FakeMailersendOptions = {}): Promise<FakeMailersend> {
  const account = openAccount(options);
  const timers = new Set<NodeJS.Timeout>();
  const fake: FakeMailersend = {
    url: "",
    account,
    mailbox: () => account.mails.filter((mail) => mail.suppressedFor === null),
    calls: [],
    chaos: {},
    delays: { slowMs: 1_000, bulkMs: 0 },
    webhook: null,
    tell: async (mail, type, meta) => {
      if (!fake.webhook) throw new Error("The fake has no webhook");
      return deliverEvent(fake.webhook, buildEvent(mail, type, meta));
    },
    close: async () => {
      for (const timer of timers) clearTimeout(timer);
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  const handle = createHandler(fake, options.seed ?? 1, (ms, work) => timers.add(setTimeout(work, ms)));
  const server = createServer((request, response) => {
    handle(request, response).catch((error: unknown) => response.writeHead(500).end(String(error)));
  });
  await new Promise<void>((resolve) => server.listen(options.port ?? 0, "127.0.0.1", resolve));
  fake.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
  return fake;
}

const openAccount = ({ plan, domains = ["mail.example.org"] }: FakeMailersendOptions): FakeAccount => ({
  apiKey: `mlsn.${newObjectId()}`,
  plan: plan ?? FAKE_PLANS.hobby,
  domains: domains.map((name, index) => ({ id: `domain${index}`, name })),
  suppressions: new Map(),
  mails: [],
  bulks: new Map(),
});

function createHandler(fake: FakeMailersend, seed: number, later: (ms: number, work: () => void) => void) {
  const { account } = fake;
  const limit = createRateLimit(() => account.plan, Date.now);
  const chaos = createChaos(seed);

  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { method = "GET" } = request;
    const { pathname: path, searchParams: query } = new URL(request.url ?? "/", "http://fake");
    const body = await readBody(request);
    const reply = ({ status, body: content, headers = {} }: Answer) => {
      fake.calls.push({ method, path, status });
      response.writeHead(status, { "content-type": "application/json", ...headers });
      response.end(content === undefined ? "" : JSON.stringify(content));
    };
    if (request.headers.authorization !== `Bearer ${account.apiKey}`)
      return reply({ status: 401, body: { message: "Unauthenticated." } });
    if (path === "/v1/api-quota")
      return reply({ status: 200, body: { quota: account.plan.requestsPerDay, remaining: limit.remainingOfDay() } });
    const { headers, refusal } = limit.count(kindOf(method, path));
    if (refusal) return reply({ status: 429, body: { message: refusal }, headers });

    const mishap = method === "POST" ? chaos.draw(fake.chaos) : null;
    if (mishap) fake.calls.push({ method, path, status: mishap });
    if (mishap === "reset_before_accept") return void request.socket.resetAndDestroy();
    if (mishap === "limited")
      return reply({ status: 429, body: { message: "Too many requests. #MS42903" }, headers: { "retry-after": "1" } });
    if (mishap === "unavailable") return reply({ status: 503, body: { message: "Service unavailable." } });

    const processLater = (work: () => void) => later(fake.delays.bulkMs, work);
    const answer = answerCall(account, { method, path, query, body }, { address: fake.url, processLater });
    const finish = () => reply({ ...answer, headers: { ...headers, ...answer.headers } });
    if (mishap === "drop_after_accept") return void request.socket.destroy();
    if (mishap === "bad_gateway_after_accept") return reply({ status: 502, body: { message: "Bad gateway." } });
    if (mishap === "slow_after_accept") return later(fake.delays.slowMs, finish);
    finish();
  };
}

function kindOf(method: string, path: string): CallKind {
  if (method === "POST" && path === "/v1/email") return "email";
  return method === "POST" && path === "/v1/bulk-email" ? "bulk" : "general";
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
