import { createHash, createPublicKey, randomBytes, verify } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type FakeOidc, startFakeOidc } from "./fake-oidc";

const REDIRECT = "http://localhost:3000/back";
const ana = { email: "ana@river.example", name: "Ana <Kovač>" };

let oidc: FakeOidc;
beforeAll(async () => {
  oidc = await startFakeOidc({ people: [ana] });
});
afterAll(() => oidc.close());

const verifier = randomBytes(32).toString("base64url");
const asked = (changes: Record<string, string> = {}) =>
  new URLSearchParams({
    client_id: oidc.clientId,
    response_type: "code",
    scope: "openid email",
    redirect_uri: REDIRECT,
    state: "s",
    nonce: "n",
    code_challenge: createHash("sha256").update(verifier).digest("base64url"),
    code_challenge_method: "S256",
    ...changes,
  });

async function getCode(): Promise<string> {
  const url = `${oidc.issuer}/allow?${asked({ person: ana.email })}`;
  const { headers } = await fetch(url, { redirect: "manual" });
  const back = new URL(headers.get("location") ?? "");
  expect([back.origin + back.pathname, back.searchParams.get("state")]).toEqual([REDIRECT, "s"]);
  return back.searchParams.get("code") ?? "";
}

async function exchange(code: string, changes: Record<string, string> = {}) {
  const form = {
    grant_type: "authorization_code",
    code,
    redirect_uri: REDIRECT,
    code_verifier: verifier,
    client_id: oidc.clientId,
    client_secret: oidc.clientSecret,
    ...changes,
  };
  const answer = await fetch(`${oidc.issuer}/token`, { method: "POST", body: new URLSearchParams(form) });
  return { status: answer.status, body: (await answer.json()) as { error?: string; id_token?: string } };
}

describe("the double of an OpenID provider", () => {
  it("shows its people, and refuses a client that does not guard itself", async () => {
    const page = await fetch(`${oidc.issuer}/authorize?${asked()}`);
    expect(await page.text()).toContain("Ana &#60;Kovač&#62;, ana@river.example");
    const wrong: Record<string, string>[] = [
      { state: "" },
      { code_challenge: "" },
      { client_id: "x" },
      { scope: "email" },
    ];
    for (const changes of wrong) expect((await fetch(`${oidc.issuer}/authorize?${asked(changes)}`)).status).toBe(400);
  });

  it("signs a token that its published key verifies, with the nonce", async () => {
    const { body } = await exchange(await getCode());
    const [head = "", claims = "", signature = ""] = body.id_token?.split(".") ?? [];
    const { keys } = (await (await fetch(`${oidc.issuer}/jwks`)).json()) as { keys: { kty: string }[] };
    const key = createPublicKey({ key: keys[0] ?? { kty: "" }, format: "jwk" });
    expect(verify("RSA-SHA256", Buffer.from(`${head}.${claims}`), key, Buffer.from(signature, "base64url"))).toBe(true);
    expect(JSON.parse(Buffer.from(claims, "base64url").toString())).toMatchObject({
      iss: oidc.issuer,
      aud: oidc.clientId,
      email: ana.email,
      email_verified: true,
      nonce: "n",
    });
  });

  it("exchanges a code once, for its own client, with the verifier of its challenge", async () => {
    const wrong: Record<string, string>[] = [
      { code_verifier: "x" },
      { code_verifier: "" },
      { redirect_uri: "http://x" },
    ];
    for (const changes of wrong)
      expect(await exchange(await getCode(), changes)).toEqual({ status: 400, body: { error: "invalid_grant" } });
    expect((await exchange(await getCode(), { client_secret: "x" })).status).toBe(401);
    const code = await getCode();
    expect([(await exchange(code)).status, (await exchange(code)).status]).toEqual([200, 400]);
  });
});
