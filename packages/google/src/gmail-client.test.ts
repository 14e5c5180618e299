import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Mishap } from "../../../tooling/fakes/google/dial";
import { type FakeGoogle, startFakeGoogle } from "../../../tooling/fakes/google/fake-google";
import type { FakeMailbox } from "../../../tooling/fakes/google/mailbox";
import { readGmailEnv } from "./env";
import { createGmail, type Gmail } from "./gmail";
import { drawConsentSecrets, GMAIL_SCOPE } from "./oauth";

const REDIRECT = "http://localhost:3000/api/auth/gmail/callback";
const TOKEN_SECRET = "x".repeat(32);
let fake: FakeGoogle;
let mailbox: FakeMailbox;
let gmail: Gmail;
/** Waits for nobody. */
let hasty: Gmail;
let accessToken: string;
let refreshToken: string;

beforeAll(async () => {
  fake = await startFakeGoogle();
  mailbox = fake.mailboxes.get("me@org.example") as FakeMailbox;
  const settings = readGmailEnv({ ...fake.environment(), GMAIL_TOKEN_SECRET: TOKEN_SECRET });
  gmail = createGmail(settings as NonNullable<typeof settings>);
  hasty = createGmail({ ...(settings as NonNullable<typeof settings>), timeoutMs: 100 });
});
afterAll(() => fake.close());
beforeEach(async () => {
  fake.dial.length = 0;
  const grant = await connect();
  ({ accessToken, refreshToken } = grant);
});

async function connect(verifier?: string) {
  const secrets = drawConsentSecrets();
  const back = new URL(fake.consent(gmail.oauth.consentUrl(secrets, REDIRECT)));
  expect(back.searchParams.get("state")).toBe(secrets.state);
  return gmail.oauth.exchangeCode(back.searchParams.get("code") ?? "", verifier ?? secrets.verifier, REDIRECT);
}

const list = (client = gmail) =>
  client.mailbox.listMessages(accessToken, { since: new Date(0), pageToken: null, limit: 100 });

describe("the consent", () => {
  it("asks for reading alone, for good, with PKCE", () => {
    const { searchParams, pathname } = new URL(gmail.oauth.consentUrl(drawConsentSecrets(), REDIRECT, "a@b.example"));
    expect(pathname).toBe("/o/oauth2/v2/auth");
    expect(Object.fromEntries(searchParams)).toMatchObject({
      scope: GMAIL_SCOPE,
      access_type: "offline",
      prompt: "consent",
      response_type: "code",
      code_challenge_method: "S256",
      redirect_uri: REDIRECT,
      login_hint: "a@b.example",
    });
  });

  it("gives no tokens for another's code", async () => {
    await expect(connect("another")).rejects.toMatchObject({ failure: "revoked" });
  });

  it("is renewed until it is taken back; taking it back twice is no error", async () => {
    const renewed = await gmail.oauth.refresh(refreshToken);
    expect(renewed.accessToken).not.toBe(accessToken);
    expect(renewed.expiresAt.getTime()).toBeGreaterThan(Date.now() + 3_000_000);
    await gmail.oauth.revoke(refreshToken);
    await gmail.oauth.revoke(refreshToken);
    await expect(gmail.oauth.refresh(refreshToken)).rejects.toMatchObject({ failure: "revoked" });
    await expect(list()).rejects.toMatchObject({ failure: "expired" });
  });
});

