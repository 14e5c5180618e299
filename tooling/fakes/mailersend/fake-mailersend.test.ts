import { createHmac } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { FAKE_PLANS } from "./account";
import { type FakeMailersend, type FakeMailersendOptions, startFakeMailersend } from "./fake-mailersend";

const open: { close: () => Promise<unknown> }[] = [];
afterEach(async () => {
  for (const thing of open.splice(0)) await thing.close();
});

async function start(options: FakeMailersendOptions = {}): Promise<FakeMailersend> {
  const fake = await startFakeMailersend(options);
  open.push(fake);
  return fake;
}

const email = (changes = {}) => ({
  from: { email: "hello@mail.example.org" },
  to: [{ email: "ann@example.com" }],
  subject: "Hello",
  text: "Hello Ann",
  tags: ["c-1"],
  ...changes,
});

const call = (fake: FakeMailersend, path: string, body?: unknown, apiKey = fake.account.apiKey) =>
  fetch(`${fake.url}${path}`, {
    method: body === undefined ? "GET" : "POST",
    headers: { authorization: `Bearer ${apiKey}` },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });

/** Asks until a bulk call has been processed. */
async function showBulk(fake: FakeMailersend, id: string): Promise<Record<string, unknown>> {
  for (;;) {
    const { data } = (await (await call(fake, `/bulk-email/${id}`)).json()) as { data: Record<string, unknown> };
    if (data.state === "completed") return data;
  }
}

describe("a single email", () => {
  it("is taken with a message id, and lies in the mailbox", async () => {
    const fake = await start();
    const response = await call(fake, "/email", email());
    expect(response.status).toBe(202);
    expect(await response.text()).toBe("");
    expect(fake.mailbox()).toMatchObject([
      { to: "ann@example.com", messageId: response.headers.get("x-message-id"), email: { subject: "Hello" } },
    ]);
  });

  it("of a suppressed person is taken without a message id, and does not arrive", async () => {
    const fake = await start();
    fake.account.suppressions.set("ann@example.com", "hard_bounced");
    const response = await call(fake, "/email", email());
    expect([response.status, response.headers.get("x-message-id")]).toEqual([202, null]);
    expect(await response.json()).toMatchObject({
      warnings: [{ type: "ALL_SUPPRESSED", recipients: [{ email: "ann@example.com", reasons: ["hard_bounced"] }] }],
    });
    expect(fake.mailbox()).toEqual([]);
  });

  it.each([
    ["another domain", { from: { email: "hello@other.example" } }, "from.email", "#MS42207"],
    ["nobody", { to: [] }, "to", "between 1 and 50"],
    ["a bad address", { to: [{ email: "ann" }] }, "to.0.email", "#MS42208"],
    ["a comma in a name", { from: { email: "hello@mail.example.org", name: "A, B" } }, "from.name", "format"],
    ["braces", { text: "Hello {{ name }}" }, "text", "#MS42213"],
    ["six tags", { tags: ["1", "2", "3", "4", "5", "6"] }, "tags", "5 items"],
    ["headers on a small plan", { headers: [{ name: "X-A", value: "b" }] }, "headers", "#MS42216"],
    ["no content", { text: undefined }, "text", "required"],
  ])("is refused for %s", async (_, changes, field, sentence) => {
    const fake = await start();
    const response = await call(fake, "/email", email(changes));
    expect(response.status).toBe(422);
    const { errors } = (await response.json()) as { errors: Record<string, string[]> };
    expect(errors[field]?.[0]).toContain(sentence);
    expect(fake.mailbox()).toEqual([]);
  });

  it("needs the account's key", async () => {
    const fake = await start();
    expect((await call(fake, "/email", email(), "mlsn.other")).status).toBe(401);
  });
});

describe("a bulk call", () => {
  it("is answered at once, processed later, and tells who was wrong or suppressed", async () => {
    const fake = await start();
    fake.account.suppressions.set("bob@example.com", "unsubscribed");
    const bodies = [email(), email({ to: [{ email: "bob@example.com" }] }), email({ to: [{ email: "nowhere" }] })];
    const response = await call(fake, "/bulk-email", bodies);
    expect([response.status, response.headers.get("x-message-id")]).toEqual([202, null]);
    const { bulk_email_id: id } = (await response.json()) as { bulk_email_id: string };
    const status = await showBulk(fake, id);
    expect(status).toMatchObject({ suppressed_recipients_count: 1, validation_errors_count: 1 });
    expect(status.validation_errors).toHaveProperty(["message.2", "to.0.email"]);
    expect(Object.values(status.suppressed_recipients as object)[0]).toMatchObject({
      to: [{ email: "bob@example.com", reasons: ["unsubscribed"] }],
    });
    expect(fake.mailbox().map((mail) => mail.to)).toEqual(["ann@example.com"]);
  });

  it("holds as many emails as the plan allows", async () => {
    const fake = await start({ plan: FAKE_PLANS.trial });
    const response = await call(fake, "/bulk-email", Array(6).fill(email()));
    expect([response.status, await response.text()]).toEqual([422, expect.stringContaining("#MS42229")]);
  });
});

