import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { EmailParams, Recipient, Sender } from "mailersend";
import { afterEach, describe, expect, it } from "vitest";
import { FAKE_PLANS } from "../../../tooling/fakes/mailersend/account";
import { type FakeMailersendOptions, startFakeMailersend } from "../../../tooling/fakes/mailersend/fake-mailersend";
import { createMailersendClient, type MailersendClient } from "./mailersend-client";

const open: { close: () => Promise<unknown> }[] = [];
afterEach(async () => {
  for (const thing of open.splice(0)) await thing.close();
});

async function start(options: FakeMailersendOptions = {}, timeoutMs = 5_000) {
  const fake = await startFakeMailersend(options);
  open.push(fake);
  return { fake, client: createMailersendClient({ apiKey: fake.account.apiKey, baseUrl: fake.url, timeoutMs }) };
}

/** A server that answers everything in the same way. */
async function answering(status: number, headers: Record<string, string>, body: string): Promise<MailersendClient> {
  const server = createServer((_, response) => response.writeHead(status, headers).end(body));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  open.push({ close: () => new Promise((resolve) => server.close(resolve)) });
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
  return createMailersendClient({ apiKey: "mlsn.secret", baseUrl, timeoutMs: 5_000 });
}

const email = (to = "ann@example.com", from = "hello@mail.example.org") =>
  new EmailParams()
    .setFrom(new Sender(from, "Org"))
    .setTo([new Recipient(to)])
    .setSubject("Hello")
    .setHtml("<p>Hello</p>")
    .setText("Hello")
    .setTags(["c-1"]);

describe("a single email", () => {
  it("gives its message id", async () => {
    const { fake, client } = await start();
    const { messageId, suppressed } = await client.send(email());
    expect(fake.mailbox()).toMatchObject([{ messageId, to: "ann@example.com", email: { tags: ["c-1"] } }]);
    expect(suppressed.size).toBe(0);
  });

  it("says how many more fit into the minute, whichever way the end of it is written", async () => {
    const { client } = await start();
    expect((await client.send(email())).left).toEqual({
      remaining: FAKE_PLANS.hobby.emailPerMinute - 1,
      resetMs: null,
    });
    const inAMinute = new Date(Date.now() + 60_000);
    for (const reset of ["60", String(Math.ceil(inAMinute.getTime() / 1_000)), inAMinute.toISOString()]) {
      const told = await answering(202, { "x-ratelimit-remaining": "7", "x-ratelimit-reset": reset }, "{}");
      const { left } = await told.send(email());
      expect(left?.remaining).toBe(7);
      expect(left?.resetMs).toBeGreaterThan(50_000);
      expect(left?.resetMs).toBeLessThan(62_000);
    }
    const silent = await answering(202, {}, "{}");
    expect((await silent.send(email())).left).toBeNull();
  });

  it("to a suppressed person says so", async () => {
    const { fake, client } = await start();
    fake.account.suppressions.set("ann@example.com", "spam_complaint");
    const { messageId, suppressed } = await client.send(email("Ann@Example.com"));
    expect(messageId).toBeNull();
    expect(Object.fromEntries(suppressed)).toEqual({ "ann@example.com": "spam_complaint" });
  });
});

it("a bulk call's report tells who was refused, by place, and who is suppressed, by address", async () => {
  const { fake, client } = await start();
  fake.account.suppressions.set("bob@example.com", "hard_bounced");
  const { bulkId } = await client.sendBulk([email(), email("bob@example.com"), email("nowhere")]);
  let report = await client.getBulk(bulkId);
  while (!report.isCompleted) report = await client.getBulk(bulkId);
  expect(Object.fromEntries(report.suppressed)).toEqual({ "bob@example.com": "hard_bounced" });
  expect([...report.invalid.keys()]).toEqual([2]);
  expect(report.invalid.get(2)).toContain("#MS42208");
});

it("finds what was taken by tag and recipient, over all pages", async () => {
  const { fake, client } = await start();
  await client.sendBulk(Array.from({ length: 500 }, (_, index) => email(`a${index}@example.com`)));
  await client.sendBulk(Array.from({ length: 500 }, (_, index) => email(`b${index}@example.com`)));
  await client.sendBulk([email("c@example.com"), email("d@example.com").setTags(["c-2"])]);
  await expect.poll(() => fake.mailbox().length).toBe(1_002);
  const domainId = (await client.findDomainId("MAIL.example.org")) ?? "";
  expect(await client.findDomainId("other.example")).toBeNull();
  const range = { domainId, from: new Date(Date.now() - 60_000), to: new Date(Date.now() + 60_000) };
  const { emails, isComplete } = await client.listEmails({ ...range, tag: "c-1", recipient: null });
  expect(emails).toHaveLength(1_001);
  expect(isComplete).toBe(true);
  const one = await client.listEmails({ ...range, tag: "c-1", recipient: "b7@example.com" });
  expect(one.emails).toMatchObject([{ to: "b7@example.com", status: "sent" }]);
});

