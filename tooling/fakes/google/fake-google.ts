import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { consentPage } from "./consent-page";
import { type Dial, drawMishap, MISHAPS, type Mishap, userLimited } from "./dial";
import { answerGmail, unitsOf } from "./gmail-routes";
import { createFakeMailbox, type FakeMailbox } from "./mailbox";
import {
  addressOf,
  answerRevoke,
  answerToken,
  createGrants,
  type Decision,
  decide,
  type FakeGrants,
} from "./oauth-routes";
import { type Reply, refuse } from "./reply";

export type FakeGoogleOptions = {
  /** Accounts that a person can choose from. */
  addresses?: string[];
  /** Above it a user's calls are refused until the minute is over; without it they never are. */
  unitsPerMinute?: number;
  port?: number;
};

/** A Google of the tests' own, over HTTP: consent, tokens, revocation, and Gmail's API over mailboxes that can be filled. */
export type FakeGoogle = {
  /** Base address of everything. */
  url: string;
  grants: FakeGrants;
  mailboxes: Map<string, FakeMailbox>;
  /** Calls so far, refused ones included; tokens are never in them. */
  calls: { method: string; path: string; status: number | Mishap }[];
  dial: Dial;
  /** How late a slow answer is. */
  slowMs: number;
  /** What the client of a test or a demo is started with. */
  environment: () => Record<string, string>;
  /** Answers the consent that an address of `consentUrl` asks for. @returns where the browser is sent */
  consent: (consentUrl: string, decision?: Decision, address?: string) => string;
  close: () => Promise<void>;
};

/** Starts it on the loopback interface. */
export async function startFakeGoogle(options: FakeGoogleOptions = {}): Promise<FakeGoogle> {
  const addresses = options.addresses ?? ["me@org.example"];
  const fake: FakeGoogle = {
    url: "",
    grants: createGrants(),
    mailboxes: new Map(addresses.map((address) => [address, createFakeMailbox(address)])),
    calls: [],
    dial: [],
    slowMs: 1_000,
    environment: () => toEnvironment(fake),
    consent: (consentUrl, decision = "allow", address = addresses[0] ?? "") =>
      decide(fake.grants, new URL(consentUrl).searchParams, decision, address).headers?.location ?? "",
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  const handle = createHandler(fake, options.unitsPerMinute ?? Number.POSITIVE_INFINITY);
  const server = createServer((request, response) => {
    handle(request, response).catch((error: unknown) => response.writeHead(500).end(String(error)));
  });
  await new Promise<void>((resolve) => server.listen(options.port ?? 0, "127.0.0.1", resolve));
  fake.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return fake;
}

const toEnvironment = ({ url, grants }: FakeGoogle) => ({
  GMAIL_CLIENT_ID: grants.clientId,
  GMAIL_CLIENT_SECRET: grants.clientSecret,
  GOOGLE_OAUTH_BASE_URL: url,
  GOOGLE_TOKEN_URL: `${url}/token`,
  GOOGLE_REVOKE_URL: `${url}/revoke`,
  GMAIL_API_BASE_URL: url,
});

function createHandler(fake: FakeGoogle, unitsPerMinute: number) {
  let minute = 0;
  let spent = 0;
  /** Counts a call, and refuses it where the user's minute is used up. */
  const charge = (path: string): Reply | null => {
    const now = Math.floor(Date.now() / 60_000);
    if (now !== minute) [minute, spent] = [now, 0];
    spent += unitsOf(path);
    return spent > unitsPerMinute ? userLimited(new Date((minute + 1) * 60_000)) : null;
  };

  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { method = "GET" } = request;
    const { pathname: path, searchParams: query } = new URL(request.url ?? "/", "http://fake");
    const form = new URLSearchParams(await readBody(request));
    const mishap = drawMishap(fake.dial, path);
    const isNamed = mishap !== null && mishap in MISHAPS;
    const planned = isNamed
      ? MISHAPS[mishap as keyof typeof MISHAPS]
      : answer(fake, { path, query, form, request, charge });
    const reply: Reply = mishap === "userLimited" ? userLimited(new Date(Date.now() + 30_000)) : planned;
    fake.calls.push({ method, path, status: mishap ?? reply.status });
    if (mishap === "reset") return void request.socket.resetAndDestroy();
    if (mishap === "slow") await new Promise((resolve) => setTimeout(resolve, fake.slowMs).unref());
    send(response, reply);
  };
}

type Call = {
  path: string;
  query: URLSearchParams;
  form: URLSearchParams;
  request: IncomingMessage;
  charge: (path: string) => Reply | null;
};

function answer(fake: FakeGoogle, { path, query, form, request, charge }: Call): Reply {
  if (path === "/o/oauth2/v2/auth") return { status: 200, body: consentPage(query, [...fake.mailboxes.keys()]) };
  if (path === "/consent")
    return decide(fake.grants, query, query.get("decision") as Decision, query.get("address") ?? "");
  if (path === "/token") return answerToken(fake.grants, form);
  if (path === "/revoke") return answerRevoke(fake.grants, form.get("token") ?? query.get("token") ?? "");
  const mailbox = fake.mailboxes.get(addressOf(fake.grants, request.headers.authorization) ?? "");
  if (!mailbox) return refuse(401, "Request had invalid authentication credentials.", "authError");
  return charge(path) ?? answerGmail(mailbox, path, query);
}

function send(response: ServerResponse, { status, body, headers = {} }: Reply): void {
  const isText = typeof body === "string";
  response.writeHead(status, { "content-type": isText ? "text/html; charset=utf-8" : "application/json", ...headers });
  response.end(isText ? body : body === undefined ? "" : JSON.stringify(body));
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("utf8");
}