it("finds emails by tag, recipient and time, page by page, and wants all three limits", async () => {
  const fake = await start({ plan: { ...FAKE_PLANS.hobby, emailPerMinute: 100 } });
  for (let index = 0; index < 12; index += 1)
    await call(fake, "/email", email({ to: [{ email: `p${index}@example.com` }], tags: [`c-${index % 2}`] }));
  const seconds = Date.now() / 1_000;
  const range = `domain_id=domain0&date_from=${seconds - 60}&date_to=${seconds + 60}`;
  const list = async (query: string) => (await (await call(fake, `/emails?${query}`)).json()) as Page;
  type Page = { data: { to: string; status: string }[]; links: { next: string | null } };

  expect((await list(`${range}&tag=c-1`)).data).toHaveLength(6);
  expect((await list(`${range}&recipient_email=p3@example.com`)).data).toMatchObject([{ to: "p3@example.com" }]);
  const first = await list(`${range}&limit=10`);
  expect(first.data).toHaveLength(10);
  expect((await list(new URL(first.links.next ?? "").search.slice(1))).data).toHaveLength(2);
  expect((await list(`domain_id=domain0&date_from=0&date_to=${seconds - 60}`)).data).toEqual([]);
  expect((await call(fake, "/emails?domain_id=domain0")).status).toBe(422);
});

describe("limits", () => {
  it("are refused with how long to wait", async () => {
    const fake = await start({ plan: { ...FAKE_PLANS.hobby, emailPerMinute: 2 } });
    const statuses = [];
    for (let index = 0; index < 3; index += 1) statuses.push((await call(fake, "/email", email())).status);
    expect(statuses).toEqual([202, 202, 429]);
    const refused = await call(fake, "/email", email());
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
    expect(refused.headers.get("x-ratelimit-remaining")).toBe("0");
    expect(await refused.text()).toContain("#MS42903");
  });

  it("of the day say so, and asking about them costs nothing", async () => {
    const fake = await start({ plan: { ...FAKE_PLANS.hobby, requestsPerDay: 1 } });
    await call(fake, "/email", email());
    expect(await (await call(fake, "/api-quota")).json()).toEqual({ quota: 1, remaining: 0 });
    const refused = await call(fake, "/email", email());
    expect([refused.status, refused.headers.get("retry-after"), await refused.text()]).toEqual([
      429,
      "3600",
      expect.stringContaining("#MS42901"),
    ]);
  });
});

describe("the chaos dial", () => {
  it("loses calls before they are taken, and answers after", async () => {
    const fake = await start();
    fake.chaos = { reset_before_accept: 1 };
    await expect(call(fake, "/email", email())).rejects.toThrow("fetch failed");
    expect(fake.mailbox()).toHaveLength(0);
    fake.chaos = { drop_after_accept: 1 };
    await expect(call(fake, "/email", email())).rejects.toThrow("fetch failed");
    expect(fake.mailbox()).toHaveLength(1);
    fake.chaos = { bad_gateway_after_accept: 1 };
    expect((await call(fake, "/email", email())).status).toBe(502);
    expect(fake.mailbox()).toHaveLength(2);
    fake.chaos = { unavailable: 1 };
    expect((await call(fake, "/email", email())).status).toBe(503);
    fake.chaos = { limited: 1 };
    expect((await call(fake, "/email", email())).status).toBe(429);
    expect(fake.mailbox()).toHaveLength(2);
  });

  it("gives the same mishaps for the same seed, at about the rate that it is set to", async () => {
    const mishaps = async (seed: number) => {
      const fake = await start({ seed, plan: { ...FAKE_PLANS.hobby, emailPerMinute: 1_000 } });
      fake.chaos = { unavailable: 0.2, bad_gateway_after_accept: 0.1 };
      const statuses = [];
      for (let index = 0; index < 100; index += 1) statuses.push((await call(fake, "/email", email())).status);
      return statuses;
    };
    const first = await mishaps(7);
    expect(await mishaps(7)).toEqual(first);
    expect(await mishaps(8)).not.toEqual(first);
    const failed = first.filter((status) => status !== 202).length;
    expect(failed).toBeGreaterThan(15);
    expect(failed).toBeLessThan(45);
  });
});

it("tells a webhook what became of a mail, signed over the bytes that it sends", async () => {
  const received: { signature: unknown; body: string }[] = [];
  const receiver = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk: Buffer) => {
      body += chunk.toString();
    });
    request.on("end", () => {
      received.push({ signature: request.headers.signature, body });
      response.end();
    });
  });
  await new Promise<void>((resolve) => receiver.listen(0, "127.0.0.1", resolve));
  open.push({ close: () => new Promise((resolve) => receiver.close(resolve)) });
  const fake = await start();
  fake.webhook = { url: `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/`, secret: "a secret" };
  await call(fake, "/email", email({ subject: "Möte 1/2" }));
  const [mail] = fake.mailbox();
  if (!mail) throw new Error("no mail");
  expect(await fake.tell(mail, "clicked", { url: "https://example.org/" })).toBe(200);

  const [{ signature, body } = { signature: "", body: "" }] = received;
  expect(signature).toBe(createHmac("sha256", "a secret").update(body).digest("hex"));
  expect(body).toContain("M\\u00f6te 1\\/2");
  expect(JSON.parse(body)).toMatchObject({
    type: "activity.clicked",
    data: {
      message_id: mail.messageId,
      recipient: "ann@example.com",
      tags: ["c-1"],
      meta: { url: "https://example.org/" },
    },
  });
});
