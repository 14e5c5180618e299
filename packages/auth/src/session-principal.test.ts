import { encode } from "next-auth/jwt";
import { describe, expect, it } from "vitest";
import { readSession } from "./session-principal";

const secret = "7d1f0c2e9b5a4836917c0fe2b8a6d49e31f0c2e7a5d49386";
const sub = "0199d1f6-0000-7000-8000-000000000001";
const http = { secret, appUrl: "http://localhost:3000" };
const https = { secret, appUrl: "https://crm.example.org" };
const since = Date.parse("2026-11-20T10:00:00Z");
const token = await encode({ token: { sub, since }, secret });
const session = { userId: sub, beganAt: new Date(since) };
const wrong = {
  secret: await encode({ token: { sub }, secret: "x".repeat(48) }),
  age: await encode({ token: { sub }, secret, maxAge: -60 }),
  user: await encode({ token: {}, secret }),
  id: await encode({ token: { sub: "1 or 1=1" }, secret }),
};

describe("the session cookie", () => {
  it("names its user, and when it began", async () => {
    expect(await readSession(http, `a=1; next-auth.session-token=${token}; b=%zz`)).toEqual(session);
    expect(await readSession(https, `__Secure-next-auth.session-token=${token}`)).toEqual(session);
    const older = await encode({ token: { sub }, secret });
    expect((await readSession(http, `next-auth.session-token=${older}`))?.beganAt.getTime()).toBe(0);
  });

  it("is put together from its chunks", async () => {
    const [first, second] = [token.slice(0, 50), token.slice(50)];
    expect(await readSession(http, `next-auth.session-token.1=${second}; next-auth.session-token.0=${first}`)).toEqual(
      session,
    );
  });

  it.each([
    ["none", undefined],
    ["of another name", `session=${token}`],
    ["of a server behind https, on one without", `__Secure-next-auth.session-token=${token}`],
    ["forged", `next-auth.session-token=${token.slice(0, -2)}AA`],
    ["sealed with another secret", `next-auth.session-token=${wrong.secret}`],
    ["expired", `next-auth.session-token=${wrong.age}`],
    ["without a user", `next-auth.session-token=${wrong.user}`],
    ["of somebody who is no id", `next-auth.session-token=${wrong.id}`],
  ])("that is %s is nobody's", async (_, cookie) => expect(await readSession(http, cookie)).toBeNull());

  it("is never taken from an Authorization header or a lookalike", async () => {
    expect(await readSession(http, `x-next-auth.session-token=${token}`)).toBeNull();
  });
});
