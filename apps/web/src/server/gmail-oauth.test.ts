import { createTestUser, createTestWorkspace } from "@hustings/core/testing/workspace";
import { createTestDatabase, type TestDatabase } from "@hustings/db/test-database";
import { encode } from "next-auth/jwt";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type FakeGoogle, startFakeGoogle } from "../../../../tooling/fakes/google/fake-google";
import { type RunningServer, startServerForTests, TEST_SESSION_SECRET } from "./testing/start-server";

let database: TestDatabase;
let fake: FakeGoogle;
let server: RunningServer;
let cookie: string;
beforeAll(async () => {
  [database, fake] = await Promise.all([createTestDatabase(), startFakeGoogle()]);
  server = await startServerForTests(database, {
    env: { ...fake.environment(), GMAIL_TOKEN_SECRET: "test-token-secret-0123456789abcdef" },
  });
  cookie = await sessionOf((await createTestWorkspace(database)).user.id);
});
afterAll(async () => {
  await server.close();
  await fake.close();
  await database.drop();
});

const sessionOf = async (sub: string) =>
  `next-auth.session-token=${await encode({ token: { sub }, secret: TEST_SESSION_SECRET })}`;
const get = (path: string, headers: Record<string, string>) => server.send("GET", path, { headers });
const browser = { accept: "text/html,*/*" };
const page = (outcome: string) => `http://localhost:3000/dashboard/my-email-contacts?gmail=${outcome}`;

describe("the way to Google and back", () => {
  it("leads a browser there and, with the cookie that it keeps, back to My email; a second time not", async () => {
    const begun = await get("/api/auth/gmail", { cookie });
    expect(begun.status).toBe(302);
    const kept = String(begun.headers["set-cookie"]);
    expect(kept).toMatch(
      /^hustings\.gmail-consent=v1\.\S+; Path=\/api\/auth\/gmail; Max-Age=600; HttpOnly; SameSite=Lax$/,
    );
    expect(begun.headers["cache-control"]).toBe("no-store");
    const location = String(begun.headers.location);
    expect(location.startsWith(`${fake.url}/o/oauth2/v2/auth?`)).toBe(true);

    const back = new URL(fake.consent(location));
    expect(back.origin + back.pathname).toBe("http://localhost:3000/api/auth/gmail/callback");
    const cookies = `${cookie}; ${kept.split(";")[0]}`;
    const done = await get(back.pathname + back.search, { cookie: cookies });
    expect([done.status, done.headers.location]).toEqual([302, page("connected")]);
    expect(done.headers["set-cookie"]).toEqual([expect.stringContaining("hustings.gmail-consent=; ")]);
    const again = await get(back.pathname + back.search, { cookie: cookies });
    expect(again.headers.location).toBe(page("used"));

    const other = await sessionOf((await createTestUser(database)).id);
    const theirs = await get(back.pathname + back.search, { cookie: cookies.replace(cookie, other) });
    expect(theirs.headers.location).toBe(page("wrong_state"));
    expect((await get(back.pathname + back.search, { cookie })).headers.location).toBe(page("wrong_state"));

    const [mine] = (await get("/api/email-connections", { cookie })).json<{ id: string }[]>();
    const contacts = `/api/email-connections/${mine?.id}/contacts`;
    expect((await get(contacts, { cookie })).json()).toEqual({ contacts: [], total: 0, page: 1, pageSize: 50 });
    const refused = await get(contacts, { cookie: other });
    expect([refused.status, refused.json()]).toEqual([403, { error: "This email connection is somebody else's" }]);
    expect((await get("/api/email-connections", { cookie: other })).json()).toEqual([]);
    expect(await database.prisma.emailConnection.count()).toBe(1);
  });

  it("leads who is not signed in to the sign-in, and tells a program", async () => {
    for (const path of ["/api/auth/gmail", "/api/auth/gmail/callback?state=x&code=y"]) {
      expect((await get(path, browser)).headers.location).toBe(page("signed_out"));
      expect((await get(path, {})).status).toBe(401);
    }
  });

  it("says so where Gmail is not set up; unknown paths beside it are ours, not the sign-in's", async () => {
    const bare = await startServerForTests(database, { env: { GMAIL_CLIENT_ID: "", GMAIL_CLIENT_SECRET: "" } });
    try {
      const ask = (headers: Record<string, string>) =>
        bare.send("GET", "/api/auth/gmail", { headers: { cookie, ...headers } });
      expect((await ask(browser)).headers.location).toBe(page("not_configured"));
      const answer = await ask({});
      expect([answer.status, answer.json()]).toEqual([503, { error: "Gmail is not set up on this server" }]);
      const unknown = await bare.send("GET", "/api/auth/gmail/else", { headers: { cookie } });
      expect([unknown.status, unknown.json()]).toEqual([404, { error: "Not found" }]);
    } finally {
      await bare.close();
    }
  });
});
