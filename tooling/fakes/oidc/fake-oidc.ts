import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** Somebody who has an account there. */
export type FakePerson = { email: string; name: string; isVerified?: boolean };

export type FakeOidcOptions = { people: readonly FakePerson[]; clientId?: string; clientSecret?: string };

/** An OpenID provider of the tests' own, over HTTP: a page with one button a person, PKCE, state, nonce, signed tokens. */
export type FakeOidc = {
  issuer: string;
  clientId: string;
  clientSecret: string;
  /** Tokens that were asked for, with the provider's answer. */
  tokenCalls: { status: number; error?: string }[];
  close: () => Promise<void>;
};

/** What one press of a button allowed, until its code is used. */
type Grant = { person: FakePerson; redirectUri: string; challenge: string; nonce: string | null };
type Provider = Omit<FakeOidc, "close"> & {
  people: readonly FakePerson[];
  keys: { publicKey: KeyObject; privateKey: KeyObject };
  grants: Map<string, Grant>;
};

const KEY_ID = "only";
const TOKEN_SECONDS = 300;

/** Starts it on the loopback interface. */
export async function startFakeOidc({
  people,
  clientId = "hustings",
  clientSecret = "of-the-tests",
}: FakeOidcOptions): Promise<FakeOidc> {
  const keys = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const provider: Provider = { issuer: "", clientId, clientSecret, tokenCalls: [], people, keys, grants: new Map() };
  const server = createServer((request, response) => {
    answer(provider, request, response).catch((error: unknown) => response.writeHead(500).end(String(error)));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  provider.issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const close = async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return Object.assign(provider, { close });
}

async function answer(provider: Provider, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { pathname, searchParams } = new URL(request.url ?? "/", provider.issuer);
  const json = (status: number, body: object) =>
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
  if (pathname === "/.well-known/openid-configuration") return void json(200, describeProvider(provider.issuer));
  if (pathname === "/jwks") return void json(200, { keys: [publicKeyOf(provider)] });
  if (pathname === "/authorize") return showPeople(provider, searchParams, response);
  if (pathname === "/allow") return allow(provider, searchParams, response);
  if (pathname !== "/token") return void json(404, { error: "not_found" });
  const form = new URLSearchParams(await readBody(request));
  const { status, body } = exchange(provider, form, request.headers.authorization);
  provider.tokenCalls.push({ status, ...("error" in body ? { error: String(body.error) } : {}) });
  json(status, body);
}

const describeProvider = (issuer: string) => ({
  issuer,
  authorization_endpoint: `${issuer}/authorize`,
  token_endpoint: `${issuer}/token`,
  jwks_uri: `${issuer}/jwks`,
  response_types_supported: ["code"],
  subject_types_supported: ["public"],
  id_token_signing_alg_values_supported: ["RS256"],
  code_challenge_methods_supported: ["S256"],
});

const publicKeyOf = ({ keys }: Provider) => ({
  ...keys.publicKey.export({ format: "jwk" }),
  kid: KEY_ID,
  alg: "RS256",
  use: "sig",
});

/** Refuses what a client that guards itself would not send. */
function findFault({ clientId }: Provider, query: URLSearchParams): string | null {
  if (query.get("client_id") !== clientId) return "unknown client";
  if (query.get("response_type") !== "code") return "not the code flow";
  if (!query.get("scope")?.split(" ").includes("openid")) return "no openid scope";
  if (query.get("code_challenge_method") !== "S256" || !query.get("code_challenge")) return "no PKCE";
  return query.get("state") ? null : "no state";
}

function showPeople(provider: Provider, query: URLSearchParams, response: ServerResponse): void {
  const fault = findFault(provider, query);
  if (fault) return void response.writeHead(400, { "content-type": "text/plain" }).end(fault);
  const links = provider.people.map(({ email, name }) => {
    const allowed = new URLSearchParams([...query, ["person", email]]);
    return `<p><a role="button" href="/allow?${escapeHtml(allowed.toString())}">${escapeHtml(`${name}, ${email}`)}</a></p>`;
  });
  response.writeHead(200, { "content-type": "text/html; charset=utf-8" });
  response.end(`<!doctype html><title>Who are you?</title><h1>Who are you?</h1>${links.join("")}`);
}

const escapeHtml = (text: string) => text.replace(/[&<>"]/g, (found) => `&#${found.charCodeAt(0)};`);

function allow(provider: Provider, query: URLSearchParams, response: ServerResponse): void {
  const person = provider.people.find(({ email }) => email === query.get("person"));
  const fault = person ? findFault(provider, query) : "unknown person";
  const redirectUri = query.get("redirect_uri") ?? "";
  if (fault || !person) return void response.writeHead(400).end(fault ?? "");
  const code = randomBytes(16).toString("hex");
  provider.grants.set(code, {
    person,
    redirectUri,
    challenge: query.get("code_challenge") ?? "",
    nonce: query.get("nonce"),
  });
  const back = new URL(redirectUri);
  back.searchParams.set("code", code);
  back.searchParams.set("state", query.get("state") ?? "");
  response.writeHead(302, { location: back.href }).end();
}

/** One code, once, for the client that asked, at the same address, with the verifier of its challenge. */
function exchange(provider: Provider, form: URLSearchParams, authorization: string | undefined) {
  if (!isClient(provider, form, authorization)) return { status: 401, body: { error: "invalid_client" } };
  const code = form.get("code") ?? "";
  const grant = provider.grants.get(code);
  provider.grants.delete(code);
  const challenge = createHash("sha256")
    .update(form.get("code_verifier") ?? "")
    .digest("base64url");
  if (!grant || grant.redirectUri !== form.get("redirect_uri") || grant.challenge !== challenge)
    return { status: 400, body: { error: "invalid_grant" } };
  const body = {
    access_token: randomBytes(16).toString("hex"),
    token_type: "Bearer",
    expires_in: TOKEN_SECONDS,
    id_token: signToken(provider, grant),
  };
  return { status: 200, body };
}

function isClient({ clientId, clientSecret }: Provider, form: URLSearchParams, authorization: string | undefined) {
  const basic = `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString("base64")}`;
  return authorization === basic || (form.get("client_id") === clientId && form.get("client_secret") === clientSecret);
}

function signToken({ issuer, clientId, keys }: Provider, { person, nonce }: Grant): string {
  const now = Math.floor(Date.now() / 1_000);
  const claims = {
    iss: issuer,
    aud: clientId,
    sub: createHash("sha256").update(person.email).digest("hex").slice(0, 20),
    iat: now,
    exp: now + TOKEN_SECONDS,
    email: person.email,
    email_verified: person.isVerified ?? true,
    name: person.name,
    ...(nonce ? { nonce } : {}),
  };
  const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString("base64url");
  const signed = `${encode({ alg: "RS256", kid: KEY_ID })}.${encode(claims)}`;
  return `${signed}.${sign("RSA-SHA256", Buffer.from(signed), keys.privateKey).toString("base64url")}`;
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("utf8");
}
