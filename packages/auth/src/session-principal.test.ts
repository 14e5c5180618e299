import { encode } from "next-auth/jwt";
import { describe, expect, it } from "vitest";
import { readSessionUserId } from "./session-principal";

const secret = "7d1f0c2e9b5a4836917c0fe2b8a6d49e31f0c2e7a5d49386";
const sub = "0199d1f6-0000-7000-8000-000000000001";
const http = { secret, appUrl: "http://localhost:3000" };
const https = { secret, appUrl: "https://crm.example.org" };
const token = await encode({ token: { sub }, secret });
const wrong = {
  secret: await encode({ token: { sub }, secret: "x".repeat(48) }),
  age: await encode({ token: { sub }, secret, maxAge: -60 }),
  user: await encode({ token: {}, secret }),
  id: await encode({ token: { sub: "1 or 1=1" }, secret }),
};

describe("the session cookie", () => {
  it("names its user", async () => {
    expect(await readSessionUserId(http, `a=1; next-auth.session-token=${token}; b=%zz`)).toBe(sub);
    expect(await readSessionUserId(https, `__Secure-next-auth.session-token=${token}`)).toBe(sub);
  });

  it("is put together from its chunks", async () => {
    const [first, second] = [token.slice(0, 50), token.slice(50)];
    expect(
      await readSessionUserId(http, `next-auth.session-token.1=${second}; next-auth.session-token.0=${first}`),
    ).toBe(sub);
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
  ])("that is %s is nobody's", async (_, cookie) => expect(await readSessionUserId(http, cookie)).toBeNull());

  it("is never taken from an Authorization header or a lookalike", async () => {
    expect(await readSessionUserId(http, `x-next-auth.session-token=${token}`)).toBeNull();
  });
});