describe("the mailbox", () => {
  it("is read by its headers: who, when, what kind", async () => {
    const at = new Date("2026-01-01T12:00:00Z");
    const ids = [
      mailbox.deliver({
        from: '"Doe, Jane" <Jane@Example.org>',
        to: "me@org.example, Åsa <asa@example.se>",
        cc: "undisclosed-recipients:;",
        subject: "=?UTF-8?Q?Thursday?=",
        snippet: "Hi &amp; hello, it&#39;s me",
        at,
      }),
      mailbox.deliver({ from: "me@org.example", to: "jane@example.org", labels: ["SENT"] }),
      mailbox.deliver({
        from: "news@shop.example",
        to: "me@org.example",
        headers: { "List-Unsubscribe": "<https://x>" },
      }),
      mailbox.deliver({ from: "bot@x.example", to: "me@org.example", headers: { "Auto-Submitted": "auto-replied" } }),
      mailbox.deliver({ from: "me@org.example", to: "x@y.example", labels: ["DRAFT"] }),
    ];
    const messages = await Promise.all(ids.map((id) => gmail.mailbox.getMessage(accessToken, id)));
    expect(messages[0]).toEqual({
      id: ids[0],
      occurredAt: at,
      isSent: false,
      isHidden: false,
      isBulk: false,
      subject: "Thursday",
      snippet: "Hi & hello, it's me",
      from: [{ address: "jane@example.org", name: "Doe, Jane" }],
      to: [
        { address: "me@org.example", name: "" },
        { address: "asa@example.se", name: "Åsa" },
      ],
    });
    expect(messages.map((one) => [one?.isSent, one?.isBulk, one?.isHidden])).toEqual([
      [false, false, false],
      [true, false, false],
      [false, true, false],
      [false, true, false],
      [false, false, true],
    ]);
    mailbox.remove(ids[1] as string);
    expect(await gmail.mailbox.getMessage(accessToken, ids[1] as string)).toBeNull();
    expect((await list()).ids).toEqual(expect.arrayContaining([ids[0], ids[2]]));
  });

  it("tells what came since, and what came back from spam, until it has forgotten", async () => {
    const { historyId: startHistoryId } = await gmail.mailbox.getProfile(accessToken);
    const history = (start = startHistoryId) =>
      gmail.mailbox.listHistory(accessToken, { startHistoryId: start, pageToken: null, limit: 100 });
    expect(await history()).toEqual({ ids: [], nextPageToken: null, historyId: startHistoryId });
    const spam = mailbox.deliver({ from: "a@x.example", to: "me@org.example", labels: ["SPAM"] });
    const fresh = mailbox.deliver({ from: "b@x.example", to: "me@org.example" });
    expect((await history()).ids).toEqual([fresh]);
    mailbox.restore(spam);
    expect((await history()).ids.sort()).toEqual([spam, fresh].sort());
    mailbox.forgetHistory();
    await expect(history()).rejects.toMatchObject({ failure: "missing" });
  });

  it.each<[Mishap, string]>([
    ["unauthorized", "expired"],
    ["forbidden", "refused"],
    ["limited", "limited"],
    ["userLimited", "limited"],
    ["broken", "unavailable"],
    ["slow", "unavailable"],
    ["reset", "unavailable"],
    ["garbage", "garbled"],
  ])("that is %s fails as %s, in a sentence without a token", async (mishap, failure) => {
    fake.dial.push({ mishap, path: /messages/, times: 1 });
    const error = await list(mishap === "slow" ? hasty : gmail).catch(
      (thrown: unknown) => thrown as Error & { failure: string; retryAt?: Date },
    );
    expect(error).toMatchObject({ name: "GoogleError", failure });
    expect((error as Error).message).toMatch(/^Google .+\.$/);
    expect((error as Error).message).not.toContain(accessToken);
    if (failure === "limited")
      expect((error as { retryAt?: Date }).retryAt?.getTime()).toBeGreaterThan(Date.now() + 5_000);
  });

  it("is refused once a minute's units are used up, with the time to wait for", async () => {
    const strict = await startFakeGoogle({ unitsPerMinute: 7 });
    try {
      const settings = readGmailEnv({ ...strict.environment(), GMAIL_TOKEN_SECRET: TOKEN_SECRET });
      const { oauth, mailbox: client } = createGmail(settings as NonNullable<typeof settings>);
      const secrets = drawConsentSecrets();
      const code = new URL(strict.consent(oauth.consentUrl(secrets, REDIRECT))).searchParams.get("code") ?? "";
      const { accessToken: token } = await oauth.exchangeCode(code, secrets.verifier, REDIRECT);
      const ask = () => client.listMessages(token, { since: new Date(0), pageToken: null, limit: 1 });
      // Two in one minute are too many; a minute that begins in between has room again.
      const failures = (await Promise.allSettled([ask(), ask(), ask(), ask()])).filter(
        ({ status }) => status === "rejected",
      );
      expect(failures.length).toBeGreaterThan(0);
    } finally {
      await strict.close();
    }
  });
});

describe("the settings", () => {
  it("are none, or whole", () => {
    expect(readGmailEnv({})).toBeNull();
    expect(() => readGmailEnv({ GMAIL_CLIENT_ID: "x" })).toThrow("GMAIL_CLIENT_SECRET: is missing");
    expect(() => readGmailEnv({ GMAIL_CLIENT_ID: "x", GMAIL_CLIENT_SECRET: "y" })).toThrow(
      "GMAIL_TOKEN_SECRET: is missing",
    );
    const known = { GMAIL_CLIENT_ID: "x", GMAIL_CLIENT_SECRET: "y", GMAIL_TOKEN_SECRET: TOKEN_SECRET };
    expect(readGmailEnv(known)).toMatchObject({ apiBaseUrl: "https://gmail.googleapis.com", unitsPerMinute: 6_000 });
    expect(() => readGmailEnv({ ...known, GMAIL_API_BASE_URL: "http://mail.example.org" })).toThrow("must be https");
  });
});