it("says that a list goes on where MailerSend has no further page", async () => {
  const listed = { data: [{ to: "ann@example.com" }], links: { next: "https://api.mailersend.example/v1/emails" } };
  const client = await answering(200, {}, JSON.stringify(listed));
  const query = { domainId: "d", tag: "c-1", recipient: null, from: new Date(0), to: new Date() };
  const { emails, isComplete } = await client.listEmails(query);
  expect(emails).toHaveLength(100);
  expect(isComplete).toBe(false);
});

describe("a failed call says whether its mail was taken", () => {
  it("refused for what is in it", async () => {
    const { client } = await start();
    await expect(client.send(email("nowhere"))).rejects.toMatchObject({
      failure: "refused",
      message: expect.stringContaining("must be a valid email address. #MS42208"),
    });
  });

  it("barred, when it is the account that may not send", async () => {
    const { fake, client } = await start();
    await expect(client.send(email("ann@example.com", "hello@other.example"))).rejects.toMatchObject({
      failure: "barred",
      message: expect.stringContaining("#MS42207"),
    });
    const stranger = createMailersendClient({ apiKey: "mlsn.secret", baseUrl: fake.url, timeoutMs: 5_000 });
    const error: Error = (await stranger.send(email()).catch((thrown: Error) => thrown)) as Error;
    expect(error).toMatchObject({ failure: "barred", message: "MailerSend answered 401: Unauthenticated." });
    expect(error.message).not.toContain("mlsn.");
  });

  it("limited, with how long to wait", async () => {
    const { client } = await start({ plan: { ...FAKE_PLANS.hobby, requestsPerDay: 0 } });
    await expect(client.send(email())).rejects.toMatchObject({ failure: "limited", retryAfterMs: 3_600_000 });
    const dated = await answering(429, { "retry-after": new Date(Date.now() + 90_000).toUTCString() }, "");
    const error = (await dated.send(email()).catch((thrown: unknown) => thrown)) as { retryAfterMs: number };
    expect(error.retryAfterMs).toBeGreaterThan(80_000);
    const maintenance = await answering(421, {}, "");
    await expect(maintenance.send(email())).rejects.toMatchObject({ failure: "limited", retryAfterMs: null });
  });

  it("barred, when it is sent somewhere else", async () => {
    const client = await answering(302, { location: "https://other.example/v1/email" }, "");
    await expect(client.send(email())).rejects.toMatchObject({ failure: "barred" });
  });

  it("unreachable, when there was no connection", async () => {
    const { fake, client } = await start();
    await fake.close();
    open.splice(0);
    await expect(client.send(email())).rejects.toMatchObject({ failure: "unreachable" });
  });

  it.each(["reset_before_accept", "drop_after_accept", "bad_gateway_after_accept", "unavailable"] as const)(
    "unanswered, after %s, and does not call again",
    async (mishap) => {
      const { fake, client } = await start();
      fake.chaos[mishap] = 1;
      await expect(client.send(email())).rejects.toMatchObject({ failure: "unanswered" });
      await expect(client.sendBulk([email()])).rejects.toMatchObject({ failure: "unanswered" });
      expect(fake.calls.filter(({ status }) => status === mishap)).toHaveLength(2);
    },
  );

  it("unanswered, when the answer is later than we wait", async () => {
    const { fake, client } = await start({}, 150);
    fake.chaos.slow_after_accept = 1;
    await expect(client.send(email())).rejects.toMatchObject({ failure: "unanswered" });
    expect(fake.mailbox()).toHaveLength(1);
  });
});

it("reads again after a failure that passes", async () => {
  let answers = 0;
  const server = createServer((_, response) => {
    answers += 1;
    response.writeHead(answers < 3 ? 502 : 200).end(JSON.stringify({ data: { state: "completed" } }));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  open.push({ close: () => new Promise((resolve) => server.close(resolve)) });
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
  const client = createMailersendClient({ apiKey: "mlsn.secret", baseUrl, timeoutMs: 5_000 });
  expect((await client.getBulk("b1")).isCompleted).toBe(true);
  expect(answers).toBe(3);
});
